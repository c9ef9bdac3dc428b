/** Ended calls leave for good: for their age, or for a person who was on them. */
import type Database from 'better-sqlite3'
import type { BeforeStatement } from './commit.ts'
import { readingEnded, unpacked } from './ended.ts'
import type { Person } from './person.ts'
import type { EndedRow } from './statements.ts'
import type { CallStatus, Naming, Place } from './store.ts'

/**
 * @internal better-sqlite3 has no name for their type, so no declaration can be written.
 */
export function prepareRemoval(database: Database.Database) {
  const textsOf = (columns: string, table: string) =>
    database
      .prepare<[call: number], string>(`SELECT ${columns} FROM ${table} WHERE call = ?`)
      .pluck()
  const removeFrom = (table: string, column = 'call') =>
    database.prepare<[call: number]>(`DELETE FROM ${table} WHERE ${column} = ?`)
  return {
    oldest: database
      .prepare<[beforeMs: number, again: number, limit: number], number>(`
        SELECT id FROM (SELECT id, ended_ms FROM call WHERE status = 'ended' AND ended_ms < ?
                        UNION ALL SELECT id, ended_ms FROM ended WHERE ended_ms < ?)
        ORDER BY ended_ms LIMIT ?`)
      .pluck(),
    idOf: database
      .prepare<[key: string, again: string], number>(`
        SELECT id FROM call WHERE key = ? AND status = 'ended'
        UNION ALL SELECT id FROM ended WHERE key = ?`)
      .pluck(),
    calls: database.prepare<[after: number, limit: number], CallId>(
      'SELECT id, key, status FROM call WHERE id > ? ORDER BY id LIMIT ?',
    ),
    ended: database.prepare<[after: number, limit: number], EndedId>(
      'SELECT id, key, past FROM ended WHERE id > ? ORDER BY id LIMIT ?',
    ),
    texts: [
      textsOf('snapshot', 'actor'),
      textsOf('event', 'journal'),
      textsOf('params', 'outbox'),
      textsOf('event', 'timer'),
      textsOf('event', 'quarantine'),
    ],
    reasons: textsOf('reason', 'quarantine'),
    removals: [
      ...['actor', 'journal', 'outbox', 'timer', 'quarantine'].map((table) => removeFrom(table)),
      removeFrom('call', 'id'),
      removeFrom('ended', 'id'),
    ],
  }
}

type CallId = { readonly id: number; readonly key: string; readonly status: CallStatus }
type EndedId = EndedRow & { readonly id: number }

/** @internal */
export type Removal = ReturnType<typeof prepareRemoval>

/**
 * Removes ended calls whose last event is older than a time, oldest first. Runs inside a transaction.
 *
 * @internal
 */
export function removeOldest(
  sql: Removal,
  beforeMs: number,
  limit: number,
  before: BeforeStatement,
): number {
  return removeCalls(sql, sql.oldest.all(beforeMs, beforeMs, limit), before)
}

/**
 * Removes those of these calls that have ended. Runs inside a transaction.
 *
 * @internal
 */
export function removeKeys(sql: Removal, keys: readonly string[], before: BeforeStatement): number {
  return removeCalls(
    sql,
    keys.flatMap((key) => sql.idOf.get(key, key) ?? []),
    before,
  )
}

function removeCalls(sql: Removal, ids: readonly number[], before: BeforeStatement): number {
  for (const id of ids) {
    for (const remove of sql.removals) {
      before('removeCall')
      remove.run(id)
    }
  }
  before('commit')
  return ids.length
}

/**
 * Looks at `limit` calls after a place for those that name a person: first at the calls in tables of their
 * own, then at the packed ones, into which a call may move meanwhile but never out of.
 *
 * @internal
 */
export function callsNaming(
  sql: Removal,
  person: Person,
  { isPacked, after }: Place,
  limit: number,
): Naming {
  if (isPacked) {
    const rows = readingEnded('a call', () => sql.ended.all(after, limit))
    const named = rows.filter((row) => person.isNamedIn(textsIn(row)))
    const last = rows.length < limit ? undefined : rows.at(-1)
    return {
      calls: named.map(({ key }) => ({ key, status: 'ended' })),
      next: last && { isPacked, after: last.id },
    }
  }
  const rows = sql.calls.all(after, limit)
  const named = rows.filter(({ id }) => person.isNamedIn(textsOf(sql, id)))
  const last = rows.length < limit ? undefined : rows.at(-1)
  return {
    calls: named.map(({ key, status }) => ({ key, status })),
    next: last ? { isPacked, after: last.id } : { isPacked: true, after: 0 },
  }
}

function* textsOf({ texts, reasons }: Removal, id: number): Generator<string> {
  for (const each of texts) yield* each.iterate(id)
  for (const reason of reasons.iterate(id)) yield JSON.stringify(reason)
}

function* textsIn(row: EndedRow): Generator<string> {
  const { actors, journal, outbox, timers, quarantine } = readingEnded(`call ${row.key}`, () =>
    unpacked(row),
  )
  for (const { snapshot } of actors) yield snapshot
  for (const { event } of [...journal, ...timers, ...quarantine]) yield event
  for (const { params } of outbox) yield params
  for (const { reason } of quarantine) yield JSON.stringify(reason)
}
