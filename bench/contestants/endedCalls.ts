/** A database of many ended calls, made of a few real ones by SQL. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Bot } from '../../src/bot.ts'
import { callIdsOf, delivery } from '../traffic.ts'
import { establish } from './engine.ts'

/** Ids of calls that are no others'. */
export function endedIdsOf(count: number): readonly string[] {
  return callIdsOf(count).map((id) => `e${id.slice(1)}`)
}

/** Lets calls ring, be held and resumed `moves` times in all, and end. */
export async function liveAndEnd(
  bot: Bot,
  callIds: readonly string[],
  moves: number,
): Promise<void> {
  await establish(bot, callIds)
  for (let move = 0; move < moves; move++) {
    const state = move % 2 === 0 ? 'hold' : 'established'
    await bot.engine.intake(callIds.map((id) => delivery(id, 'updated', state)))
  }
  await bot.engine.intake(callIds.map((id) => delivery(id, 'deleted', 'terminated')))
}

/**
 * Doubles the calls of a closed database so many times. It knows only that a call's rows name it in a column
 * `call`, so that it outlives most changes to the tables.
 */
export function doubleCalls(folder: string, times: number): number {
  const database = new Database(join(folder, 'calls.db'))
  database.pragma('synchronous = OFF')
  const tables = database
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'call'")
    .pluck()
    .all()
  for (let time = 0; time < times; time++) {
    const by = database.prepare<[], number>('SELECT max(id) FROM call').pluck().get() ?? 0
    database.transaction(() => {
      copyRows(database, 'call', {
        id: `id + ${by}`,
        key: `key || '.${time}'`,
        graph_id: `graph_id || '.${time}'`,
      })
      for (const table of tables) copyRows(database, table, { call: `call + ${by}` })
    })()
  }
  const count = database.prepare<[], number>('SELECT count(*) FROM call').pluck().get() ?? 0
  database.pragma('wal_checkpoint(TRUNCATE)')
  database.close()
  return count
}

function copyRows(
  database: Database.Database,
  table: string,
  changed: Readonly<Record<string, string>>,
): void {
  const columns = database
    .prepare<[], string>(`SELECT name FROM pragma_table_info('${table}')`)
    .pluck()
    .all()
  if (table !== 'call' && !columns.includes('call')) return
  const values = columns.map((column) => changed[column] ?? column)
  database.exec(`INSERT INTO ${table} (${columns.join()}) SELECT ${values.join()} FROM ${table}`)
}
