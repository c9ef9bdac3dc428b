/** The actor that XState's functions ask for, which does nothing: charts here are only computed. */
import {
  type ActorScope,
  type AnyEventObject,
  type AnyMachineSnapshot,
  type AnyTransitionDefinition,
  createActor,
  createMachine,
} from 'xstate'

type Scope = ActorScope<AnyMachineSnapshot, AnyEventObject>

/** A scope that tells what a chart asks for, and which transitions it takes. */
export function scopeFor(
  actionExecutor: Scope['actionExecutor'],
  take: (transitions: readonly AnyTransitionDefinition[]) => void,
): Scope {
  const inert = createActor(createMachine({}), {
    inspect: (event) => {
      if (event.type === '@xstate.microstep') take(event._transitions)
    },
  })
  return {
    self: inert,
    id: 'call',
    sessionId: 'call',
    logger: () => {},
    defer: () => {},
    emit: () => {},
    stopChild: () => {},
    system: inert.system,
    actionExecutor,
  }
}
