/** What one commit writes, statement by statement. Runs inside the store's transaction. */
import { StoreError } from './errors.ts'
import type { KnownCall, KnownRows } from './rows.ts'
import type { Writes } from './statements.ts'
import type { CallCommit } from './store.ts'

/** Told the name of each statement just before it runs; throwing there makes the commit fail. */
export type BeforeStatement = (name: string) => void

/**
 * Writes a batch; throws on the first thing that cannot be written, and `known` must then be forgotten.
 *
 * @internal
 */
export function writeBatch(
  sql: Writes,
  known: KnownRows,
  batch: readonly CallCommit[],
  before: BeforeStatement,
): void {
  for (const commit of batch) writeCall(sql, known, commit, before)
  before('commit')
}

function writeCall(
  sql: Writes,
  known: KnownRows,
  commit: CallCommit,
  before: BeforeStatement,
): void {
  const sequence = lastSequence(commit)
  const row =
    commit.afterSequence === 0
      ? addCall(sql, known, commit, before)
      : moveCall(sql, known, commit, before)
  for (const entry of commit.journal) {
    before('addJournal')
    sql.addJournal.run(row.id, entry.sequence, entry.atMs, entry.chartVersion, entry.event)
  }
  if (commit.status === 'ended') {
    before('endCall')
    sql.endCall.run(row.id)
  }
  known.calls.set(commit.key, { ...row, sequence })
  writeActors(sql, row.id, commit, before)
  writeEffects(sql, row.id, commit, before)
  writeTimers(sql, row.id, commit, before)
  for (const entry of commit.quarantined) {
    before('addQuarantine')
    sql.addQuarantine.run(row.id, entry.atMs, entry.event, entry.reason)
  }
}

/** Where the journal stands after the commit; throws if an entry is left out or comes twice. */
function lastSequence({ key, afterSequence, journal }: CallCommit): number {
  let last = afterSequence
  for (const { sequence } of journal) {
    last += 1
    if (sequence !== last) throw broken(key, last, sequence)
  }
  return last
}

function addCall(
  sql: Writes,
  known: KnownRows,
  commit: CallCommit,
  before: BeforeStatement,
): KnownCall {
  const { key, graphId = null, status, chartId, journal, snapshot } = commit
  if (snapshot === undefined || journal.length === 0) throw lacksStart(key)
  const { chartVersion, sequence } = snapshot
  before('addCall')
  const id = sql.addCall.get(key, graphId, status, chartId, chartVersion, sequence, key, key)
  if (id === undefined) throw conflict(commit)
  if (graphId !== null) known.keys.delete(graphId)
  return { id, graphId, status, chartId, sequence: 0 }
}

function moveCall(
  sql: Writes,
  known: KnownRows,
  commit: CallCommit,
  before: BeforeStatement,
): KnownCall {
  const { key, afterSequence, snapshot } = commit
  const row = known.calls.get(key) ?? readCall(sql, key, before)
  if (row?.sequence !== afterSequence || row.status === 'ended') throw conflict(commit, row)
  if (snapshot !== undefined) {
    before('markSnapshot')
    sql.markSnapshot.run(snapshot.sequence, snapshot.chartVersion, row.id)
  }
  return describeCall(sql, known, row, commit, before)
}

function readCall(sql: Writes, key: string, before: BeforeStatement): KnownCall | undefined {
  before('readCall')
  return sql.readCall.get(key)
}

/** Writes what a call is, if the commit changes any of it. */
function describeCall(
  sql: Writes,
  known: KnownRows,
  row: KnownCall,
  commit: CallCommit,
  before: BeforeStatement,
): KnownCall {
  const { graphId = row.graphId, status, chartId } = commit
  if (graphId === row.graphId && status === row.status && chartId === row.chartId) return row
  before('describeCall')
  sql.describeCall.run(graphId, status, chartId, row.id)
  if (row.graphId !== null) known.keys.delete(row.graphId)
  if (graphId !== null) known.keys.delete(graphId)
  return { ...row, graphId, status, chartId }
}

function writeActors(sql: Writes, call: number, commit: CallCommit, before: BeforeStatement): void {
  if (commit.snapshot === undefined) return
  for (const entry of commit.snapshot.actors) {
    before('putActor')
    sql.putActor.run(call, entry.actor, entry.snapshot)
  }
  for (const actor of commit.snapshot.actorsGone ?? []) {
    before('removeActor')
    sql.removeActor.run(call, actor)
  }
}

function writeEffects(
  sql: Writes,
  call: number,
  commit: CallCommit,
  before: BeforeStatement,
): void {
  for (const entry of commit.effects) {
    before('addEffect')
    const { id, effect, params, status, askedMs, operationId } = entry
    sql.addEffect.run(call, id, effect, params, status, askedMs, operationId ?? null)
  }
  for (const change of commit.effectChanges) {
    before('changeEffect')
    const changed = sql.changeEffect.run(change.status, change.operationId ?? null, call, change.id)
    if (changed.changes === 0) throw unknownEffect(commit.key, change.id)
  }
}

function writeTimers(sql: Writes, call: number, commit: CallCommit, before: BeforeStatement): void {
  for (const id of commit.timersRemoved) {
    before('removeTimer')
    sql.removeTimer.run(call, id)
  }
  for (const timer of commit.timers) {
    before('putTimer')
    sql.putTimer.run(call, timer.id, timer.dueMs, timer.event)
  }
}

function conflict({ key, afterSequence }: CallCommit, row?: KnownCall): StoreError {
  const why =
    afterSequence === 0
      ? 'is already stored, but was committed as new'
      : row?.status === 'ended'
        ? 'has ended and moves no more'
        : `is not at sequence ${afterSequence}, at which it was read`
  return new StoreError(
    'store.conflict',
    `Call ${key} ${why}.`,
    'Load it again and repeat the turn.',
  )
}

function broken(key: string, expected: number, found: number): StoreError {
  return new StoreError(
    'store.failed',
    `The journal of call ${key} would go on with ${found} instead of ${expected}.`,
    'Commit every entry once, in order.',
  )
}

function lacksStart(key: string): StoreError {
  return new StoreError(
    'store.failed',
    `The first commit of call ${key} carries no event or no snapshot.`,
    'Write its first snapshot together with its first event.',
  )
}

function unknownEffect(key: string, id: string): StoreError {
  return new StoreError(
    'store.failed',
    `Call ${key} has no effect ${id} to change.`,
    'Commit the effect first, under the same call.',
  )
}
