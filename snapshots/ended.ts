/** Compaction: a call that ended long ago becomes one row, and is read from there as before. */
import { gunzipSync, gzipSync } from 'node:zlib'
import Database from 'better-sqlite3'
import type { BeforeStatement } from './commit.ts'
import { StoreError } from './errors.ts'
import {
  type CallRow,
  type Compaction,
  type EndedRow,
  type OutboxRow,
  outboxEntry,
  type Reads,
} from './statements.ts'
import type {
  ActorEntry,
  CallPast,
  JournalEntry,
  QuarantineEntry,
  StoredCall,
  TimerEntry,
} from './store.ts'

/** All that the other tables held of a call. */
type Past = Omit<CallRow, 'id'> & {
  readonly actors: readonly ActorEntry[]
  readonly journal: readonly JournalEntry[]
  readonly timers: readonly TimerEntry[]
  readonly outbox: readonly OutboxRow[]
  readonly quarantine: readonly QuarantineEntry[]
}

/**
 * Moves up to `limit` calls; tells how many. Runs inside a transaction.
 *
 * @internal
 */
export function compactCalls(
  sql: Compaction,
  reads: Reads,
  endedBeforeMs: number,
  limit: number,
  before: BeforeStatement,
): number {
  const keys = sql.endedBefore.all(endedBeforeMs, limit)
  for (const key of keys) compactCall(sql, reads, key, before)
  before('commit')
  return keys.length
}

function compactCall(sql: Compaction, reads: Reads, key: string, before: BeforeStatement): void {
  const row = reads.call.get(key)
  if (row === undefined) return
  const { id, ...call } = row
  const past: Past = {
    ...call,
    actors: reads.actors.all(id),
    journal: reads.journal.all(id, 0),
    timers: reads.timers.all(id),
    outbox: sql.outbox.all(id),
    quarantine: sql.quarantine.all(id),
  }
  before('addEnded')
  sql.addEnded.run(
    id,
    key,
    past.graphId,
    past.chartId,
    past.chartVersion,
    past.sequence,
    past.journal.at(0)?.atMs ?? 0,
    past.journal.at(-1)?.atMs ?? 0,
    // With a checksum of its own, because the start does not look into these rows.
    gzipSync(JSON.stringify(past)),
  )
  for (const remove of sql.removals) {
    before('removeRows')
    remove.run(id)
  }
}

/**
 * The compacted call under `key`, or `undefined`.
 *
 * @internal
 */
export function endedCall(reads: Reads, key: string): StoredCall | undefined {
  const past = pastOf(reads, key)
  if (past === undefined) return undefined
  const { quarantine: _, graphId, journal, outbox, ...call } = past
  return {
    ...call,
    graphId: graphId ?? undefined,
    journal: journal.filter(({ sequence }) => sequence > call.snapshotSequence),
    outbox: outbox.filter(isOpen).map(outboxEntry),
  }
}

/**
 * The whole journal of a compacted call; empty if there is none.
 *
 * @internal
 */
export function endedJournal(reads: Reads, key: string): readonly JournalEntry[] {
  return pastOf(reads, key)?.journal ?? []
}

/**
 * What else a compacted call held, or `undefined`.
 *
 * @internal
 */
export function endedPast(reads: Reads, key: string): CallPast | undefined {
  const past = pastOf(reads, key)
  return past && { outbox: past.outbox.map(outboxEntry), quarantine: past.quarantine }
}

function isOpen({ status }: OutboxRow): boolean {
  return status === 'owed' || status === 'sent' || status === 'running' || status === 'inDoubt'
}

function pastOf(reads: Reads, key: string): Past | undefined {
  return readingEnded(`call ${key}`, () => {
    const row = reads.ended.get(key)
    return row && unpacked(row)
  })
}

/**
 * What a record of `ended` holds; throws when it is damaged.
 *
 * @internal
 */
export function unpacked({ key, past: packed }: EndedRow): Past {
  // Its checksum holds, so this is what was compressed; whose it is, is to be seen.
  const past = JSON.parse(gunzipSync(packed).toString()) as Past
  if (past.key !== key) throw new Error(`it holds call ${past.key}`)
  return past
}

/**
 * Reads from a table that the start did not look into: damage there is told with `whose` it is.
 *
 * @internal
 */
export function readingEnded<Result>(whose: string, read: () => Result): Result {
  try {
    return read()
  } catch (cause) {
    if (cause instanceof Database.SqliteError && !cause.code.startsWith('SQLITE_CORRUPT'))
      throw cause
    throw damaged(whose, cause)
  }
}

function damaged(whose: string, cause: unknown): StoreError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new StoreError(
    'store.corrupt',
    `The records of ended calls are damaged where ${whose} would be (${reason}).`,
    'Restore the database from a backup; calls at work are not affected.',
    cause,
  )
}
