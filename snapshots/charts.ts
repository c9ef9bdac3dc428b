/** Charts as files that a review can read: a definition and a drawing of the same chart. */
import type { AnyStateMachine } from 'xstate'
import { type ChartState, type ChartTransition, readChart } from './chart.ts'

export { drawChart } from './draw.ts'

/** A chart as JSON: the same text for the same chart, one changed line for one changed transition. */
export function describeChart(machine: AnyStateMachine): string {
  const { id, version, root } = readChart(machine)
  return `${JSON.stringify({ id, version, ...describeState(root) }, undefined, 2)}\n`
}

type Description = { readonly [property: string]: unknown }

function describeState(state: ChartState): Description {
  return withoutEmpty({
    type: state.type,
    initial: state.initial,
    tags: state.tags,
    entry: state.entry,
    exit: state.exit,
    invoke: state.invoke,
    on: describeTransitions(state.transitions),
    states: Object.fromEntries(state.states.map((child) => [child.name, describeState(child)])),
  })
}

function describeTransitions(transitions: readonly ChartTransition[]): Description {
  const byEvent = Object.groupBy(transitions, ({ when }) => when)
  return Object.fromEntries(
    Object.entries(byEvent).map(([when, group = []]) => [when, group.map(describeTransition)]),
  )
}

/** One line a transition: `[guard] → target / action, action`. */
function describeTransition({ guard, targets, reenter, actions }: ChartTransition): string {
  const parts = [
    guard === undefined ? '' : `[${guard}]`,
    targets.length === 0 ? '' : `→ ${targets.join(', ')}`,
    reenter ? '(reenter)' : '',
    actions.length === 0 ? '' : `/ ${actions.join(', ')}`,
  ]
  return parts.filter((part) => part !== '').join(' ')
}

function withoutEmpty(description: Description): Description {
  return Object.fromEntries(
    Object.entries(description).filter(
      ([, value]) => value !== undefined && Object.keys(Object(value)).length > 0,
    ),
  )
}
