/** A database file as a store uses it: ours, sound, and set for durable commits. */
import Database from 'better-sqlite3'
import { StoreError } from './errors.ts'
import { checkSchema, prepareSchema } from './schema.ts'

/**
 * Pages of log (16 MB) after which SQLite folds it into the file. The commit that crosses the line waits
 * for it: more pages make that rarer but longer, and gain no throughput.
 */
const CHECKPOINT_PAGES = 2_000

/**
 * Opens the file, or the image of one; throws for a damaged one and for one that is not ours.
 *
 * @internal better-sqlite3 has no name for the type, so no declaration can be written.
 */
export function openDatabase(
  file: string | Buffer,
  name: string,
  {
    maxPages,
    readOnly = false,
  }: { readonly maxPages?: number | undefined; readonly readOnly?: boolean | undefined },
): Database.Database {
  const database = new Database(file, { readonly: readOnly, fileMustExist: readOnly })
  try {
    if (readOnly) {
      checkSchema(database, name)
      return database
    }
    refuseDamaged(database, name)
    prepareSchema(database, name)
    // A backup is not kept so.
    database.pragma('journal_mode = WAL')
    database.pragma('synchronous = FULL')
    database.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`)
    if (maxPages !== undefined) database.pragma(`max_page_count = ${maxPages}`)
    return database
  } catch (cause) {
    database.close()
    throw cause
  }
}

/**
 * Looks at every page a live call may need: none must be the first to find a damaged one. Not at `ended`,
 * which grows without end and is seldom read: each row there tells of its own damage.
 */
function refuseDamaged(database: Database.Database, name: string): void {
  const looks = database.prepare<[], { table: string; found: string }>(`
    SELECT name AS "table", quick_check AS found
    FROM (SELECT 'sqlite_schema' AS name UNION ALL
          SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'ended'),
         pragma_quick_check(name)
    WHERE found <> 'ok' LIMIT 1`)
  const look = looks.get()
  if (look) throw damaged(name, `${look.table}: ${look.found}`)
}

function damaged(file: string, found: string): StoreError {
  return new StoreError(
    'store.corrupt',
    `The database ${file} is damaged (${found}).`,
    'Restore it from a backup, or give another path.',
  )
}
