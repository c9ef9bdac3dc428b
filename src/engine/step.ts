/**
 * XState behind one function: `step(chart, snapshot, event)` gives the next snapshot and what the chart
 * asks, as inert requests. Nothing is executed. Only this file knows how XState does it, so that its next
 * major can be swapped in.
 *
 * It calls `machine.transition` with one scope that every chart shares, because the public
 * `transition()` builds a whole actor each time (three times slower); a property holds the two equal.
 */
import {
  type ActorScope,
  type AnyActorLogic,
  type AnyActorRef,
  type AnyEventObject,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  createActor,
  createMachine,
  type EventObject,
  type ExecutableActionObject,
  type Snapshot,
} from 'xstate'

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

export type Step = { readonly snapshot: ChartSnapshot; readonly asked: readonly Asked[] }

let asked: Asked[] = []

const inert = createActor(createMachine({}))

const scope: ActorScope<AnyMachineSnapshot, AnyEventObject> = {
  self: inert,
  id: 'call',
  sessionId: 'call',
  logger: () => {},
  defer: () => {},
  emit: () => {},
  stopChild: () => {},
  system: inert.system,
  actionExecutor: (action) => {
    const read = readAction(action)
    if (read) asked.push(read)
  },
}

/** The snapshot a chart starts from. Throws what the chart's own code throws. */
export function start(chart: AnyStateMachine, input: unknown): Step {
  return collect(() => chart.getInitialSnapshot(scope, input))
}

/** The snapshot after one event. Throws what the chart's own code throws; nothing has then changed. */
export function step(chart: AnyStateMachine, snapshot: ChartSnapshot, event: AnyEventObject): Step {
  return collect(() => chart.transition(snapshot, event, scope))
}

/** A snapshot as JSON can hold it. */
export function persist(chart: AnyStateMachine, snapshot: ChartSnapshot): object {
  return chart.getPersistedSnapshot(snapshot)
}

/** The snapshot that `persist` gave; throws when the chart has no such state. */
export function restore(chart: AnyStateMachine, persisted: Snapshot<unknown>): ChartSnapshot {
  return chart.restoreSnapshot(persisted, scope)
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
  const snapshot = take()
  if (snapshot.status === 'error') throw snapshot.error
  return { snapshot, asked }
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

function readAction(action: ExecutableActionObject): Asked | undefined {
  const read: { type: string; params: unknown } = { type: action.type, params: action.params }
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
