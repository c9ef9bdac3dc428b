/**
 * Which transitions an event selects, found by an index. XState asks every active state of every region, at
 * each microstep; most regions have nothing to say to most events, so whole regions are passed over. What a
 * state selects, guards and all, is still asked of XState; a property holds the two equal.
 */
import type { AnyEventObject, AnyMachineSnapshot, AnyStateMachine, AnyStateNode } from 'xstate'

type Selected = NonNullable<AnyStateNode['always']>

/** XState's own choice among a state's transitions, which its types do not show. */
type Choosing = {
  readonly next: (snapshot: AnyMachineSnapshot, event: AnyEventObject) => Selected | undefined
}

/** The same chart, its transitions selected by the index; the one given is left as it was. */
export function withIndexedSelection(machine: AnyStateMachine): AnyStateMachine {
  const indexed: AnyStateMachine = machine.provide({})
  const concerned = new Map<string, ReadonlySet<AnyStateNode>>()
  const concernedBy = (type: string) => {
    const known = concerned.get(type)
    if (known) return known
    const nodes = new Set(nodesHearing(indexed.root, type))
    // Types come from the chart and a few families of XState's own: the chart's `hears` lets no others in.
    if (concerned.size < MOST_TYPES) concerned.set(type, nodes)
    return nodes
  }
  indexed.getTransitionData = (snapshot: AnyMachineSnapshot, event: AnyEventObject) =>
    select(indexed.root, snapshot.value, snapshot, event, concernedBy(event.type)) ?? []
  return indexed
}

const MOST_TYPES = 2_000

/** The states that may hear an event, by themselves or by a state within. */
function nodesHearing(node: AnyStateNode, type: string): AnyStateNode[] {
  const within = Object.values(node.states).flatMap((child) => nodesHearing(child, type))
  return within.length > 0 || mayHear(node, type) ? [node, ...within] : within
}

function mayHear({ ownEvents }: AnyStateNode, type: string): boolean {
  return ownEvents.some((descriptor) => descriptor === type || descriptor.endsWith('*'))
}

function select(
  node: AnyStateNode,
  value: unknown,
  snapshot: AnyMachineSnapshot,
  event: AnyEventObject,
  concerned: ReadonlySet<AnyStateNode>,
): Selected | undefined {
  if (!concerned.has(node)) return undefined
  const within: Selected = []
  for (const [name, inner] of activeIn(value)) {
    const child = node.states[name]
    const selected = child && select(child, inner, snapshot, event, concerned)
    if (selected) within.push(...selected)
  }
  if (within.length > 0) return within
  return isChoosing(node) ? node.next(snapshot, event) : undefined
}

function isChoosing(node: object): node is Choosing {
  return 'next' in node && typeof node.next === 'function'
}

/** The children of a state that are active, each with what is active in it. */
function activeIn(value: unknown): readonly (readonly [string, unknown])[] {
  if (typeof value === 'string') return [[value, undefined]]
  return typeof value === 'object' && value !== null ? Object.entries(value) : []
}
