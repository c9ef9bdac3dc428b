/**
 * Actions, resolved as XState resolves them: those made by its own creators (assign, raise, cancel …) say
 * themselves what they do; the others are what the chart asks for.
 */
import type {
  AnyEventObject,
  AnyMachineSnapshot,
  AnyStateNode,
  AnyTransitionDefinition,
} from 'xstate'
import { scopeFor } from './scope.ts'

export type Action = AnyStateNode['entry'][number]

/** What actions read and do besides changing the context. */
export type Acting = {
  readonly event: AnyEventObject
  /** Where raised events wait. */
  readonly raised: AnyEventObject[]
  readonly ask: (type: string, params: unknown) => void
  /** Told of transitions as they are taken. */
  readonly take: (transitions: readonly AnyTransitionDefinition[]) => void
}

type Further = readonly [AnyMachineSnapshot, unknown, readonly Action[] | undefined]

/** An action made by one of XState's creators; its types do not show what is in it. */
type Created = {
  readonly type: string
  readonly execute?: unknown
  readonly assignment?: unknown
  readonly resolve: (...given: readonly unknown[]) => Further
}

const scope = scopeFor(
  () => {},
  () => {},
)

/** The snapshot after all of the actions, in order. Throws what the chart's own code throws. */
export function act(
  snapshot: AnyMachineSnapshot,
  actions: readonly Action[],
  acting: Acting,
): AnyMachineSnapshot {
  let current = snapshot
  for (const action of actions) current = actOne(current, action, acting)
  return current
}

function actOne(snapshot: AnyMachineSnapshot, action: Action, acting: Acting): AnyMachineSnapshot {
  const { event } = acting
  const { context, machine } = snapshot
  const name = nameOf(action)
  const params = paramsOf(action, context, event)
  const made: unknown = name === undefined ? action : machine.implementations.actions[name]
  if (!isCreated(made)) {
    acting.ask(name ?? '(anonymous)', params)
    return snapshot
  }
  const args = { context, event, self: scope.self, system: scope.system }
  if (made.type === 'xstate.assign') return assigned(snapshot, made.assignment, args, params)
  const extra = { internalQueue: acting.raised, deferredActorIds: undefined }
  const [next, resolved, further] = made.resolve(scope, snapshot, args, params, made, extra)
  if (made.execute !== undefined) acting.ask(made.type, resolved)
  return further ? act(next, further, acting) : next
}

function nameOf(action: Action): string | undefined {
  if (typeof action === 'function') return undefined
  return typeof action === 'string' ? action : action.type
}

function paramsOf(action: Action, context: unknown, event: AnyEventObject): unknown {
  if (typeof action !== 'object' || !('params' in action)) return undefined
  const params: unknown = action.params
  return typeof params === 'function' ? params({ context, event }) : params
}

function isCreated(made: unknown): made is Created {
  return typeof made === 'function' && 'resolve' in made
}

/** XState makes a whole snapshot for each assignment; what else is in it stays as it was. */
function assigned(
  snapshot: AnyMachineSnapshot,
  assignment: unknown,
  args: object,
  params: unknown,
): AnyMachineSnapshot {
  const given = { ...args, spawn }
  const update = typeof assignment === 'function' ? assignment(given, params) : {}
  if (typeof assignment === 'object') {
    for (const [name, value] of Object.entries(assignment ?? {})) {
      update[name] = typeof value === 'function' ? value(given, params) : value
    }
  }
  return { ...snapshot, context: { ...snapshot.context, ...update } }
}

function spawn(): never {
  throw new Error('Only XState itself can spawn.')
}
