/** Charts of every shape, to compare two ways of stepping through them. */
import fc from 'fast-check'
import { assign, createMachine, emit, enqueueActions, not, raise, stateIn } from 'xstate'

const TYPES = ['a', 'b', 'c', 'a.b', 'a.c']

/** What charts made here are told. */
export const anyEvents = fc.array(fc.constantFrom(...TYPES, 'd'), { maxLength: 12 })

type Shape = {
  readonly kind: 'atomic' | 'compound' | 'parallel' | 'final' | 'history' | 'deep'
  readonly children: readonly Shape[]
  /** What the state does when it starts in its first child. */
  readonly starting: readonly number[]
  readonly entry: readonly number[]
  readonly exit: readonly number[]
  readonly moves: readonly Way[]
  readonly always: readonly Way[]
  readonly isTagged: boolean
}

type Way = {
  readonly type: string
  readonly guard: number
  readonly to: number | undefined
  readonly reenter: boolean
  readonly acts: readonly number[]
}

const acts = fc.array(fc.nat({ max: 8 }), { maxLength: 2 })
const anyWay: fc.Arbitrary<Way> = fc.record({
  type: fc.constantFrom(...TYPES, 'a.*', '*'),
  guard: fc.nat({ max: 6 }),
  to: fc.option(fc.nat({ max: 40 }), { nil: undefined }),
  reenter: fc.boolean(),
  acts,
})

function shapeOf(depth: number): fc.Arbitrary<Shape> {
  const children =
    depth === 0 ? fc.constant([]) : fc.array(shapeOf(depth - 1), { minLength: 1, maxLength: 3 })
  return fc.record({
    kind: fc.constantFrom('atomic', 'compound', 'compound', 'parallel', 'final', 'history', 'deep'),
    children,
    starting: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, acts),
    entry: acts,
    exit: acts,
    moves: fc.array(anyWay, { maxLength: 3 }),
    always: fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, fc.array(anyWay, { maxLength: 1 })),
    isTagged: fc.boolean(),
  })
}

/** A chart made from a random shape. */
export const anyChart = shapeOf(3)
  .filter(({ kind }) => kind === 'compound' || kind === 'parallel')
  .map(chartOf)

type Context = { readonly count: number }

const counted = ({ context }: { context: Context }) => ({ count: context.count + 1 })

const actions = {
  0: assign(counted),
  1: assign({ count: ({ context }) => Number(context.count) * 2 + 1 }),
  2: raise({ type: 'b' }),
  3: raise({ type: 'c' }, { id: 'later', delay: 10 }),
  4: { type: 'playPrompt', params: ({ context }: { context: Context }) => ({ at: context.count }) },
  5: 'hangUp',
  6: enqueueActions(({ context, enqueue, check }) => {
    if (check(not('even'))) enqueue.assign({ count: Number(context.count) + 1 })
    enqueue.raise({ type: 'a.c' })
    enqueue({ type: 'mute', params: { at: context.count } })
  }),
  7: emit({ type: 'told' }),
  8: { type: 'keep', params: { by: 3 } },
} as const

const guards = ['even', 'few', not('even'), stateIn({ s0: 's0' }), 'throws', undefined, undefined]

function chartOf(shape: Shape) {
  const ids: string[] = []
  name(shape, 'root', ids)
  return createMachine(
    {
      ...stateOf(shape, 'root', ids, false),
      context: { count: 0 },
      options: { maxIterations: 60 },
    } as never,
    {
      guards: {
        even: ({ context }: { context: Context }) => context.count % 2 === 0,
        few: ({ context }: { context: Context }) => context.count < 12,
        throws: ({ context }: { context: Context }) => {
          if (context.count > 6) throw new Error('A guard threw.')
          return context.count > 2
        },
      },
      actions: {
        keep: assign(({ context }: { context: Context }, { by }: { by: number }) => ({
          count: context.count + by,
        })),
      },
    } as never,
  )
}

function name(shape: Shape, id: string, ids: string[]): void {
  ids.push(id)
  for (const [index, child] of childrenOf(shape).entries()) name(child, `${id}_${index}`, ids)
}

/** Without those that would leave a state nowhere to begin. */
function childrenOf({ kind, children }: Shape): readonly Shape[] {
  if (kind !== 'compound' && kind !== 'parallel') return []
  const fit = kind === 'parallel' ? children.filter((child) => child.kind !== 'final') : children
  return fit.some(isState) ? fit : []
}

function isState({ kind }: Shape): boolean {
  return kind !== 'history' && kind !== 'deep'
}

function stateOf(shape: Shape, id: string, ids: readonly string[], isChild = true): object {
  const children = childrenOf(shape)
  const { kind } = shape
  if (isChild && !isState(shape)) {
    return { id, type: 'history', history: kind === 'deep' ? 'deep' : 'shallow' }
  }
  const isEnd = kind === 'final' && isChild
  const first = children.findIndex(isState)
  return {
    id,
    ...(isEnd && { type: 'final' }),
    ...(shape.isTagged && { tags: [id] }),
    entry: shape.entry.map(actionOf),
    exit: shape.exit.map(actionOf),
    ...(!isEnd && {
      on: waysOf(shape.moves, ids),
      always: shape.always.map((way) => wayOf(way, ids)),
    }),
    ...(first >= 0 && {
      ...(kind === 'parallel'
        ? { type: 'parallel' }
        : { initial: { target: `s${first}`, actions: shape.starting.map(actionOf) } }),
      states: Object.fromEntries(
        children.map((child, index) => [`s${index}`, stateOf(child, `${id}_${index}`, ids)]),
      ),
    }),
  }
}

function waysOf(moves: readonly Way[], ids: readonly string[]): object {
  const on: Record<string, object[]> = {}
  for (const way of moves) on[way.type] = [...(on[way.type] ?? []), wayOf(way, ids)]
  return on
}

function wayOf({ guard, to, reenter, acts }: Way, ids: readonly string[]): object {
  const target = to === undefined ? undefined : ids[to % ids.length]
  return {
    ...(guards[guard] !== undefined && { guard: guards[guard] }),
    ...(target !== undefined && { target: `#${target}` }),
    ...(reenter && { reenter }),
    actions: acts.map(actionOf),
  }
}

function actionOf(number: number): unknown {
  return actions[number as keyof typeof actions]
}
