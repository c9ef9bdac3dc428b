/** What one commit writes, statement by statement. Runs inside the store's transaction. */
import { StoreError } from './errors.ts'
import type { MovedRow, Writes } from './statements.ts'
import type { CallCommit } from './store.ts'

/** Told the name of each statement just before it runs; throwing there makes the commit fail. */
export type BeforeStatement = (name: string) => void

/**
 * Writes a batch; throws on the first thing that cannot be written.
 *
 * @internal
 */
export function writeBatch(
  sql: Writes,
  batch: readonly CallCommit[],
  before: BeforeStatement,
): void {
  for (const commit of batch) writeCall(sql, commit, before)
  before('commit')
}

function writeCall(sql: Writes, commit: CallCommit, before: BeforeStatement): void {
  const call =
    commit.expectedVersion === 0 ? addCall(sql, commit, before) : moveCall(sql, commit, before)
  for (const entry of commit.journal) {
    before('addJournal')
    sql.addJournal.run(call, entry.sequence, entry.atMs, entry.chartVersion, entry.event)
  }
  writeActors(sql, call, commit, before)
  writeEffects(sql, call, commit, before)
  writeTimers(sql, call, commit, before)
  for (const entry of commit.quarantined) {
    before('addQuarantine')
    sql.addQuarantine.run(call, entry.atMs, entry.event, entry.reason)
  }
}

function addCall(sql: Writes, commit: CallCommit, before: BeforeStatement): number {
  const { key, graphId, status, chartId, snapshot } = commit
  if (snapshot === undefined) throw lacksSnapshot(key)
  const { chartVersion, sequence } = snapshot
  before('addCall')
  const call = sql.addCall.get(key, graphId ?? null, status, chartId, chartVersion, sequence)
  return call ?? refuse(commit)
}

function moveCall(sql: Writes, commit: CallCommit, before: BeforeStatement): number {
  const { key, expectedVersion, snapshot } = commit
  before('moveCall')
  const row = sql.moveCall.get(key, expectedVersion) ?? refuse(commit)
  describeCall(sql, row, commit, before)
  if (snapshot !== undefined) {
    before('markSnapshot')
    sql.markSnapshot.run(snapshot.sequence, snapshot.chartVersion, row.id)
  }
  return row.id
}

function describeCall(
  sql: Writes,
  row: MovedRow,
  commit: CallCommit,
  before: BeforeStatement,
): void {
  const { graphId = row.graphId, status, chartId } = commit
  if (graphId === row.graphId && status === row.status && chartId === row.chartId) return
  before('describeCall')
  sql.describeCall.run(graphId, status, chartId, row.id)
}

function writeActors(sql: Writes, call: number, commit: CallCommit, before: BeforeStatement): void {
  if (commit.snapshot === undefined) return
  for (const entry of commit.snapshot.actors) {
    before('putActor')
    sql.putActor.run(call, entry.actor, entry.snapshot)
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

function refuse({ key, expectedVersion }: CallCommit): never {
  throw new StoreError(
    'store.conflict',
    expectedVersion === 0
      ? `Call ${key} is already stored, but was committed as new.`
      : `Call ${key} is not at version ${expectedVersion}, at which it was read.`,
    'Load it again and repeat the turn.',
  )
}

function lacksSnapshot(key: string): StoreError {
  return new StoreError(
    'store.failed',
    `The first commit of call ${key} carries no snapshot.`,
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
