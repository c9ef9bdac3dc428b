/** Which of a chart's transitions the tests have taken. */
import type { AnyStateNode, AnyTransitionDefinition } from 'xstate'

const covered = new Set<string>()

/** Takes note of transitions that a step has taken. */
export function note(taken: readonly AnyTransitionDefinition[]): void {
  for (const transition of taken) {
    for (const [label, each] of labelled(transition.source))
      if (each === transition) covered.add(label)
  }
}

/** A state's own transitions, each as `state: event #which`. */
function labelled(node: AnyStateNode): (readonly [label: string, transition: unknown])[] {
  return [...node.transitions, ['always', node.always ?? []] as const].flatMap(
    ([type, transitions]) =>
      transitions.map((each, which) => [`${node.id}: ${type} #${which}`, each] as const),
  )
}

/** The transitions of a state and those below it that no step has taken. */
export function untaken(node: AnyStateNode): string[] {
  const own = labelled(node).flatMap(([label]) => (covered.has(label) ? [] : [label]))
  return [...own, ...Object.values(node.states).flatMap(untaken)]
}
