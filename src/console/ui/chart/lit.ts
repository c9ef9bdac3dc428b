/** Which states of a chart are lit, and which arrows a turn went along. */
import type { GeometryArrow } from '../../../admin/protocol.ts'

/** Active states with every state around them; the chart's root is `''`. */
export function lit(states: readonly string[]): ReadonlySet<string> {
  const all = new Set([''])
  for (const state of states) {
    const steps = state.split('.')
    for (const [index] of steps.entries()) all.add(steps.slice(0, index + 1).join('.'))
  }
  return all
}

/** One turn of a chart: where it stood before and after, and the ids of the transitions, where they are known. */
export type Step = {
  /** New for each turn, so that the same way lights up again. */
  readonly id: string
  readonly before: readonly string[]
  readonly after: readonly string[]
  readonly taken?: readonly string[] | undefined
}

/** Tells of each arrow whether a turn went along it, and of each state whether the turn entered it. */
export function readStep(step: Step) {
  const [before, after] = [lit(step.before), lit(step.after)]
  const isEntered = (path: string) => after.has(path) && !before.has(path)
  const taken = step.taken && new Set(step.taken)
  return {
    isEntered,
    isTaken: ({ from, to, transitions }: GeometryArrow) => {
      if (taken) return transitions.some((id) => taken.has(id))
      return before.has(from) && !after.has(from) && isEntered(to)
    },
  }
}
