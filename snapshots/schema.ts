/** The tables of a SQLite store, and how a file is recognised as one. */
import type Database from 'better-sqlite3'
import { StoreError } from './errors.ts'

/** `CALL` in ASCII: marks a SQLite file as ours. */
const APPLICATION_ID = 0x43414c4c

/** Number of this schema; grows with every change to the tables. */
export const SCHEMA_VERSION = 2

// Rows that grow (journal, actor, outbox) stay in plain rowid tables: a clustered key would scatter
// every append over as many pages as there are calls. No foreign keys: one writer looks the call up
// first, in the same transaction. How far a call is, its journal says: a number here would be written anew
// with every turn.
const tables = `
  -- One row a call: which chart it runs, and whether it still moves. An id is never given twice, so that
  -- the later of two calls has the higher one, and the last id is how many calls there have ever been.
  CREATE TABLE call (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    graph_id TEXT,
    status TEXT NOT NULL,
    chart_id TEXT NOT NULL,
    chart_version TEXT NOT NULL,
    snapshot_sequence INTEGER NOT NULL,
    ended_ms REAL
  ) STRICT;
  CREATE INDEX call_graph_id ON call (graph_id) WHERE graph_id IS NOT NULL;
  CREATE INDEX call_live ON call (key) WHERE status = 'live';
  CREATE INDEX call_ended ON call (ended_ms) WHERE status = 'ended';

  -- One row an actor of a call: its latest snapshot.
  CREATE TABLE actor (
    call INTEGER NOT NULL,
    actor TEXT NOT NULL,
    snapshot TEXT NOT NULL,
    UNIQUE (call, actor)
  ) STRICT;

  -- One row an event as a turn applied it, private parts removed.
  CREATE TABLE journal (
    call INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    at_ms REAL NOT NULL,
    chart_version TEXT NOT NULL,
    event TEXT NOT NULL,
    UNIQUE (call, sequence)
  ) STRICT;

  -- One row an effect a chart asked for: its request and its fate.
  CREATE TABLE outbox (
    call INTEGER NOT NULL,
    id TEXT NOT NULL,
    effect TEXT NOT NULL,
    params TEXT NOT NULL,
    status TEXT NOT NULL,
    asked_ms REAL NOT NULL,
    operation_id TEXT,
    UNIQUE (call, id)
  ) STRICT;

  -- One row an event that falls due.
  CREATE TABLE timer (
    call INTEGER NOT NULL,
    id TEXT NOT NULL,
    due_ms REAL NOT NULL,
    event TEXT NOT NULL,
    UNIQUE (call, id)
  ) STRICT;
  CREATE INDEX timer_due ON timer (due_ms);

  -- One row an event that made a chart throw, and why.
  CREATE TABLE quarantine (
    call INTEGER NOT NULL,
    at_ms REAL NOT NULL,
    event TEXT NOT NULL,
    reason TEXT NOT NULL
  ) STRICT;
  CREATE INDEX quarantine_call ON quarantine (call);

  -- One row a call that ended long ago: all its other rows in one, compressed. The columns beside it are for
  -- finding it and for whoever looks in with SQL.
  CREATE TABLE ended (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    graph_id TEXT,
    chart_id TEXT NOT NULL,
    chart_version TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    started_ms REAL NOT NULL,
    ended_ms REAL NOT NULL,
    past BLOB NOT NULL
  ) STRICT;
  CREATE INDEX ended_graph_id ON ended (graph_id) WHERE graph_id IS NOT NULL;
`

/** Makes the tables in an empty file; throws `store.schema` for a file that is not ours or is newer. */
export function prepareSchema(database: Database.Database, path: string): void {
  const isEmpty = database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined
  if (isEmpty) createTables(database)
  checkSchema(database, path)
  // Younger than the tables, and no part of what an older Callchart must know.
  database.exec('CREATE INDEX IF NOT EXISTS ended_ended ON ended (ended_ms)')
}

/** Throws `store.schema` for a file that is not ours or of another schema. */
export function checkSchema(database: Database.Database, path: string): void {
  if (database.pragma('application_id', { simple: true }) !== APPLICATION_ID) throw notOurs(path)
  const version = database.pragma('user_version', { simple: true })
  if (version !== SCHEMA_VERSION) throw otherVersion(path, version)
}

function createTables(database: Database.Database): void {
  // The page size counts only before the first page is written.
  database.pragma('page_size = 8192')
  database.pragma('journal_mode = WAL')
  database.transaction(() => {
    database.exec(tables)
    database.pragma(`application_id = ${APPLICATION_ID}`)
    database.pragma(`user_version = ${SCHEMA_VERSION}`)
  })()
}

function notOurs(path: string): StoreError {
  return new StoreError(
    'store.schema',
    `The database ${path} was not made by Callchart.`,
    'Give the path of a Callchart database or of a new file.',
  )
}

function otherVersion(path: string, version: unknown): StoreError {
  return new StoreError(
    'store.schema',
    `The database ${path} has schema ${version}; this Callchart reads schema ${SCHEMA_VERSION}.`,
    'Run the Callchart version that wrote it, or give another path.',
  )
}
