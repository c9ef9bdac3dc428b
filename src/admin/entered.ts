/** Which states a transition enters, as its chart says: counted so, a turn need not note them one by one. */
import type { AnyStateNode, AnyTransitionDefinition } from 'xstate'

/** Paths of the states a chart starts in. */
export function enteredAtStart(root: AnyStateNode): readonly string[] {
  return pathsOf(enterWithin(root, new Set(), [root]))
}

/** Paths of the states that a transition enters; a state it returns to by history counts as its default. */
export function enteredBy({ source, target, reenter }: AnyTransitionDefinition): readonly string[] {
  const targets = target ?? []
  const [first] = targets
  if (!first) return []
  const isInner = !reenter && targets.every((each) => each === source || isBelow(each, source))
  const domain = isInner ? source : commonAbove([source, ...targets])
  const onTheWay = new Set(targets.flatMap((each) => withAbove(each, domain)))
  return pathsOf(enterWithin(domain, onTheWay, []))
}

function enterWithin(
  node: AnyStateNode,
  onTheWay: ReadonlySet<AnyStateNode>,
  entered: AnyStateNode[],
): AnyStateNode[] {
  const children = Object.values<AnyStateNode>(node.states)
  if (node.type === 'parallel') {
    for (const child of children) enter(child, onTheWay, entered)
  } else if (node.type === 'compound') {
    const wanted = children.filter((child) => onTheWay.has(child) && child.type !== 'history')
    const chosen = wanted.length > 0 ? wanted : node.initial.target
    for (const child of chosen) {
      const below = new Set([...onTheWay, ...withAbove(child, node)])
      const [top] = withAbove(child, node).slice(-1)
      if (top) enter(top, below, entered)
    }
  }
  return entered
}

function enter(
  node: AnyStateNode,
  onTheWay: ReadonlySet<AnyStateNode>,
  entered: AnyStateNode[],
): void {
  entered.push(node)
  enterWithin(node, onTheWay, entered)
}

/** A state and those around it, innermost first, up to but not including `domain`. */
function withAbove(node: AnyStateNode, domain: AnyStateNode): readonly AnyStateNode[] {
  const nodes: AnyStateNode[] = []
  for (let each: AnyStateNode | undefined = node; each && each !== domain; each = each.parent)
    nodes.push(each)
  return nodes
}

function commonAbove([first, ...others]: readonly AnyStateNode[]): AnyStateNode {
  let above = first?.parent ?? first
  while (above?.parent && !others.every((node) => above && isBelow(node, above)))
    above = above.parent
  if (!above) throw new RangeError('There is no state above nothing.')
  return above
}

function isBelow(node: AnyStateNode, above: AnyStateNode): boolean {
  for (let parent = node.parent; parent; parent = parent.parent) if (parent === above) return true
  return false
}

function pathsOf(nodes: readonly AnyStateNode[]): readonly string[] {
  return nodes.map(({ path }) => path.join('.'))
}
