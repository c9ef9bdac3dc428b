/** The store contract in plain objects: slow, obvious, and the judge of the real ones. */
import fc from 'fast-check'
import {
  type CallCommit,
  type DueTimer,
  type JournalEntry,
  type OutboxEntry,
  type StoredCall,
  StoreError,
  type TimerEntry,
} from '../../snapshots/index.ts'
import { effect, snapshotAt, timer } from './examples.ts'

type ModelTimer = TimerEntry & { readonly order: number }
type ModelCall = Omit<StoredCall, 'journal' | 'outbox' | 'timers'> & {
  readonly journal: readonly JournalEntry[]
  readonly outbox: readonly OutboxEntry[]
  readonly timers: readonly ModelTimer[]
}

const openFates: readonly string[] = ['owed', 'sent', 'running', 'inDoubt']

export class ModelStore {
  #calls: ReadonlyMap<string, ModelCall> = new Map()
  #order = 0

  async commit(batch: readonly CallCommit[]): Promise<void> {
    const calls = new Map(this.#calls)
    for (const commit of batch) calls.set(commit.key, this.#moved(calls.get(commit.key), commit))
    this.#calls = calls
  }

  #moved(call: ModelCall | undefined, commit: CallCommit): ModelCall {
    const { key, status, chartId } = commit
    if ((call?.version ?? 0) !== commit.expectedVersion) throw refusal('store.conflict')
    const sequences = new Set(call?.journal.map(({ sequence }) => sequence))
    if (commit.journal.some(({ sequence }) => sequences.has(sequence)))
      throw refusal('store.failed')
    return {
      key,
      status,
      chartId,
      graphId: commit.graphId ?? call?.graphId,
      chartVersion: commit.snapshot?.chartVersion ?? call?.chartVersion ?? '',
      version: commit.expectedVersion + 1,
      snapshotSequence: commit.snapshot?.sequence ?? call?.snapshotSequence ?? 0,
      actors: commit.snapshot?.actors ?? call?.actors ?? [],
      journal: [...(call?.journal ?? []), ...commit.journal],
      outbox: changedEffects(call, commit),
      timers: this.#changedTimers(call, commit),
    }
  }

  #changedTimers(call: ModelCall | undefined, commit: CallCommit): readonly ModelTimer[] {
    const gone = new Set([...commit.timersRemoved, ...commit.timers.map(({ id }) => id)])
    const kept = (call?.timers ?? []).filter(({ id }) => !gone.has(id))
    return [...kept, ...commit.timers.map((entry) => ({ ...entry, order: this.#order++ }))]
  }

  async load(key: string): Promise<StoredCall | undefined> {
    const call = this.#calls.get(key)
    return (
      call && {
        ...call,
        journal: call.journal.filter(({ sequence }) => sequence > call.snapshotSequence),
        outbox: call.outbox.filter(({ status }) => openFates.includes(status)),
        timers: soonestFirst(call.timers).map(withoutOrder),
      }
    )
  }

  async journal(key: string): Promise<readonly JournalEntry[]> {
    return this.#calls.get(key)?.journal ?? []
  }

  async dueTimers(nowMs: number, limit: number): Promise<readonly DueTimer[]> {
    const timers = [...this.#calls.values()].flatMap(({ key, timers }) =>
      timers.map((entry) => ({ key, ...entry })),
    )
    const due = soonestFirst(timers).filter(({ dueMs }) => dueMs <= nowMs)
    return due.slice(0, limit).map(withoutOrder)
  }

  async liveKeys(_afterKey: string | undefined, limit: number): Promise<readonly string[]> {
    const live = [...this.#calls.values()].filter(({ status }) => status === 'live')
    return live
      .map(({ key }) => key)
      .sort()
      .slice(0, limit)
  }

  async counts(): Promise<{ readonly live: number; readonly ended: number }> {
    const live = (await this.liveKeys(undefined, this.#calls.size)).length
    return { live, ended: this.#calls.size - live }
  }

  async find(graphId: string): Promise<string | undefined> {
    return [...this.#calls.values()].find((call) => call.graphId === graphId)?.key
  }
}

function changedEffects(call: ModelCall | undefined, commit: CallCommit): readonly OutboxEntry[] {
  const stored = [...(call?.outbox ?? []), ...commit.effects]
  return commit.effectChanges.reduce((effects, change) => {
    if (!effects.some(({ id }) => id === change.id)) throw refusal('store.failed')
    return effects.map((row) =>
      row.id === change.id
        ? { ...row, status: change.status, operationId: change.operationId ?? row.operationId }
        : row,
    )
  }, stored)
}

function soonestFirst<Entry extends ModelTimer>(timers: readonly Entry[]): readonly Entry[] {
  return timers.toSorted((a, b) => a.dueMs - b.dueMs || a.order - b.order)
}

function withoutOrder<Entry extends ModelTimer>({
  order: _,
  ...entry
}: Entry): Omit<Entry, 'order'> {
  return entry
}

function refusal(code: 'store.conflict' | 'store.failed'): StoreError {
  return new StoreError(code, 'The model refuses.', 'Nothing to mend.')
}

/** What a step does to a call; turned into a commit once its version is known. */
const anyStep = fc.record({
  key: fc.constantFrom('a', 'b', 'c'),
  lateBy: fc.nat({ max: 9 }),
  snapshots: fc.boolean(),
  ends: fc.nat({ max: 9 }),
  isIdentified: fc.boolean(),
  effects: fc.nat({ max: 2 }),
  change: fc.option(fc.constantFrom('sent', 'running', 'done', 'inDoubt', 'dropped')),
  timers: fc.uniqueArray(fc.constantFrom('t', 'u', 'v'), { maxLength: 2 }),
  timersRemoved: fc.uniqueArray(fc.constantFrom('t', 'u', 'v'), { maxLength: 2 }),
  dueMs: fc.nat({ max: 99 }),
})

type Step = typeof anyStep extends fc.Arbitrary<infer Value> ? Value : never

/** Batches of commits in which about one step in ten is late. */
export const anyBatches: fc.Arbitrary<readonly (readonly CallCommit[])[]> = fc
  .array(fc.array(anyStep, { minLength: 1, maxLength: 4 }), { maxLength: 12 })
  .map(commitsOf)

/** Versions go on as if nothing was refused, so one conflict makes the calls of its batch late for good. */
function commitsOf(batches: readonly (readonly Step[])[]): readonly (readonly CallCommit[])[] {
  const versions = new Map<string, number>()
  return batches.map((batch) =>
    batch.map((step) => {
      const version = versions.get(step.key) ?? 0
      versions.set(step.key, version + 1)
      return commitAt(step, version)
    }),
  )
}

function commitAt(step: Step, version: number): CallCommit {
  const sequence = version + 1
  return {
    key: step.key,
    expectedVersion: step.lateBy === 9 ? version + 1 : version,
    graphId: step.isIdentified ? `graph-${step.key}` : undefined,
    status: step.ends === 9 ? 'ended' : 'live',
    chartId: 'desk',
    journal: [{ sequence, atMs: sequence, chartVersion: '1', event: `{"type":"e${sequence}"}` }],
    snapshot: step.snapshots || version === 0 ? snapshotAt(sequence) : undefined,
    effects: Array.from({ length: step.effects }, (_, index) =>
      effect(`${step.key}${version}.${index}`),
    ),
    effectChanges:
      step.change !== null && step.effects > 0
        ? [{ id: `${step.key}${version}.0`, status: step.change, operationId: 'op' }]
        : [],
    timers: step.timers.map((id, index) => timer(id, step.dueMs + index)),
    timersRemoved: step.timersRemoved,
    quarantined: [],
  }
}
