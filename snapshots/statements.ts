/** Every statement of the SQLite store, prepared once. */
import type Database from 'better-sqlite3'
import type { KnownCall } from './rows.ts'
import type {
  ActorEntry,
  ChartUse,
  DueTimer,
  JournalEntry,
  OutboxEntry,
  QuarantineEntry,
  TimerEntry,
} from './store.ts'

/** A row of the `call` table, and how far its journal goes. */
export type CallRow = KnownCall & {
  readonly key: string
  readonly chartVersion: string
  readonly snapshotSequence: number
}

/** A row of the `outbox` table. */
export type OutboxRow = Omit<OutboxEntry, 'operationId'> & { readonly operationId: string | null }

/**
 * The contract's words for a row of the outbox.
 *
 * @internal
 */
export function outboxEntry({ operationId, ...effect }: OutboxRow): OutboxEntry {
  return { ...effect, operationId: operationId ?? undefined }
}

/** A row of the `ended` table, without what is there to be looked for. */
export type EndedRow = { readonly key: string; readonly past: Buffer }

// Most snapshots name no base: to look for the word takes a tenth of reading them as JSON.
const baseOfCall = `coalesce(
  (SELECT json_extract(snapshot, '$.context.base') FROM actor
   WHERE actor.call = call.id AND actor.actor = 'call' AND instr(snapshot, '"base":') > 0 AND json_valid(snapshot)), 1)`

const sequenceOfCall = '(SELECT max(sequence) FROM journal WHERE call = call.id) AS sequence'

/**
 * The statements that read. `+?` hides a value from SQLite's planner, which would plan a statement anew for each
 * value it is given: that takes longer than reading the rows.
 *
 * @internal better-sqlite3 has no name for their type, so no declaration can be written.
 */
export function prepareReads(database: Database.Database) {
  return {
    call: database.prepare<[key: string], CallRow>(`
      SELECT id, key, graph_id AS graphId, status, chart_id AS chartId, chart_version AS chartVersion,
             snapshot_sequence AS snapshotSequence, ${sequenceOfCall}
      FROM call WHERE key = ?`),
    actors: database.prepare<[call: number], ActorEntry>(
      'SELECT actor, snapshot FROM actor WHERE call = +? ORDER BY actor',
    ),
    journal: database.prepare<[call: number, after: number], JournalEntry>(`
      SELECT sequence, at_ms AS atMs, chart_version AS chartVersion, event
      FROM journal WHERE call = +? AND sequence > +? ORDER BY sequence`),
    timers: database.prepare<[call: number], TimerEntry>(
      'SELECT id, due_ms AS dueMs, event FROM timer WHERE call = +? ORDER BY due_ms, rowid',
    ),
    outbox: database.prepare<[call: number], OutboxRow>(`
      SELECT id, effect, params, status, asked_ms AS askedMs, operation_id AS operationId
      FROM outbox WHERE call = +? AND status IN ('owed', 'sent', 'running', 'inDoubt')
      ORDER BY asked_ms, rowid`),
    keyOfGraphId: database
      .prepare<[graphId: string, again: string], string>(`
        SELECT key FROM (SELECT id, key FROM call WHERE graph_id = ?
                         UNION ALL SELECT id, key FROM ended WHERE graph_id = ?)
        ORDER BY id DESC LIMIT 1`)
      .pluck(),
    dueTimers: database.prepare<
      [fromMs: number, nowMs: number, limit: number, skip: number],
      DueTimer
    >(`
      SELECT key, timer.id, due_ms AS dueMs, event
      FROM timer JOIN call ON call.id = timer.call
      WHERE due_ms BETWEEN +? AND +? ORDER BY due_ms, timer.rowid LIMIT ? OFFSET ?`),
    nextDueMs: database
      .prepare<[afterMs: number], number | null>('SELECT min(due_ms) FROM timer WHERE due_ms > +?')
      .pluck(),
    liveKeys: database
      .prepare<[afterKey: string, limit: number], string>(
        "SELECT key FROM call WHERE status = 'live' AND key > +? ORDER BY key LIMIT ?",
      )
      .pluck(),
    chartUses: database.prepare<[], Omit<ChartUse, 'keys'>>(`
      SELECT chart_id AS chartId, chart_version AS chartVersion, ${baseOfCall} AS base, count(*) AS calls
      FROM call WHERE status = 'live' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`),
    chartKeys: database
      .prepare<[chartId: string, chartVersion: string, base: number], string>(`
        SELECT key FROM call
        WHERE status = 'live' AND chart_id = ? AND chart_version = ? AND ${baseOfCall} = ?
        ORDER BY key LIMIT 20`)
      .pluck(),
    // Counting a million rows takes long; the last id is how many calls there have been.
    counts: database.prepare<[], { live: number; ended: number }>(`
      SELECT live, total - live AS ended
      FROM (SELECT (SELECT count(*) FROM call WHERE status = 'live') AS live,
                   coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'call'), 0) AS total)`),
    ended: database.prepare<[key: string], EndedRow>('SELECT key, past FROM ended WHERE key = ?'),
  }
}

/**
 * The statements of a commit.
 *
 * @internal for the same reason.
 */
export function prepareWrites(database: Database.Database) {
  return {
    addCall: database
      .prepare<
        [
          key: string,
          graphId: string | null,
          status: string,
          chartId: string,
          chartVersion: string,
          snapshotSequence: number,
          again: string,
          andAgain: string,
        ],
        number
      >(`
        INSERT INTO call (key, graph_id, status, chart_id, chart_version, snapshot_sequence)
        SELECT ?, ?, ?, ?, ?, ?
        WHERE NOT EXISTS (SELECT 1 FROM call WHERE key = ?)
          AND NOT EXISTS (SELECT 1 FROM ended WHERE key = ?)
        RETURNING id`)
      .pluck(),
    readCall: database.prepare<[key: string], KnownCall>(`
      SELECT id, graph_id AS graphId, status, chart_id AS chartId, ${sequenceOfCall}
      FROM call WHERE key = ?`),
    describeCall: database.prepare<
      [graphId: string | null, status: string, chartId: string, call: number]
    >('UPDATE call SET graph_id = ?, status = ?, chart_id = ? WHERE id = ?'),
    endCall: database.prepare<[call: number]>(`
      UPDATE call SET ended_ms =
        (SELECT at_ms FROM journal WHERE call = call.id ORDER BY sequence DESC LIMIT 1)
      WHERE id = ?`),
    markSnapshot: database.prepare<[sequence: number, chartVersion: string, call: number]>(
      'UPDATE call SET snapshot_sequence = ?, chart_version = ? WHERE id = ?',
    ),
    putActor: database.prepare<[call: number, actor: string, snapshot: string]>(`
      INSERT INTO actor (call, actor, snapshot) VALUES (?, ?, ?)
      ON CONFLICT (call, actor) DO UPDATE SET snapshot = excluded.snapshot`),
    removeActor: database.prepare<[call: number, actor: string]>(
      'DELETE FROM actor WHERE call = ? AND actor = ?',
    ),
    addJournal: database.prepare<
      [call: number, sequence: number, atMs: number, chartVersion: string, event: string]
    >('INSERT INTO journal (call, sequence, at_ms, chart_version, event) VALUES (?, ?, ?, ?, ?)'),
    addEffect: database.prepare<
      [
        call: number,
        id: string,
        effect: string,
        params: string,
        status: string,
        askedMs: number,
        operationId: string | null,
      ]
    >(`
      INSERT INTO outbox (call, id, effect, params, status, asked_ms, operation_id)
      VALUES (?, ?, ?, ?, ?, ?, ?)`),
    changeEffect: database.prepare<
      [status: string, operationId: string | null, call: number, id: string]
    >(`
      UPDATE outbox SET status = ?, operation_id = coalesce(?, operation_id)
      WHERE call = ? AND id = ?`),
    removeTimer: database.prepare<[call: number, id: string]>(
      'DELETE FROM timer WHERE call = ? AND id = ?',
    ),
    // A timer set again counts as the newest, as in a live actor.
    putTimer: database.prepare<[call: number, id: string, dueMs: number, event: string]>(
      'INSERT OR REPLACE INTO timer (call, id, due_ms, event) VALUES (?, ?, ?, ?)',
    ),
    addQuarantine: database.prepare<[call: number, atMs: number, event: string, reason: string]>(
      'INSERT INTO quarantine (call, at_ms, event, reason) VALUES (?, ?, ?, ?)',
    ),
  }
}

/**
 * The statements that read what is stored of a call and not needed to go on with it.
 *
 * @internal for the same reason.
 */
export function preparePast(database: Database.Database) {
  return {
    outbox: database.prepare<[call: number], OutboxRow>(`
      SELECT id, effect, params, status, asked_ms AS askedMs, operation_id AS operationId
      FROM outbox WHERE call = +? ORDER BY asked_ms, rowid`),
    quarantine: database.prepare<[call: number], QuarantineEntry>(
      'SELECT at_ms AS atMs, event, reason FROM quarantine WHERE call = +? ORDER BY rowid',
    ),
  }
}

/**
 * The statements of a compaction.
 *
 * @internal for the same reason.
 */
export function prepareCompaction(database: Database.Database) {
  const removeFrom = (table: 'actor' | 'journal' | 'outbox' | 'timer' | 'quarantine') =>
    database.prepare<[call: number]>(`DELETE FROM ${table} WHERE call = ?`)
  return {
    endedBefore: database
      .prepare<[endedBeforeMs: number, limit: number], string>(`
        SELECT key FROM call WHERE status = 'ended' AND ended_ms < ? ORDER BY ended_ms, id LIMIT ?`)
      .pluck(),
    ...preparePast(database),
    addEnded: database.prepare<
      [
        call: number,
        key: string,
        graphId: string | null,
        chartId: string,
        chartVersion: string,
        sequence: number,
        startedMs: number,
        endedMs: number,
        past: Buffer,
      ]
    >(`
      INSERT INTO ended
        (id, key, graph_id, chart_id, chart_version, sequence, started_ms, ended_ms, past)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`),
    removals: [
      ...(['actor', 'journal', 'outbox', 'timer', 'quarantine'] as const).map(removeFrom),
      database.prepare<[call: number]>('DELETE FROM call WHERE id = ?'),
    ],
  }
}

/** @internal */
export type Reads = ReturnType<typeof prepareReads>
/** @internal */
export type Writes = ReturnType<typeof prepareWrites>
/** @internal */
export type Compaction = ReturnType<typeof prepareCompaction>
