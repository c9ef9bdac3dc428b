/** A database with all that a store asks of it, prepared once. In memory it serves one world after another. */
import type Database from 'better-sqlite3'
import { openDatabase } from './database.ts'
import { prepareLooks } from './looks.ts'
import { prepareRemoval } from './removal.ts'
import { prepareCompaction, prepareReads, prepareWrites } from './statements.ts'

/** How many empty databases are kept for the next worlds; a world has one at a time. */
const SPARE_MAX = 4

/**
 * Opens the file, or the image of one, and prepares its statements.
 *
 * @internal better-sqlite3 has no name for their type, so no declaration can be written.
 */
export function connect(
  file: string | Buffer,
  name: string,
  options: { readonly maxPages?: number | undefined; readonly readOnly?: boolean | undefined },
) {
  const database = openDatabase(file, name, options)
  return {
    database,
    reads: prepareReads(database),
    writes: prepareWrites(database),
    looks: once(() => prepareLooks(database)),
    compaction: once(() => prepareCompaction(database)),
    removal: once(() => prepareRemoval(database)),
  }
}

/** @internal */
export type Connection = ReturnType<typeof connect>

const spare: Connection[] = []

/**
 * An empty database in memory: preparing one takes longer than many a simulated call.
 *
 * @internal
 */
export function connectToNothing(name: string): Connection {
  return spare.pop() ?? connect(':memory:', name, {})
}

/**
 * Lets go of a database in memory: emptied, every byte of it, for whoever needs one next.
 *
 * @internal
 */
export function recycle(connection: Connection): void {
  const { database } = connection
  if (spare.length >= SPARE_MAX || database.inTransaction) {
    database.close()
    return
  }
  empty(database)
  spare.push(connection)
}

function empty(database: Database.Database): void {
  const tables = database
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'")
    .pluck()
    .all()
  database.pragma('secure_delete = ON')
  database.exec(`BEGIN; ${tables.map((table) => `DELETE FROM "${table}";`).join(' ')} COMMIT`)
  database.pragma('secure_delete = OFF')
}

/** What is seldom asked for is prepared when it first is. */
function once<Made extends object>(make: () => Made): () => Made {
  let made: Made | undefined
  return () => {
    made ??= make()
    return made
  }
}
