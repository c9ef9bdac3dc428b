/** How often live calls have taken each transition, and so entered each state, since the engine started. */
import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from 'xstate'
import { transitionId } from '../../snapshots/chart.ts'
import type { Visits } from '../engine/index.ts'
import { enteredAtStart, enteredBy } from './entered.ts'
import type { Coverage } from './protocol.ts'

/** What calls of a chart have visited. */
export function coverageOf(machine: AnyStateMachine, visits: Visits): Coverage {
  const calls = visits.started(machine.id, machine.version ?? '')
  const states: Record<string, number> = {}
  const transitions: Record<string, number> = {}
  const visit = (paths: readonly string[], times: number) => {
    for (const path of paths) states[path] = (states[path] ?? 0) + times
  }
  if (calls > 0) visit(enteredAtStart(machine.root), calls)
  for (const transition of transitionsIn(machine.root)) {
    const times = visits.taken(transition)
    const id = times === 0 ? undefined : transitionId(transition)
    if (id === undefined) continue
    transitions[id] = times
    visit(enteredBy(transition), times)
  }
  return { calls, states, transitions }
}

/** All transitions of a state and those within it. */
function transitionsIn(node: AnyStateNode): readonly AnyTransitionDefinition[] {
  const within = Object.values<AnyStateNode>(node.states).flatMap(transitionsIn)
  return [...[...node.transitions.values()].flat(), ...(node.always ?? []), ...within]
}
