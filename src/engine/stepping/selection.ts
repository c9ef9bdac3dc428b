/**
 * Which transitions an event selects, and which are always taken. XState asks every active state of every
 * region, at each microstep; most regions have nothing to say to most events, so whole regions are passed
 * over. What depends on the chart alone is worked out once.
 */
import type {
  AnyEventObject,
  AnyMachineSnapshot,
  AnyStateNode,
  AnyTransitionDefinition,
} from 'xstate'
import { evaluateGuard } from 'xstate/guards'

type Transitions = readonly AnyTransitionDefinition[]

/** What a state makes of one type of event: its candidates, or XState's own choice where it listens to families. */
type Hearing = Transitions | 'family'

/** XState's own choice among a state's transitions, which its types do not show. */
type Choosing = {
  readonly next: (snapshot: AnyMachineSnapshot, event: AnyEventObject) => Transitions | undefined
}

/** Types come from the chart and a few families of XState's own: the chart's `hears` lets no others in. */
const MOST_TYPES = 2_000

const nothing: Transitions = []

export class Selection {
  readonly #root: AnyStateNode
  readonly #hearing = new Map<string, ReadonlyMap<AnyStateNode, Hearing>>()
  readonly #always = new Map<AnyStateNode, Transitions>()

  constructor(root: AnyStateNode) {
    this.#root = root
    for (const node of withDescendants(root)) {
      const always = alwaysIn(node)
      if (isAtomic(node) && always.length > 0) this.#always.set(node, always)
    }
  }

  /** What the event selects, in the order of the regions. Throws what a guard throws. */
  by(event: AnyEventObject, snapshot: AnyMachineSnapshot): Transitions {
    const hearing = this.#hearingOf(event.type)
    if (hearing.size === 0) return nothing
    const selected: AnyTransitionDefinition[] = []
    select(this.#root, snapshot.value, { event, snapshot, hearing, selected })
    return selected
  }

  /** What is taken without an event. Throws what a guard throws. */
  always(event: AnyEventObject, snapshot: AnyMachineSnapshot): Transitions {
    let selected: AnyTransitionDefinition[] | undefined
    for (const node of snapshot._nodes) {
      const candidates = this.#always.get(node)
      const chosen = candidates && firstOf(candidates, event, snapshot)
      if (!chosen) continue
      selected ??= []
      if (!selected.includes(chosen)) selected.push(chosen)
    }
    return selected ?? nothing
  }

  #hearingOf(type: string): ReadonlyMap<AnyStateNode, Hearing> {
    const known = this.#hearing.get(type)
    if (known) return known
    const hearing = new Map<AnyStateNode, Hearing>()
    collect(this.#root, type, hearing)
    if (this.#hearing.size < MOST_TYPES) this.#hearing.set(type, hearing)
    return hearing
  }
}

function* withDescendants(node: AnyStateNode): Generator<AnyStateNode> {
  yield node
  for (const child of Object.values<AnyStateNode>(node.states)) yield* withDescendants(child)
}

function isAtomic({ type }: AnyStateNode): boolean {
  return type === 'atomic' || type === 'final'
}

/** The eventless transitions of a state and of those around it, innermost first. */
function alwaysIn(node: AnyStateNode): Transitions {
  return [...(node.always ?? []), ...(node.parent ? alwaysIn(node.parent) : [])]
}

/** Notes what a state and those within it make of a type; those with nothing to say are left out. */
function collect(node: AnyStateNode, type: string, hearing: Map<AnyStateNode, Hearing>): boolean {
  let isHeardWithin = false
  for (const child of Object.values<AnyStateNode>(node.states)) {
    if (collect(child, type, hearing)) isHeardWithin = true
  }
  const own = hearingIn(node, type)
  if (own !== nothing || isHeardWithin) hearing.set(node, own)
  return own !== nothing || isHeardWithin
}

function hearingIn({ transitions }: AnyStateNode, type: string): Hearing {
  const families = [...transitions.keys()].some((descriptor) => descriptor.endsWith('*'))
  return families ? 'family' : (transitions.get(type) ?? nothing)
}

type Selecting = {
  readonly event: AnyEventObject
  readonly snapshot: AnyMachineSnapshot
  readonly hearing: ReadonlyMap<AnyStateNode, Hearing>
  readonly selected: AnyTransitionDefinition[]
}

/** Adds what is selected within a state, or by itself; false where nothing is. */
function select(node: AnyStateNode, value: unknown, selecting: Selecting): boolean {
  const heard = selecting.hearing.get(node)
  if (heard === undefined) return false
  let isSelected = false
  if (typeof value === 'string') {
    const child = node.states[value]
    isSelected = child !== undefined && select(child, undefined, selecting)
  } else if (isRecord(value)) {
    for (const name in value) {
      const child = node.states[name]
      if (child && select(child, value[name], selecting)) isSelected = true
    }
  }
  if (isSelected) return true
  const chosen = chosenBy(node, heard, selecting)
  if (chosen) selecting.selected.push(chosen)
  return chosen !== undefined
}

function isRecord(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null
}

function chosenBy(
  node: AnyStateNode,
  heard: Hearing,
  { event, snapshot }: Selecting,
): AnyTransitionDefinition | undefined {
  if (heard !== 'family') return firstOf(heard, event, snapshot)
  return isChoosing(node) ? node.next(snapshot, event)?.[0] : undefined
}

function isChoosing(node: object): node is Choosing {
  return 'next' in node && typeof node.next === 'function'
}

function firstOf(
  candidates: Transitions,
  event: AnyEventObject,
  snapshot: AnyMachineSnapshot,
): AnyTransitionDefinition | undefined {
  return candidates.find(
    ({ guard }) => guard === undefined || evaluateGuard(guard, snapshot.context, event, snapshot),
  )
}
