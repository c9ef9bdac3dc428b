/** Whether a chart can go on from where a call stands; told state by state. */
import type { AnyStateMachine, AnyStateNode } from 'xstate'
import type { Standing } from '../../machines/upgrade.ts'
import { flawIn } from '../../snapshots/flaw.ts'

/** Every reason why a call cannot stand so in this chart; none when it can. */
export function flawsOf(machine: AnyStateMachine, standing: Standing): readonly string[] {
  const unknown = unknownStates(machine.root, standing.states)
  return [
    ...unknown.map((path) => `there is no state '${path}'`),
    ...lostLogic(machine, standing),
    ...lostValues(standing),
  ]
}

/** What a call waits for that no state of this chart would hear. */
export function strandedIn(machine: AnyStateMachine, standing: Standing): readonly string[] {
  return [...lostTimers(machine, standing), ...lostInvocations(machine, standing)]
}

/** The states that a chart is in at a value that it knows. */
export function nodesAt(machine: AnyStateMachine, states: Standing['states']): AnyStateNode[] {
  return machine.resolveState({ value: states, context: {} })._nodes
}

function unknownStates(node: AnyStateNode, states: unknown): readonly string[] {
  const inner: readonly (readonly [string, unknown])[] =
    typeof states === 'string' ? [[states, {}]] : Object.entries(states ?? {})
  return inner.flatMap(([name, deeper]) => {
    const child = node.states[name]
    return child ? unknownStates(child, deeper) : [[...node.path, name].join('.')]
  })
}

/** A deadline that no state waits for would fall due unheard. */
function lostTimers(machine: AnyStateMachine, { timers }: Standing): readonly string[] {
  const known = new Set(
    everyNode(machine.root).flatMap(({ after }) => after.map(({ eventType }) => eventType)),
  )
  return timers
    .filter(({ id }) => id.startsWith('xstate.after.') && !known.has(id))
    .map(({ id }) => `no state waits for the deadline '${id}'`)
}

function lostInvocations(machine: AnyStateMachine, { invocations }: Standing): readonly string[] {
  const known = new Set(everyNode(machine.root).flatMap(({ invoke }) => invoke.map(({ id }) => id)))
  return invocations
    .filter(({ id }) => !known.has(id))
    .map(({ id, src }) => `no state waits for the invocation '${id}' (${src})`)
}

function lostLogic(machine: AnyStateMachine, { invocations }: Standing): readonly string[] {
  return invocations
    .filter(({ src }) => !(src in machine.implementations.actors))
    .map(({ src }) => `there is no promise logic '${src}'`)
}

function lostValues({ context }: Standing): readonly string[] {
  const flaw = flawIn({ ...context, private: {} })
  return flaw ? [`context.${flaw.path} would hold ${flaw.found}, which cannot be stored`] : []
}

function everyNode(node: AnyStateNode): readonly AnyStateNode[] {
  return [node, ...Object.values(node.states).flatMap(everyNode)]
}
