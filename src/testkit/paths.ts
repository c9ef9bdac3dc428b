/** Paths as tests: the shortest way to each state of a scenario, found by xstate/graph and walked in a world. */
import {
  type AnyEventObject,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  createMachine,
} from 'xstate'
import { getShortestPaths } from 'xstate/graph'
import { CallchartError } from '../errors.ts'
import { coverage } from './covered/coverage.ts'
import { emulate } from './emulate.ts'
import { isOurs, pathOf } from './invariants/regions.ts'
import { deedOf, eventsOf, type PathDeed } from './pathDeeds.ts'
import type { TestCall } from './testCall.ts'
import type { World } from './world.ts'
import type { WorldOptions } from './worldOptions.ts'

export type PathOptions = {
  /** Who may ring: guards may tell them apart. Default two people of different tenants. */
  readonly callers?: readonly string[]
  readonly world?: WorldOptions
}

/** A way to a state. */
export type Path = {
  /** The state it leads to: `scenario.desk`. */
  readonly state: string
  /** The way in words: `scenario.desk: bob@fabrikam.com rings, finishPrompt, press 1`. */
  readonly title: string
  /** Walks it in a world of its own; throws `path.lost` when the bot does not get there. */
  readonly walk: () => Promise<void>
}

export type Paths = {
  readonly paths: readonly Path[]
  /** States to which no deeds lead, each with the reason. */
  readonly undriven: readonly { readonly state: string; readonly why: string }[]
}

type Found = { readonly caller: string; readonly steps: readonly AnyEventObject[] }

/**
 * The shortest way to each state of the chart's own regions, for `test.each`.
 *
 * @example
 * const { paths, undriven } = await pathsOf(frontDesk)
 * test.each(paths)('$title', ({ walk }) => walk())
 */
export async function pathsOf(chart: AnyStateMachine, options: PathOptions = {}): Promise<Paths> {
  const { callers = ['bob@fabrikam.com', 'ann@contoso.com'] } = options
  const own = ownPart(chart)
  const found = new Map<string, readonly Found[]>()
  for (const caller of callers) {
    const input = await inputOf(chart, caller, options)
    for (const [state, steps] of shortestIn(own, input))
      found.set(state, [...(found.get(state) ?? []), { caller, steps }])
  }
  const outcomes = statesOf(own).map((state) =>
    outcomeOf(chart, state, found.get(state) ?? [], options),
  )
  return {
    paths: outcomes.flatMap((each) => ('walk' in each ? [each] : [])),
    undriven: outcomes.flatMap((each) => ('why' in each ? [each] : [])),
  }
}

/** The author's regions alone: with those of every call beside them there are thousands of states. */
function ownPart(chart: AnyStateMachine): AnyStateMachine {
  const { config, implementations, id } = chart
  const states = Object.entries(config.states ?? {}).filter(([name]) => !isOurs(name))
  return createMachine(
    { ...config, id, type: 'parallel', states: Object.fromEntries(states) },
    implementations,
  )
}

/** What a call of this person starts from, as a world tells it. */
async function inputOf(chart: AnyStateMachine, caller: string, { world: given }: PathOptions) {
  await using world = await emulate(chart, given)
  const { key, direction, call } = Object(await (await world.ring({ from: caller })).context())
  return { key, direction, call }
}

/** The shortest sequence of events to each state. */
function shortestIn(
  own: AnyStateMachine,
  input: object,
): ReadonlyMap<string, readonly AnyEventObject[]> {
  const shortest = new Map<string, readonly AnyEventObject[]>()
  const paths = getShortestPaths(own, {
    input,
    events: (snapshot: AnyMachineSnapshot) => eventsOf(snapshot),
    serializeState: ({ value }: AnyMachineSnapshot) => JSON.stringify(value),
  })
  for (const { state, steps } of paths) {
    const events = steps.map(({ event }) => event).filter(({ type }) => type !== 'xstate.init')
    for (const { path } of state._nodes) {
      const before = shortest.get(path.join('.'))
      if (!before || isEasier(events, before)) shortest.set(path.join('.'), events)
    }
  }
  return shortest
}

/** What can be driven goes before what cannot, then what is shorter. */
function isEasier(events: readonly AnyEventObject[], others: readonly AnyEventObject[]): boolean {
  const [own, other] = [undrivenIn(events), undrivenIn(others)]
  return own === other ? events.length < others.length : own < other
}

function undrivenIn(events: readonly AnyEventObject[]): number {
  return events.filter((event) => !deedOf(event)).length
}

function outcomeOf(
  chart: AnyStateMachine,
  state: string,
  ways: readonly Found[],
  options: PathOptions,
): Path | Paths['undriven'][number] {
  const driven = ways.flatMap(({ caller, steps }) => {
    const deeds = steps.map(deedOf)
    const known = deeds.filter((deed) => deed !== undefined)
    return known.length === deeds.length ? [{ caller, deeds: known }] : []
  })
  const [best] = driven.toSorted((one, other) => one.deeds.length - other.deeds.length)
  if (best) return pathTo(chart, state, best, options)
  const [way] = ways
  const missing = way?.steps.find((event) => !deedOf(event))
  const why = missing
    ? `No deed makes '${missing.type}' happen for sure.`
    : 'No event of the chart leads there.'
  return { state, why }
}

type Way = { readonly caller: string; readonly deeds: readonly PathDeed[] }

function pathTo(
  chart: AnyStateMachine,
  state: string,
  { caller, deeds }: Way,
  { world: given }: PathOptions,
): Path {
  const words = deeds.map(({ text }) => text).filter((text) => text !== '')
  const title = `${state}: ${[`${caller} rings`, ...words].join(', ')}`
  const walk = async () => {
    const seen = coverage(chart)
    await using world = await emulate(chart, { ...given, coverage: seen })
    const call = await world.ring({ from: caller })
    const stopped = await following(world, call, deeds)
    if (!stopped && seen.toJSON().states[state] !== undefined) return
    throw new CallchartError({
      code: 'path.lost',
      what: `The way to ${state} did not lead there: the call is in ${call.states.join(', ')}.`,
      fix: `Look at what else moves the bot there than its chart. The same again, as a test:\n\n${world.asTest({ title })}`,
      ...(stopped && { cause: stopped.cause }),
    })
  }
  return { state, title, walk }
}

/** Does the deeds; resolves to why one could not be done. */
async function following(
  world: World,
  call: TestCall,
  deeds: readonly PathDeed[],
): Promise<{ readonly cause: unknown } | undefined> {
  try {
    for (const { act } of deeds) await act(world, call)
    return undefined
  } catch (cause) {
    return { cause }
  }
}

function statesOf(own: AnyStateMachine): readonly string[] {
  const below = (node: AnyStateMachine['root']): readonly string[] => [
    ...(node.path.length > 0 && node.type !== 'history' ? [pathOf(node)] : []),
    ...Object.values(node.states).flatMap(below),
  ]
  return below(own.root)
}
