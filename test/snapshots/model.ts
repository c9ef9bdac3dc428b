/** The store contract in plain objects: slow, obvious, and the judge of the real ones. */
import {
  type CallCommit,
  type DueTimer,
  type JournalEntry,
  type OutboxEntry,
  type StoredCall,
  StoreError,
  type TimerEntry,
} from '../../snapshots/index.ts'

type ModelTimer = TimerEntry & { readonly order: number }
type ModelCall = Omit<StoredCall, 'journal' | 'outbox' | 'timers'> & {
  readonly isCompact: boolean
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
    const sequence = commit.afterSequence + commit.journal.length
    if (commit.journal.some((entry, index) => entry.sequence !== commit.afterSequence + index + 1))
      throw refusal('store.failed')
    if ((call?.sequence ?? 0) !== commit.afterSequence || call?.status === 'ended')
      throw refusal('store.conflict')
    return {
      key,
      status,
      chartId,
      graphId: commit.graphId ?? call?.graphId,
      chartVersion: commit.snapshot?.chartVersion ?? call?.chartVersion ?? '',
      sequence,
      isCompact: false,
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
    const found = this.#calls.get(key)
    if (!found) return undefined
    const { isCompact: _, ...call } = found
    return {
      ...call,
      journal: call.journal.filter(({ sequence }) => sequence > call.snapshotSequence),
      outbox: call.outbox.filter(({ status }) => openFates.includes(status)),
      timers: soonestFirst(call.timers).map(withoutOrder),
    }
  }

  async journal(key: string): Promise<readonly JournalEntry[]> {
    return this.#calls.get(key)?.journal ?? []
  }

  async dueTimers(
    nowMs: number,
    limit: number,
    fromMs = Number.NEGATIVE_INFINITY,
    skip = 0,
  ): Promise<readonly DueTimer[]> {
    const timers = [...this.#calls.values()].flatMap(({ key, timers, isCompact }) =>
      isCompact ? [] : timers.map((entry) => ({ key, ...entry })),
    )
    const due = soonestFirst(timers).filter(({ dueMs }) => fromMs <= dueMs && dueMs <= nowMs)
    return due.slice(skip, skip + limit).map(withoutOrder)
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
    return [...this.#calls.values()].findLast((call) => call.graphId === graphId)?.key
  }

  async compact(endedBeforeMs: number, limit: number): Promise<number> {
    const old = [...this.#calls.values()]
      .filter(({ status, isCompact }) => status === 'ended' && !isCompact)
      .filter((call) => endOf(call) < endedBeforeMs)
      .toSorted((a, b) => endOf(a) - endOf(b))
      .slice(0, limit)
    const calls = new Map(this.#calls)
    for (const call of old) calls.set(call.key, { ...call, isCompact: true })
    this.#calls = calls
    return old.length
  }
}

function endOf({ journal }: ModelCall): number {
  return journal.at(-1)?.atMs ?? 0
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
