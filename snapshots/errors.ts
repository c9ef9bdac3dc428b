/** The one error a store throws: what is wrong, where, and how to mend it. */
import Database from 'better-sqlite3'

export type StoreErrorCode =
  /** The call moved on since it was read. */
  | 'store.conflict'
  /** No room left to write. */
  | 'store.full'
  /** The files may not be written. */
  | 'store.readOnly'
  /** The files are damaged, or hold no SQLite database. */
  | 'store.corrupt'
  /** A person to be erased is named in calls that still live. */
  | 'person.onLiveCalls'
  /** What shall name a person could be a part of many words. */
  | 'person.unclear'
  /** There is no file to read. */
  | 'store.missing'
  /** A copy would be written over a file. */
  | 'store.exists'
  /** Another process holds the database. */
  | 'store.locked'
  /** The database is not ours, or of a newer Callchart. */
  | 'store.schema'
  /** The store was closed. */
  | 'store.closed'
  /** Anything else; `cause` has the details. */
  | 'store.failed'

/** Thrown when calls cannot be read from or written to their store; nothing was written. */
export class StoreError extends Error {
  readonly code: StoreErrorCode
  /** One sentence: what is wrong and where. */
  readonly what: string
  /** One sentence: what to do about it. */
  readonly fix: string

  constructor(code: StoreErrorCode, what: string, fix: string, cause?: unknown) {
    super(`${what} ${fix}`, cause === undefined ? undefined : { cause })
    this.name = 'StoreError'
    this.code = code
    this.what = what
    this.fix = fix
  }
}

/** For whoever reads a database that is not there. */
export function missing(path: string): StoreError {
  return new StoreError(
    'store.missing',
    `There is no database ${path}.`,
    'Give the path of the SQLite file that remembers the calls.',
  )
}

/** Puts whatever SQLite threw into words; a `StoreError` passes unchanged. */
export function storeError(cause: unknown, path: string): StoreError {
  if (cause instanceof StoreError) return cause
  const reason = cause instanceof Error ? cause.message : String(cause)
  const { code, what, fix } = explain(cause instanceof Database.SqliteError ? cause.code : '')
  return new StoreError(code, `The database ${path} ${what} (${reason}).`, fix, cause)
}

type Explanation = { readonly code: StoreErrorCode; readonly what: string; readonly fix: string }

/** SQLite's extended codes begin with the plain one: `SQLITE_READONLY_DIRECTORY`. */
function explain(sqliteCode: string): Explanation {
  return explanations.find(([prefix]) => sqliteCode.startsWith(prefix))?.[1] ?? unknownFailure
}

const unwritable: Explanation = {
  code: 'store.readOnly',
  what: 'cannot be written',
  fix: 'Let this process read and write the file and its folder.',
}
const damaged: Explanation = {
  code: 'store.corrupt',
  what: 'is damaged or is not a SQLite database',
  fix: 'Restore it from a backup, or give another path.',
}
const busy: Explanation = {
  code: 'store.locked',
  what: 'is locked by another program',
  fix: 'Close the program that writes to it; only reading is allowed beside Callchart.',
}
const full: Explanation = {
  code: 'store.full',
  what: 'has no room to grow',
  fix: 'Free space on its disk; Callchart goes on by itself.',
}
const unknownFailure: Explanation = {
  code: 'store.failed',
  what: 'could not do what was asked',
  fix: "Look at the error's cause; if the disk is sound, report it as a bug.",
}
const explanations: readonly (readonly [prefix: string, Explanation])[] = [
  ['SQLITE_FULL', full],
  ['SQLITE_READONLY', unwritable],
  ['SQLITE_CANTOPEN', unwritable],
  ['SQLITE_PERM', unwritable],
  ['SQLITE_CORRUPT', damaged],
  ['SQLITE_NOTADB', damaged],
  ['SQLITE_BUSY', busy],
  ['SQLITE_LOCKED', busy],
]
