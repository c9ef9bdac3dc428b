/** Any work on a store: commits good and bad, compactions, and looks at what it tells. */
import fc from 'fast-check'
import type { CallCommit, Store } from '../../snapshots/index.ts'
import { effect, snapshotAt, timer } from './examples.ts'
import type { ModelStore } from './model.ts'

const keys = ['a', 'b', 'c', 'd']
const graphIds = ['g', 'h']

/** What a step does to a call; turned into a commit once it is known how far the call is. */
const anyStep = fc.record({
  key: fc.constantFrom(...keys),
  isLate: oneIn(12),
  isBroken: oneIn(16),
  snapshots: fc.boolean(),
  ends: oneIn(6),
  graphId: fc.option(fc.constantFrom(...graphIds), { nil: undefined }),
  events: fc.nat({ max: 2 }),
  effects: fc.nat({ max: 2 }),
  change: fc.option(fc.constantFrom('sent', 'running', 'done', 'inDoubt', 'dropped')),
  timers: fc.uniqueArray(fc.constantFrom('t', 'u', 'v'), { maxLength: 2 }),
  timersRemoved: fc.uniqueArray(fc.constantFrom('t', 'u', 'v'), { maxLength: 2 }),
  atMs: fc.nat({ max: 99 }),
})

type Step = typeof anyStep extends fc.Arbitrary<infer Value> ? Value : never

export type Work =
  | { readonly kind: 'commit'; readonly steps: readonly Step[] }
  | { readonly kind: 'compact'; readonly endedBeforeMs: number; readonly limit: number }
  | { readonly kind: 'look' }

export const anyWork: fc.Arbitrary<readonly Work[]> = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant('commit' as const),
        steps: fc.array(anyStep, { minLength: 1, maxLength: 4 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('compact' as const),
        endedBeforeMs: fc.nat({ max: 120 }),
        limit: fc.nat({ max: 3 }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('look' as const) }) },
  ),
  { maxLength: 24 },
)

function oneIn(cases: number): fc.Arbitrary<boolean> {
  return fc.nat({ max: cases - 1 }).map((value) => value === 0)
}

/** The commits of a batch, each going on from where the model and the steps before it leave its call. */
export async function commitsOf(
  model: ModelStore,
  work: Work,
  round: number,
): Promise<readonly CallCommit[]> {
  if (work.kind !== 'commit') return []
  const calls = await Promise.all(keys.map((key) => model.load(key)))
  const sequences = new Map(calls.map((call) => [call?.key, call?.sequence ?? 0]))
  return work.steps.map((step, index) => {
    const after = sequences.get(step.key) ?? 0
    const commit = commitAt(step, after, `${round}.${index}`)
    sequences.set(step.key, after + commit.journal.length)
    return commit
  })
}

function commitAt(step: Step, after: number, id: string): CallCommit {
  const events = after === 0 ? 1 + step.events : step.events
  const first = step.isBroken ? after + 2 : after + 1
  return {
    key: step.key,
    afterSequence: step.isLate ? after + 1 : after,
    graphId: step.graphId,
    status: step.ends ? 'ended' : 'live',
    chartId: 'desk',
    journal: Array.from({ length: events }, (_, offset) => ({
      sequence: first + offset + (step.isLate ? 1 : 0),
      atMs: step.atMs,
      chartVersion: '1',
      event: `{"type":"e${first + offset}"}`,
    })),
    snapshot: step.snapshots || after === 0 ? snapshotAt(after + events) : undefined,
    effects: Array.from({ length: step.effects }, (_, effectIndex) =>
      effect(`${id}.${effectIndex}`),
    ),
    effectChanges:
      step.change !== null && step.effects > 0
        ? [{ id: `${id}.0`, status: step.change, operationId: 'op' }]
        : [],
    timers: step.timers.map((timerId, offset) => timer(timerId, step.atMs + offset)),
    timersRemoved: step.timersRemoved,
    quarantined: [],
  }
}

type Asked = Pick<
  Store,
  'load' | 'journal' | 'dueTimers' | 'liveKeys' | 'counts' | 'find' | 'commit' | 'compact'
>

/** What a store makes of some work: how it went, or all that it tells. */
export async function outcome(
  store: Asked,
  work: Work,
  commits: readonly CallCommit[],
): Promise<unknown> {
  if (work.kind === 'look') return view(store)
  if (work.kind === 'compact') return store.compact(work.endedBeforeMs, work.limit)
  try {
    await store.commit(commits)
    return 'written'
  } catch (cause) {
    return cause instanceof Error && 'code' in cause ? cause.code : cause
  }
}

/** All that a store tells, but for what is due. */
export async function told(store: Asked): Promise<unknown> {
  return {
    calls: await Promise.all(keys.map((key) => store.load(key))),
    journals: await Promise.all(keys.map((key) => store.journal(key))),
    live: await store.liveKeys(undefined, 10),
    counts: await store.counts(),
    found: await Promise.all(graphIds.map((graphId) => store.find(graphId))),
  }
}

/** All that a store tells. */
export async function view(store: Asked): Promise<unknown> {
  return { told: await told(store), due: await store.dueTimers(50, 5) }
}
