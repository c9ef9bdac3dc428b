/** A database of many ended calls, packed as the engine packs them, made of a few real ones by SQL. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { openSqliteStore } from '../../snapshots/index.ts'
import type { Bot } from '../../src/bot/index.ts'
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

/** Packs every ended call of a closed database, as the engine does after their rest. */
export async function packCalls(folder: string): Promise<void> {
  const store = openSqliteStore(join(folder, 'calls.db'))
  while ((await store.compact(Number.POSITIVE_INFINITY, 1_000)) > 0);
  await store.close()
}

/** Doubles the packed calls of a closed database so many times; gives how many they are then. */
export function doubleCalls(folder: string, times: number): number {
  const database = new Database(join(folder, 'calls.db'))
  database.pragma('synchronous = OFF')
  const columns = database
    .prepare<[], string>("SELECT name FROM pragma_table_info('ended')")
    .pluck()
    .all()
  for (let time = 0; time < times; time++) {
    const by = database.prepare<[], number>('SELECT max(id) FROM ended').pluck().get() ?? 0
    const changed: Readonly<Record<string, string>> = {
      id: `id + ${by}`,
      key: `key || '.${time}'`,
      graph_id: `graph_id || '.${time}'`,
    }
    const values = columns.map((column) => changed[column] ?? column)
    database.exec(`INSERT INTO ended (${columns.join()}) SELECT ${values.join()} FROM ended`)
  }
  database.exec('UPDATE sqlite_sequence SET seq = (SELECT max(id) FROM ended)')
  const count = database.prepare<[], number>('SELECT count(*) FROM ended').pluck().get() ?? 0
  database.pragma('wal_checkpoint(TRUNCATE)')
  database.close()
  return count
}
