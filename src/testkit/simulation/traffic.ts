/** Traffic: what people and the bot do, and what goes wrong meanwhile, as one plain value. */
import fc from 'fast-check'
import { trafficCode } from '../script/traffic.ts'
import { type Fault, type FaultKind, faultKinds, isFaultKind } from './faults.ts'

/**
 * How a call begins: somebody rings the bot, or is recorded by it under a policy, or the bot calls one,
 * several, or into a meeting.
 */
export const beginnings = [
  'ring',
  'ring',
  'recordUnderPolicy',
  'dial',
  'dialSeveral',
  'joinMeeting',
] as const

/** What happens on a call that has begun; keys are what people press most. */
const acts = [
  'press',
  'press',
  'press',
  'press',
  'finishPrompt',
  'say',
  'mute',
  'unmute',
  'share',
  'unshare',
  'join',
  'leave',
  'joinUnderPolicy',
  'leaveUnderPolicy',
  'hangUp',
  'removeBot',
  'admit',
] as const

export type Beginning = (typeof beginnings)[number]
export type Act = (typeof acts)[number]

/** One thing somebody does. `who` numbers people, keys and words alike. */
export type Deed = {
  readonly atMs: number
  /** The number of the call, in the order in which they begin. */
  readonly call: number
  readonly act: Beginning | Act
  readonly who: number
}

/** Everything that happens to a world from outside. */
export type Traffic = {
  /** Decides all that is left to chance: ids, latencies, jitter. */
  readonly seed: number
  readonly deeds: readonly Deed[]
  readonly faults: readonly Fault[]
}

export type TrafficOptions = {
  /** Calls at most. Default 8. */
  readonly calls?: number
  /** Deeds on calls at most. Default 60. */
  readonly deeds?: number
  readonly faults?: fc.Arbitrary<readonly Fault[]>
}

/** How often each kind of fault may strike at most; a kind not named keeps its default. */
export type FaultDials = { readonly [Kind in FaultKind]?: number }

/** How long calls go on to begin, and how long people act on each. */
const BEGINNINGS_MS = 3 * 60_000
const ACTING_MS = 2 * 60_000

/** Any faults: of each kind none, or up to as many as its dial says. */
export function anyFaults(dials: FaultDials = {}): fc.Arbitrary<readonly Fault[]> {
  const kinds = Object.keys(faultKinds).filter(isFaultKind)
  const lists = kinds.map((kind) => {
    const { most, within, longestMs } = faultKinds[kind]
    const fault = fc.record({
      kind: fc.constant<FaultKind>(kind),
      at: fc.integer({ min: 0, max: within }),
      forMs: fc.integer({ min: 0, max: longestMs }),
    })
    const maxLength = dials[kind] ?? most
    // Half of the kinds are left out of a run: what is always drowned by others is never seen.
    return fc.oneof(fc.constant([]), fc.array(fault, { maxLength, size: 'max' }))
  })
  return fc.tuple(...lists).map((drawn) => drawn.flat())
}

/** Any traffic: calls of every kind, people who do anything at any moment, and faults. */
export function anyTraffic(options: TrafficOptions = {}): fc.Arbitrary<Traffic> {
  const { calls = 8, deeds = 60, faults = anyFaults() } = options
  const who = fc.nat({ max: 11 })
  const beginning = fc.record({
    atMs: fc.nat({ max: BEGINNINGS_MS }),
    act: fc.constantFrom(...beginnings),
    who,
  })
  const deed = fc.record({
    afterMs: fc.nat({ max: ACTING_MS }),
    call: fc.nat({ max: calls - 1 }),
    act: fc.constantFrom(...acts),
    who,
  })
  return fc
    .record({
      seed: fc.integer({ min: 1, max: 0x7fffffff }),
      begun: fc.array(beginning, { minLength: 1, maxLength: calls, size: 'max' }),
      done: fc.array(deed, { maxLength: deeds, size: 'max' }),
      faults,
    })
    .map(({ seed, begun, done, faults }) => written({ seed, deeds: inTime(begun, done), faults }))
}

/** One call of any kind, and whatever people do on it, while nothing goes wrong. */
export function anyCall(options: Pick<TrafficOptions, 'deeds'> = {}): fc.Arbitrary<Traffic> {
  return anyTraffic({ deeds: 20, ...options, calls: 1, faults: fc.constant([]) })
}

/** What may happen to the notifications of a call: lost, late, twice, in another order, unanswered. */
const NOTIFICATION_FAULTS: readonly FaultKind[] = [
  ...(['duplicate', 'delay', 'reorder', 'drop'] as const),
  ...(['cutDelivery', 'cutAcknowledgement', 'slowDelivery'] as const),
]

/**
 * Any life of one call as its notifications tell it: legal, but late, repeated, reordered or lost. Nothing
 * else goes wrong.
 */
export function anyLifecycle(options: Pick<TrafficOptions, 'deeds'> = {}): fc.Arbitrary<Traffic> {
  const others = Object.keys(faultKinds)
    .filter(isFaultKind)
    .filter((kind) => !NOTIFICATION_FAULTS.includes(kind))
  const faults = anyFaults(Object.fromEntries(others.map((kind) => [kind, 0])))
  return anyTraffic({ deeds: 20, ...options, calls: 1, faults })
}

/** Shown by fast-check, where it fails, as the code that makes it. */
function written(traffic: Traffic): Traffic {
  return Object.defineProperty(traffic, fc.toStringMethod, { value: () => trafficCode(traffic) })
}

type Begun = Omit<Deed, 'call'>
type Done = Omit<Deed, 'atMs'> & { readonly afterMs: number }

/** Deeds on calls that begin, each so long after its call has begun. */
function inTime(begun: readonly Begun[], done: readonly Done[]): Deed[] {
  const later = done.flatMap(({ afterMs, ...deed }) => {
    const beginning = begun[deed.call % begun.length]
    return beginning
      ? [{ ...deed, call: deed.call % begun.length, atMs: beginning.atMs + afterMs }]
      : []
  })
  return [...begun.map((each, call) => ({ ...each, call })), ...later]
}

/** The traffic that a seed stands for. */
export function trafficOf(seed: number, options: TrafficOptions = {}): Traffic {
  const [traffic] = fc.sample(anyTraffic(options), { seed, numRuns: 1, unbiased: true })
  if (!traffic) throw new RangeError('fast-check sampled nothing.')
  return { ...traffic, seed }
}
