/**
 * XState's macrostep for plain transitions: what an event selects is taken, then what is always taken, then
 * what was raised, until nothing more is. XState works all of it out anew for every state, at every step;
 * here what depends on the chart alone has been worked out before. Properties hold the two equal.
 */
import type {
  AnyEventObject,
  AnyMachineSnapshot,
  AnyStateMachine,
  AnyStateNode,
  AnyTransitionDefinition,
} from 'xstate'
import { type Acting, act } from './acting.ts'
import { isBelow, type Move, type Plan, planOf, type Value } from './plan.ts'
import { Selection } from './selection.ts'

/** Steps one event may cause before it is left to XState to say that the chart is looping. */
const MOST_STEPS = 50

/** Whom it tells what a chart asks for, and which transitions it takes. */
export type Telling = Pick<Acting, 'ask' | 'take'>

export class Macrostep {
  readonly #selection: Selection
  readonly #plans = new Map<AnyTransitionDefinition, Plan | undefined>()

  constructor(machine: AnyStateMachine) {
    this.#selection = new Selection(machine.root)
  }

  /**
   * The snapshot after the event, itself where nothing moves; undefined where only XState can tell. `telling`
   * may then have been told of something already.
   */
  take(
    before: AnyMachineSnapshot,
    event: AnyEventObject,
    telling: Telling,
  ): AnyMachineSnapshot | undefined {
    const raised: AnyEventObject[] = []
    let acting: Acting = { event, raised, ...telling }
    let snapshot = this.#microstep(before, this.#selection.by(event, before), acting)
    let isSettled = false
    for (let steps = 0; snapshot && steps < MOST_STEPS; steps++) {
      const current: AnyMachineSnapshot = snapshot
      const always = isSettled ? [] : this.#selection.always(acting.event, current)
      if (always.length > 0) {
        snapshot = this.#microstep(current, always, acting)
        isSettled = snapshot === current
        continue
      }
      const next = raised.shift()
      if (!next) return current
      acting = { event: next, raised, ...telling }
      snapshot = this.#microstep(current, this.#selection.by(next, current), acting)
      isSettled = false
    }
    return undefined
  }

  #microstep(
    before: AnyMachineSnapshot,
    selected: readonly AnyTransitionDefinition[],
    acting: Acting,
  ): AnyMachineSnapshot | undefined {
    if (selected.length === 0) return before
    const moves = this.#movesOf(selected)
    if (!moves) return undefined
    const left = leftBy(moves, before)
    if (!left) return undefined
    const entered = enteredBy(moves)
    acting.take(selected)
    let snapshot = before
    for (const node of left) snapshot = act(snapshot, node.exit, acting)
    for (const { actions } of selected) snapshot = act(snapshot, actions, acting)
    for (const node of entered) snapshot = act(snapshot, node.entry, acting)
    return isSame(left, entered) ? snapshot : moved(snapshot, moves, left, entered)
  }

  /** The moves of transitions taken together; undefined where one has no plan, or two are in each other's way. */
  #movesOf(selected: readonly AnyTransitionDefinition[]): readonly Move[] | undefined {
    const moves: Move[] = []
    for (const transition of selected) {
      const plan = this.#planOf(transition)
      if (!plan) return undefined
      const { move } = plan
      if (move && moves.some(({ domain }) => !areApart(domain, move.domain))) return undefined
      if (move) moves.push(move)
    }
    return moves
  }

  #planOf(transition: AnyTransitionDefinition): Plan | undefined {
    if (this.#plans.has(transition)) return this.#plans.get(transition)
    const plan = planOf(transition)
    this.#plans.set(transition, plan)
    return plan
  }
}

function areApart(one: AnyStateNode, other: AnyStateNode): boolean {
  return one !== other && !isBelow(one, other) && !isBelow(other, one)
}

/** The states left, innermost first; undefined where one of them only XState can leave. */
function leftBy(
  moves: readonly Move[],
  { _nodes: active }: AnyMachineSnapshot,
): readonly AnyStateNode[] | undefined {
  const left: AnyStateNode[] = []
  for (const { within, intricate } of moves) {
    for (const node of active) {
      if (!within.has(node)) continue
      if (intricate.has(node)) return undefined
      left.push(node)
    }
  }
  return left.length > 1 ? left.sort((one, other) => other.order - one.order) : left
}

function enteredBy(moves: readonly Move[]): readonly AnyStateNode[] {
  const [only, ...others] = moves
  if (others.length === 0) return only?.entered ?? []
  return moves.flatMap(({ entered }) => entered).sort((one, other) => one.order - other.order)
}

function isSame(left: readonly AnyStateNode[], entered: readonly AnyStateNode[]): boolean {
  return left.length === entered.length && entered.every((node) => left.includes(node))
}

function moved(
  snapshot: AnyMachineSnapshot,
  moves: readonly Move[],
  left: readonly AnyStateNode[],
  entered: readonly AnyStateNode[],
): AnyMachineSnapshot {
  const nodes = snapshot._nodes.filter((node) => !left.includes(node))
  nodes.push(...entered)
  let value: Value = snapshot.value
  for (const { domain, value: there } of moves) value = replaced(value, domain.path, 0, there)
  const isTagged = left.some(hasTags) || entered.some(hasTags)
  const tags = isTagged ? new Set(nodes.flatMap((node) => node.tags)) : snapshot.tags
  return { ...snapshot, _nodes: nodes, value, tags }
}

function hasTags({ tags }: AnyStateNode): boolean {
  return tags.length > 0
}

/** The value with something else at the end of a path. */
function replaced(value: Value, path: readonly string[], depth: number, there: Value): Value {
  const name = path[depth]
  if (name === undefined) return there
  const inner = typeof value === 'object' ? value[name] : undefined
  return {
    ...(typeof value === 'object' && value),
    [name]: replaced(inner ?? {}, path, depth + 1, there),
  }
}
