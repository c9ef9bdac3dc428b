/** Database files as a bot leaves them, and files on them that take up room. */
import Database from 'better-sqlite3'
import { openSqliteStore } from '../../snapshots/index.ts'
import { firstCommit } from '../snapshots/examples.ts'

export const PAGE_BYTES = 8_192

/** Makes a database that holds so many calls, all of it in its one file; resolves to its path. */
export async function databaseWithCalls(path: string, calls: number): Promise<string> {
  const store = openSqliteStore(path)
  await store.commit(Array.from({ length: calls }, (_, index) => firstCommit(`call${index}`)))
  await store.close()
  return path
}

/** The number of a table's first page; the file's first is 1. */
export function firstPageOf(path: string, table: string): number {
  return inside(path, (database) => {
    const find = database.prepare<[string], number>(
      'SELECT rootpage FROM sqlite_schema WHERE name = ?',
    )
    return find.pluck().get(table) ?? 0
  })
}

/** Takes up room in a database; resolves to how many pages it has now. */
export function takeRoom(path: string, pages: number): number {
  return inside(path, (database) => {
    database.exec('CREATE TABLE room (taken BLOB)')
    const take = database.prepare('INSERT INTO room VALUES (zeroblob(?))')
    for (let page = 0; page < pages; page++) take.run(PAGE_BYTES)
    return Number(database.pragma('page_count', { simple: true }))
  })
}

/** Gives the room back, as another program does that clears a disk. */
export function freeRoom(path: string): void {
  inside(path, (database) => database.exec('DELETE FROM room'))
}

function inside<Result>(path: string, work: (database: Database.Database) => Result): Result {
  const database = new Database(path)
  try {
    return work(database)
  } finally {
    database.close()
  }
}
