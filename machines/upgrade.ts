/** Upgrades: what takes a stored call from one version of its chart to the next. Pure, like a turn. */
import type { StateValue } from 'xstate'
import type { CallContext } from './call/context.ts'

/** A call as it stands between two events, in plain JSON. */
export type Standing<Bot extends object = object> = {
  /** The chart's id, with which the ids below are made. */
  readonly chart: string
  /** The active states, as XState writes them: `{ signalling: 'established', scenario: 'choosing', … }`. */
  readonly states: StateValue
  /** What the chart remembers; `private` is empty. */
  readonly context: CallContext<Bot>
  /** Deadlines under way: `xstate.after.<delay>.<chart>.<state>`, or the id of a delayed raise. */
  readonly timers: readonly StandingTimer[]
  /** Promise logic under way: `<index>.<chart>.<state>`, or the id that the chart gave it. */
  readonly invocations: readonly StandingInvocation[]
  /** The states that history remembers, by the id of the history state. */
  readonly history: { readonly [id: string]: readonly string[] }
}

export type StandingTimer = { readonly id: string; readonly dueMs: number }

export type StandingInvocation = {
  readonly id: string
  readonly src: string
  /** Which command asked for it: keeps its name, whatever becomes of its id. */
  readonly command: string
}

/**
 * Says how a call of a former version stands in this one: same call, other names. Must be pure. Whoever
 * reads values of the former version may state them: `(call: Standing<{ tries: number }>) => …`.
 */
export type Upgrade = { upgrade(call: Standing): Standing }['upgrade']

/** Upgrades to one version of a chart, by the version they begin at. */
export type Upgrades = { readonly [version: string]: Upgrade }

/**
 * The call with one state under another name or in another place; what is active in it, its deadlines, its
 * promise logic and what history knows of it go along. A call that is not in that state is left as it is.
 *
 * @example
 * upgrade: { '1': (call) => renamed(call, 'scenario.choosing', 'scenario.menu') }
 */
export function renamed<Bot extends object>(
  call: Standing<Bot>,
  from: string,
  to: string,
): Standing<Bot> {
  const rename = (id: string) => renamedIn(id, `${call.chart}.${from}`, `${call.chart}.${to}`)
  return {
    ...call,
    states: moved(call.states, from.split('.'), to.split('.')),
    timers: call.timers.map((timer) => ({ ...timer, id: rename(timer.id) })),
    invocations: call.invocations.map((each) => ({ ...each, id: rename(each.id) })),
    history: Object.fromEntries(
      Object.entries(call.history).map(([id, states]) => [rename(id), states.map(rename)]),
    ),
  }
}

/** A state's name stands at the end of an id, or before the names of states within it. */
function renamedIn(id: string, from: string, to: string): string {
  const at = `.${id}.`.indexOf(`.${from}.`)
  return at < 0 ? id : `${id.slice(0, at)}${to}${id.slice(at + from.length)}`
}

type Tree = { readonly [state: string]: StateValue }

function moved(states: StateValue, from: readonly string[], to: readonly string[]): StateValue {
  const found = at(states, from)
  return found === undefined ? states : withAt(without(states, from), to, found)
}

function treeOf(states: StateValue | undefined): Tree {
  if (typeof states === 'string') return { [states]: {} }
  const tree: { [state: string]: StateValue } = {}
  for (const [name, inner] of Object.entries(states ?? {})) if (inner) tree[name] = inner
  return tree
}

function at(states: StateValue | undefined, path: readonly string[]): StateValue | undefined {
  const [name, ...deeper] = path
  if (name === undefined) return states
  const tree = treeOf(states)
  return name in tree ? at(tree[name], deeper) : undefined
}

function without(states: StateValue, path: readonly string[]): Tree {
  const [name = '', ...deeper] = path
  const { [name]: found, ...others } = treeOf(states)
  if (found === undefined || deeper.length === 0) return others
  const left = without(found, deeper)
  return Object.keys(left).length === 0 ? others : { ...others, [name]: left }
}

function withAt(
  states: StateValue | undefined,
  path: readonly string[],
  value: StateValue,
): StateValue {
  const [name = '', ...deeper] = path
  const tree = treeOf(states)
  const isAlone = deeper.length === 0 && Object.keys(tree).length === 0
  if (isAlone && typeof value === 'object' && Object.keys(value).length === 0) return name
  return { ...tree, [name]: deeper.length === 0 ? value : withAt(tree[name], deeper, value) }
}
