/** Which of a chart's transitions the tests have taken: told by XState's own inspection of each microstep. */
import {
  type AnyStateMachine,
  type AnyStateNode,
  createActor,
  createMachine,
  type InspectionEvent,
} from 'xstate'

const taken = new Set<string>()

function watch(event: InspectionEvent): void {
  if (event.type !== '@xstate.microstep') return
  for (const transition of event._transitions) {
    for (const [label, each] of labelled(transition.source))
      if (each === transition) taken.add(label)
  }
}

/** A state's own transitions, each as `state: event #which`. */
function labelled(node: AnyStateNode): (readonly [label: string, transition: unknown])[] {
  return [...node.transitions, ['always', node.always ?? []] as const].flatMap(
    ([type, transitions]) =>
      transitions.map((each, which) => [`${node.id}: ${type} #${which}`, each] as const),
  )
}

const { system } = createActor(createMachine({}), { inspect: watch })

/** Takes note of every transition that any step of this chart takes from now on. */
export function record(chart: AnyStateMachine): void {
  const { transition, getInitialSnapshot } = chart
  chart.transition = (snapshot, event, scope) =>
    transition.call(chart, snapshot, event, { ...scope, system })
  chart.getInitialSnapshot = (scope, input) =>
    getInitialSnapshot.call(chart, { ...scope, system }, input)
}

/** The transitions of a state and those below it that no step has taken. */
export function untaken(node: AnyStateNode): string[] {
  const own = labelled(node).flatMap(([label]) => (taken.has(label) ? [] : [label]))
  return [...own, ...Object.values(node.states).flatMap(untaken)]
}
