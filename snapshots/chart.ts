/** A chart read off its XState machine, as plain names in a stable order. */
import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from 'xstate'
import { nameOfAction, nameOfGuard } from './names.ts'

/** One way out of a state, or a reaction within it when there are no targets. */
export type ChartTransition = {
  /** Unique in its chart, and the same as long as the state's own transitions are: `desk|tone.received|0`. */
  readonly id: string
  /** An event, `always`, `done`, `after 10000`, `<invocation> done` or `<invocation> failed`. */
  readonly when: string
  readonly guard?: string | undefined
  /** Dotted paths from the chart's root; the root itself is `''`. */
  readonly targets: readonly string[]
  readonly reenter: boolean
  readonly actions: readonly string[]
}

export type ChartState = {
  readonly name: string
  /** Dotted path from the chart's root; the root itself is `''`. */
  readonly path: string
  readonly type: 'atomic' | 'compound' | 'parallel' | 'final' | 'shallow history' | 'deep history'
  readonly initial?: string | undefined
  readonly tags: readonly string[]
  readonly entry: readonly string[]
  readonly exit: readonly string[]
  /** Ids of what the state invokes, each with its source. */
  readonly invoke: readonly string[]
  readonly transitions: readonly ChartTransition[]
  readonly states: readonly ChartState[]
}

export type Chart = {
  readonly id: string
  readonly version: string | undefined
  readonly root: ChartState
}

/** Reads a chart; states come by name, transitions by event, those of one event in the order tried. */
export function readChart(machine: AnyStateMachine): Chart {
  return { id: machine.id, version: machine.version, root: readState(machine.root) }
}

/** The transition's id in the chart that `readChart` reads, or `undefined` for one of XState's own. */
export function transitionId(definition: AnyTransitionDefinition): string | undefined {
  const { source: node } = definition
  const always = node.always ?? []
  if (always.includes(definition)) return `${pathOf(node)}|always|${always.indexOf(definition)}`
  for (const [event, definitions] of node.transitions) {
    const index = definitions.indexOf(definition)
    if (index >= 0) return `${pathOf(node)}|${nameOfEvent(event, node)}|${index}`
  }
  return undefined
}

function readState(node: AnyStateNode): ChartState {
  return {
    name: node.key,
    path: pathOf(node),
    type: typeOf(node),
    initial: node.type === 'compound' ? node.initial.target.map(pathOf).join(', ') : undefined,
    tags: node.tags.toSorted(),
    entry: node.entry.filter(isWritten).map(nameOfAction),
    exit: node.exit.filter(isWritten).map(nameOfAction),
    invoke: node.invoke.map(({ id, src }) => (typeof src === 'string' ? `${src} as ${id}` : id)),
    transitions: readTransitions(node),
    states: Object.values(node.states).map(readState).toSorted(byName),
  }
}

function typeOf(node: AnyStateNode): ChartState['type'] {
  if (node.type !== 'history') return node.type
  return node.history === 'deep' ? 'deep history' : 'shallow history'
}

function pathOf(node: AnyStateNode): string {
  return node.path.join('.')
}

/** XState itself adds a raise on entry and a cancel on exit for every `after`. */
export function isWritten(action: unknown): boolean {
  if (typeof action !== 'function') return true
  const id = 'sendId' in action ? action.sendId : 'id' in action ? action.id : undefined
  return !(typeof id === 'string' && id.startsWith('xstate.after.'))
}

function readTransitions(node: AnyStateNode): readonly ChartTransition[] {
  const onEvents = [...node.transitions].flatMap(([event, definitions]) =>
    definitions.map((definition, index) =>
      readTransition(node, nameOfEvent(event, node), definition, index),
    ),
  )
  const always = (node.always ?? []).map((definition, index) =>
    readTransition(node, 'always', definition, index),
  )
  return [...onEvents, ...always].toSorted((a, b) => compare(a.when, b.when))
}

function readTransition(
  node: AnyStateNode,
  when: string,
  definition: AnyTransitionDefinition,
  index: number,
): ChartTransition {
  return {
    id: `${pathOf(node)}|${when}|${index}`,
    when,
    guard: definition.guard === undefined ? undefined : nameOfGuard(definition.guard),
    targets: (definition.target ?? []).map(pathOf),
    reenter: definition.reenter,
    actions: definition.actions.map(nameOfAction),
  }
}

function nameOfEvent(event: string, node: AnyStateNode): string {
  const within = (prefix: string) => event.slice(prefix.length)
  if (event === `xstate.done.state.${node.id}`) return 'done'
  if (event.startsWith('xstate.after.'))
    return `after ${within('xstate.after.').slice(0, -node.id.length - 1)}`
  if (event.startsWith('xstate.done.actor.')) return `${within('xstate.done.actor.')} done`
  if (event.startsWith('xstate.error.actor.')) return `${within('xstate.error.actor.')} failed`
  return event
}

function byName(a: ChartState, b: ChartState): number {
  return compare(a.name, b.name)
}

/** By code unit: the same on every machine, whatever its locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
