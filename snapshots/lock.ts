/** One process per database: a lock that dies with its holder, however it dies. */
import Database from 'better-sqlite3'
import { StoreError } from './errors.ts'

/** How long to wait, blocking, for a holder that is just closing. */
const PATIENCE_MS = 250

/** A held lock; `release` gives it back. */
export type Lock = { release(): void }

/**
 * Takes the lock of the database at `path`, or throws `store.locked` naming the holder's process.
 *
 * The lock is SQLite's own write lock on a small database beside the real one: the kernel frees it when
 * the process ends, and it leaves the real database open to read-only tools.
 */
export function lockDatabase(path: string, patienceMs = PATIENCE_MS): Lock {
  const lock = new Database(`${path}-lock`, { timeout: patienceMs })
  try {
    lock.exec('BEGIN IMMEDIATE')
    signAs(lock, process.pid)
    lock.exec('BEGIN IMMEDIATE')
  } catch (cause) {
    const refusal = isBusy(cause) ? locked(path, signature(lock), cause) : cause
    lock.close()
    throw refusal
  }
  return { release: () => void lock.close() }
}

/** The process id goes into `user_version`, a number that every SQLite file has. */
function signAs(lock: Database.Database, pid: number): void {
  lock.pragma(`user_version = ${pid}`)
  lock.exec('COMMIT')
}

function signature(lock: Database.Database): unknown {
  try {
    return lock.pragma('user_version', { simple: true })
  } catch {
    return undefined
  }
}

function isBusy(cause: unknown): boolean {
  return cause instanceof Database.SqliteError && cause.code.startsWith('SQLITE_BUSY')
}

function locked(path: string, pid: unknown, cause: unknown): StoreError {
  const holder = typeof pid === 'number' && pid > 0 ? `process ${pid}` : 'another process'
  return new StoreError(
    'store.locked',
    `The database ${path} is in use by ${holder}.`,
    'Stop that process, or give this one another database.',
    cause,
  )
}
