/**
 * What a transition does to the active states, worked out once: which it leaves, which it enters, and what
 * then stands in the state's value. Only plain transitions have a plan: one target or none, without history,
 * invocations or ends of regions. The others are XState's own to take.
 */
import type { AnyStateNode, AnyTransitionDefinition } from 'xstate'

/** A change of the active states below one of them, `domain`, which itself stays active. */
export type Move = {
  readonly domain: AnyStateNode
  /** All that may be active below `domain`, and is then left. */
  readonly within: ReadonlySet<AnyStateNode>
  /** Those among them that only XState can leave. */
  readonly intricate: ReadonlySet<AnyStateNode>
  /** In the order in which they are entered. */
  readonly entered: readonly AnyStateNode[]
  /** What stands at `domain` in the state's value afterwards. */
  readonly value: Value
}

/** `move` is undefined where a transition only acts. */
export type Plan = { readonly move: Move | undefined }

export type Value = string | { readonly [name: string]: Value }

/** The plan of a transition, or undefined where it has none. */
export function planOf({ source, target, reenter }: AnyTransitionDefinition): Plan | undefined {
  const [only, ...others] = target ?? []
  if (!only) return { move: undefined }
  const domain = domainOf(source, only, reenter)
  if (others.length > 0 || !domain) return undefined
  const entered = enteredBelow(domain, only)
  if (!entered?.every(isEnteredPlainly)) return undefined
  const within = new Set(below(domain))
  const intricate = new Set([...within].filter((node) => !isPlain(node)))
  return { move: { domain, within, intricate, entered, value: valueBelow(domain, entered) } }
}

/** The innermost state that stays active whatever the transition leaves and enters. */
function domainOf(
  source: AnyStateNode,
  target: AnyStateNode,
  reenter: boolean,
): AnyStateNode | undefined {
  if (!reenter && (target === source || isBelow(target, source))) return source
  for (let above = target.parent; above; above = above.parent) {
    if (isBelow(source, above)) return above
  }
  return undefined
}

/** Whether a state lies within another. */
export function isBelow(node: AnyStateNode, above: AnyStateNode): boolean {
  for (let parent = node.parent; parent; parent = parent.parent) if (parent === above) return true
  return false
}

function* below(node: AnyStateNode): Generator<AnyStateNode> {
  for (const child of childrenOf(node)) {
    yield child
    yield* below(child)
  }
}

function childrenOf(node: AnyStateNode): readonly AnyStateNode[] {
  return Object.values<AnyStateNode>(node.states)
}

function isPlain(node: AnyStateNode): boolean {
  return node.invoke.length === 0 && childrenOf(node).every(({ type }) => type !== 'history')
}

function isEnteredPlainly(node: AnyStateNode): boolean {
  return isPlain(node) && node.type !== 'final' && node.type !== 'history'
}

/** The states entered on the way from `domain` to `target`, and by default beside and within it. */
function enteredBelow(
  domain: AnyStateNode,
  target: AnyStateNode,
): readonly AnyStateNode[] | undefined {
  const onTheWay = new Set<AnyStateNode>()
  for (let node: AnyStateNode | undefined = target; node && node !== domain; node = node.parent) {
    onTheWay.add(node)
  }
  const entered: AnyStateNode[] = []
  const enter = (node: AnyStateNode): boolean => {
    entered.push(node)
    return enterWithin(node)
  }
  const enterWithin = (node: AnyStateNode): boolean => {
    if (node.type === 'parallel') return childrenOf(node).every(enter)
    if (node.type !== 'compound') return true
    const child = childrenOf(node).find((each) => onTheWay.has(each)) ?? defaultOf(node)
    return child !== undefined && enter(child)
  }
  return enterWithin(domain) ? entered : undefined
}

/** The child a state starts in, where it starts in one of its own and without acting. */
function defaultOf({ initial }: AnyStateNode): AnyStateNode | undefined {
  const [child, ...others] = initial.target ?? []
  const isOwn = child?.parent === initial.source && others.length === 0
  return isOwn && initial.actions.length === 0 ? child : undefined
}

/** What stands at a state in the value once these below it, and no others, are active. */
function valueBelow(node: AnyStateNode, active: readonly AnyStateNode[]): Value {
  const children = active.filter(({ parent }) => parent === node)
  const [first] = children
  if (node.type === 'compound' && first?.type === 'atomic') return first.key
  return Object.fromEntries(children.map((child) => [child.key, valueBelow(child, active)]))
}
