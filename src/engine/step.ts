/**
 * XState behind one function: `step(chart, snapshot, event)` gives the next snapshot and what the chart
 * asks, as inert requests. Nothing is executed. Only this file and `stepping/` know how XState does it, so
 * that its next major can be swapped in.
 *
 * Plain transitions, which are nearly all, are taken by `stepping/`; what it cannot tell, and whatever throws,
 * is XState's own to take, by `machine.transition` with one scope that every chart shares (the public
 * `transition()` builds a whole actor each time). Properties hold all three equal.
 */
import type {
  AnyActorLogic,
  AnyActorRef,
  AnyEventObject,
  AnyMachineSnapshot,
  AnyStateMachine,
  AnyTransitionDefinition,
  EventObject,
  Snapshot,
} from 'xstate'
import { Macrostep, type Telling } from './stepping/macrostep.ts'
import { scopeFor } from './stepping/scope.ts'

/** A chart's state between two events. */
export type ChartSnapshot = AnyMachineSnapshot

/** What a chart asks for in one step, in the order it asks. */
export type Asked =
  /** A named action: an effect's, or one nobody knows. */
  | { readonly kind: 'action'; readonly type: string; readonly params: unknown }
  | {
      readonly kind: 'timerSet'
      readonly id: string | undefined
      readonly delayMs: number
      readonly event: AnyEventObject
    }
  | { readonly kind: 'timerCancelled'; readonly id: string }
  | { readonly kind: 'invoked'; readonly id: string; readonly src: string; readonly input: unknown }
  | { readonly kind: 'uninvoked'; readonly id: string }
  | { readonly kind: 'emitted'; readonly event: EventObject }

export type Step = {
  readonly snapshot: ChartSnapshot
  readonly asked: readonly Asked[]
  /** The transitions taken, in order; of the first step of a chart without the one that starts it. */
  readonly taken: readonly AnyTransitionDefinition[]
}

let asked: Asked[] = []
let taken: AnyTransitionDefinition[] = []

const telling: Telling = {
  ask: (type, params) => {
    const read = readAction({ type, params })
    if (read) asked.push(read)
  },
  take: (transitions) => {
    taken.push(...transitions)
  },
}

const scope = scopeFor(({ type, params }) => telling.ask(type, params), telling.take)

const macrosteps = new WeakMap<AnyStateMachine, Macrostep>()

/** The snapshot a chart starts from. Throws what the chart's own code throws. */
export function start(chart: AnyStateMachine, input: unknown): Step {
  return collect(() => chart.getInitialSnapshot(scope, input))
}

/** The snapshot after one event. Throws what the chart's own code throws; nothing has then changed. */
export function step(chart: AnyStateMachine, snapshot: ChartSnapshot, event: AnyEventObject): Step {
  return swiftly(chart, snapshot, event) ?? collect(() => chart.transition(snapshot, event, scope))
}

/** The step without XState, undefined where only XState can tell. */
function swiftly(
  chart: AnyStateMachine,
  snapshot: ChartSnapshot,
  event: AnyEventObject,
): Step | undefined {
  if (snapshot.status !== 'active' || event.type.startsWith('xstate.error.')) return undefined
  const macrostep = macrosteps.get(chart) ?? new Macrostep(chart)
  macrosteps.set(chart, macrostep)
  asked = []
  taken = []
  try {
    const next = macrostep.take(snapshot, event, telling)
    return next && { snapshot: next, asked, taken }
  } catch {
    // The chart's own code threw, or asked for what only XState can do: XState says which.
    return undefined
  }
}

/** A snapshot as JSON can hold it. */
export function persist(chart: AnyStateMachine, snapshot: ChartSnapshot): object {
  return chart.getPersistedSnapshot(snapshot)
}

/** The snapshot that `persist` gave; throws when the chart has no such state. */
export function restore(chart: AnyStateMachine, persisted: Snapshot<unknown>): ChartSnapshot {
  return chart.restoreSnapshot(persisted, scope)
}

/** As `restore`, of a context that holds no actors: XState need not look for them, which costs the most. */
export function restoreWithoutActors(
  chart: AnyStateMachine,
  persisted: Snapshot<unknown>,
): ChartSnapshot {
  if (!('context' in persisted)) return restore(chart, persisted)
  const { context, ...others } = persisted
  const bare = Object.assign(others, { context: {} })
  return Object.assign(restore(chart, bare), { context })
}

type Settling = { readonly transition: (state: object, event: object, scope: object) => unknown }

function isSettling(logic: unknown): logic is Settling {
  return (
    typeof logic === 'object' &&
    logic !== null &&
    'transition' in logic &&
    typeof logic.transition === 'function'
  )
}

/** Whether actor logic was made by `fromPromise`; XState marks it in no other way than by how it settles. */
export function isPromiseLogic(logic: unknown): logic is AnyActorLogic {
  if (!isSettling(logic)) return false
  try {
    const settled = logic.transition(
      { status: 'active' },
      { type: 'xstate.promise.resolve', data: scope },
      scope,
    )
    return (
      typeof settled === 'object' &&
      settled !== null &&
      'output' in settled &&
      settled.output === scope
    )
  } catch {
    return false
  }
}

function collect(take: () => ChartSnapshot): Step {
  asked = []
  taken = []
  const snapshot = take()
  if (snapshot.status === 'error') throw snapshot.error
  return { snapshot, asked, taken }
}

type BuiltIn = {
  'xstate.raise': { readonly event: AnyEventObject; readonly id?: string; readonly delay?: number }
  'xstate.cancel': { readonly sendId: string }
  'xstate.spawnChild': {
    readonly id: string
    readonly src: unknown
    readonly input: unknown
    readonly actorRef?: AnyActorRef
  }
  'xstate.stopChild': AnyActorRef | undefined
  'xstate.emit': { readonly event: EventObject }
}

function isBuiltIn<Type extends keyof BuiltIn>(
  action: { type: string; params: unknown },
  type: Type,
): action is { type: Type; params: BuiltIn[Type] } {
  return action.type === type
}

function readAction(read: { type: string; params: unknown }): Asked | undefined {
  if (isBuiltIn(read, 'xstate.raise')) {
    const { id, delay, event } = read.params
    return delay === undefined ? undefined : { kind: 'timerSet', id, delayMs: delay, event }
  }
  if (isBuiltIn(read, 'xstate.cancel')) return { kind: 'timerCancelled', id: read.params.sendId }
  if (isBuiltIn(read, 'xstate.spawnChild')) return readInvocation(read.params)
  if (isBuiltIn(read, 'xstate.stopChild')) {
    return read.params && { kind: 'uninvoked', id: read.params.id }
  }
  if (isBuiltIn(read, 'xstate.emit')) return { kind: 'emitted', event: read.params.event }
  return { kind: 'action', ...read }
}

function readInvocation({ id, src, input, actorRef }: BuiltIn['xstate.spawnChild']): Asked {
  return {
    kind: 'invoked',
    id: actorRef?.id ?? id,
    src: typeof src === 'string' ? src : '(inline)',
    input,
  }
}
