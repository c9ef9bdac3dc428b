/** The ladder: what was said between Graph, the engine and the bot, one entry for each thing said. */
import { effects, isEffectName } from '../../machines/effects.ts'
import {
  decodeEvent,
  type JournalEntry,
  type OutboxEntry,
  type QuarantineEntry,
} from '../../snapshots/index.ts'
import { exactSpan } from '../../snapshots/spans.ts'
import { statesOf } from '../engine/group.ts'
import type { Turn } from '../engine/turn.ts'
import type { Found } from './calls.ts'
import { timerWords } from './now.ts'
import { payloadOf, shown } from './payload.ts'
import type { Json, LadderEntry } from './protocol.ts'
import { reasonOf } from './reasons.ts'
import type { Retraced } from './retrace.ts'
import { wayOf } from './ways.ts'

/** What replaying an entry has shown: the states before and after it, and what it set to fall due. */
export type Around = {
  readonly before: readonly string[]
  readonly after: readonly string[]
  readonly timers: Turn['timers']
  /** The way it went, where that is known for sure. */
  readonly taken?: readonly string[] | undefined
}

/** Around an entry that was not replayed. */
const unknown: Around = { before: [], after: [], timers: [] }

/** The entries of one journalled event: itself, then what it asked for. */
export function entriesOf(
  entry: JournalEntry,
  { past, reasons }: Pick<Found, 'past' | 'reasons'>,
  { before, after, timers, taken }: Around = unknown,
): readonly LadderEntry[] {
  const event = decodeEvent(entry.event)
  const entered = after.filter((state) => !before.includes(state))
  const left = before.filter((state) => !after.includes(state))
  const { sequence, atMs } = entry
  const heard: LadderEntry = {
    sequence,
    id: `${sequence}`,
    atMs,
    ...roleOf(event),
    summary: summaryOf(event, entered),
    ...commandOf(event),
    entered,
    left,
    ...(taken && { taken }),
    payload: payloadOf(event),
  }
  return [
    heard,
    ...askedIn(past.outbox, sequence).map((effect) =>
      effectEntry(sequence, effect, reasons.get(effect.id)),
    ),
    ...timers.map((timer, index) => timerEntry(entry, timer, index)),
  ]
}

/** What the replay shows of one entry of a call. */
export function aroundOf(steps: readonly Retraced[], index: number): Around {
  const { turn, certainty } = steps[index] ?? {}
  return {
    before: statesAfter(steps, index - 1),
    after: statesAfter(steps, index),
    timers: turn?.timers ?? [],
    ...(turn && certainty === 'replayed' && { taken: wayOf(turn.taken) }),
  }
}

function statesAfter(steps: readonly Retraced[], index: number): readonly string[] {
  let at = index
  while (at >= 0 && !steps[at]?.turn) at--
  const group = steps[at]?.turn?.group
  return group ? statesOf(group.call) : []
}

function askedIn(outbox: readonly OutboxEntry[], sequence: number): readonly OutboxEntry[] {
  return outbox.filter(({ id }) => Number(id.split('.').at(-2)) === sequence)
}

function timerEntry(
  { sequence, atMs }: JournalEntry,
  { delayMs, event }: Turn['timers'][number],
  index: number,
): LadderEntry {
  return {
    sequence,
    id: `${sequence}.t${index}`,
    atMs,
    kind: 'timer',
    from: 'bot',
    to: 'engine',
    what: timerWords(event.type),
    summary: `falls due in ${exactSpan(delayMs)}`,
    entered: [],
    left: [],
    isBad: false,
    payload: { delayMs },
  }
}

/** An event that was put aside, after the entry that came last before it. */
export function quarantineEntry(
  { atMs, event, reason }: QuarantineEntry,
  index: number,
  sequence: number,
): LadderEntry {
  const { type, ...rest } = decodeEvent(event)
  return {
    sequence,
    id: `q${index}`,
    atMs,
    kind: 'quarantine',
    from: 'engine',
    to: 'bot',
    what: type,
    summary: `put aside: ${reason}`,
    entered: [],
    left: [],
    isBad: true,
    payload: shown(rest),
  }
}

function effectEntry(sequence: number, entry: OutboxEntry, why: string | undefined): LadderEntry {
  const { id, effect, status, askedMs, params } = entry
  const payload: Json = shown(JSON.parse(params))
  return {
    sequence,
    id: id.split('.').slice(-2).join('.'),
    atMs: askedMs,
    kind: 'effect',
    from: 'bot',
    to: effect === 'invoke' ? 'engine' : 'graph',
    what: effect === 'invoke' ? invocationName(payload) : effect,
    summary: why === undefined ? status : `${status}: ${why}`,
    command: id,
    status,
    entered: [],
    left: [],
    isBad: status === 'failed' || status === 'inDoubt',
    payload,
  }
}

function invocationName(params: Json): string {
  const src = typeof params === 'object' && params !== null && 'src' in params ? params.src : ''
  return `invoke ${String(src)}`
}

type Role = Pick<LadderEntry, 'kind' | 'from' | 'to' | 'what' | 'isBad'>

function roleOf(event: { readonly type: string }): Role {
  const { type } = event
  const fromEngine = { from: 'engine', to: 'bot', what: type, isBad: false } as const
  const fromGraph = { ...fromEngine, from: 'graph' } as const
  if (type === 'call.started') return { ...fromGraph, kind: 'start', from: beginner(event) }
  if (type.startsWith('xstate.after.'))
    return { ...fromEngine, kind: 'timer', what: timerWords(type) }
  if (type.startsWith('xstate.'))
    return { ...fromEngine, kind: 'invocation', isBad: type.startsWith('xstate.error.') }
  if (type === 'engine.error') return { ...fromEngine, kind: 'engine', isBad: true }
  if (type.startsWith('engine.')) return { ...fromEngine, kind: 'engine' }
  if ('command' in event) return outcomeRole(event, fromGraph)
  return { ...fromGraph, kind: 'notification' }
}

function outcomeRole(event: object & { readonly type: string }, role: Omit<Role, 'kind'>): Role {
  const participle = event.type.split('.').at(-1)
  const isBad = participle === 'failed' || participle === 'inDoubt'
  if (participle === 'inDoubt') return { ...role, kind: 'engine', from: 'engine', isBad }
  return { ...role, kind: isOperation(event, participle) ? 'operation' : 'response', isBad }
}

/** How an operation went is told by a notification; that it has begun, by the answer to its request. */
function isOperation(event: object, participle = ''): boolean {
  const { command }: { readonly command?: { readonly effect?: string } } = event
  const effect = command?.effect ?? ''
  if ('fault' in event || participle === 'started') return false
  return isEffectName(effect) && effects[effect].success === 'operation'
}

function beginner(event: object): 'graph' | 'bot' {
  const { input }: { readonly input?: { readonly direction?: string } } = event
  return input?.direction === 'outgoing' ? 'bot' : 'graph'
}

function commandOf(event: object): { readonly command?: string } {
  const { command }: { readonly command?: { readonly id?: string } } = event
  return command?.id === undefined ? {} : { command: command.id }
}

function summaryOf(event: object, entered: readonly string[]): string {
  return [reasonOf(event), entered.length > 0 ? `→ ${entered.join(', ')}` : undefined]
    .filter((each) => each !== undefined)
    .join(' ')
}
