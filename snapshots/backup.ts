/** Copies of a database: taken while a process works on it, and put back in a database's place. */
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { dirname, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { type EffectName, effects, isEffectName } from '../machines/effects.ts'
import { missing, StoreError, storeError } from './errors.ts'
import { lockDatabase } from './lock.ts'
import { checkSchema } from './schema.ts'

/** Told how much is copied, in bytes. */
export type CopyProgress = (copiedBytes: number, allBytes: number) => void

/** What a checked copy holds. */
export type Copied = { readonly bytes: number; readonly live: number; readonly ended: number }

/** Pages copied at a time: some 4 ms, in between of which progress can be told. */
const PAGES_AT_ONCE = 500

/**
 * Copies the database at `from` to a new file, as it is at one instant; a process may work on it meanwhile.
 * The copy is one file, checked whole before it gets its name. Throws `StoreError`: `store.exists` when
 * there is a file at `to`, `store.schema` or `store.corrupt` when there is nothing sound to copy.
 */
export async function backupDatabase(
  from: string,
  to: string,
  progress: CopyProgress = () => {},
): Promise<Copied> {
  refuseExisting(to, 'Give the backup a new name; its date makes a good one.')
  return copy(from, to, progress, () => {})
}

/**
 * Puts a backup in the place of a database. What had been owed to Graph may have been done since: as after a
 * crash, evidence is looked for before it is asked again. Throws `StoreError`: `store.exists` when there
 * is a database at `to`, `store.locked` while a process works on it.
 */
export async function restoreDatabase(
  from: string,
  to: string,
  progress: CopyProgress = () => {},
): Promise<Copied> {
  const lock = existsSync(dirname(resolve(to))) ? lockDatabase(resolve(to)) : undefined
  try {
    for (const part of ['', '-wal', '-shm'])
      refuseExisting(
        `${to}${part}`,
        `Move ${to} and what begins with its name away first: a backup never replaces calls.`,
      )
    return await copy(from, to, progress, doubtWhatIsOwed)
  } finally {
    lock?.release()
  }
}

async function copy(
  from: string,
  to: string,
  progress: CopyProgress,
  change: (database: Database.Database) => void,
): Promise<Copied> {
  if (!existsSync(from)) throw missing(from)
  const part = `${to}.part`
  refuseExisting(part, 'Another copy is being made there, or was broken off: then remove it.')
  try {
    await copyPages(from, part, progress)
    const copied = finish(part, change)
    chmodSync(part, statSync(from).mode)
    sync(part)
    renameSync(part, to)
    sync(dirname(resolve(to)))
    return copied
  } catch (cause) {
    for (const each of ['', '-wal', '-shm', '-journal']) rmSync(part + each, { force: true })
    throw storeError(cause, from)
  }
}

async function copyPages(from: string, to: string, progress: CopyProgress): Promise<void> {
  const source = new Database(from, { readonly: true, fileMustExist: true })
  try {
    checkSchema(source, from)
    // Reads as of one instant: whatever is written meanwhile would make the copy begin anew, for ever.
    source.exec('BEGIN')
    source.prepare('SELECT count(*) FROM sqlite_schema').get()
    const pageBytes = Number(source.pragma('page_size', { simple: true }))
    const { totalPages: all } = await source.backup(to, {
      progress: ({ totalPages, remainingPages }) => {
        progress((totalPages - remainingPages) * pageBytes, totalPages * pageBytes)
        return PAGES_AT_ONCE
      },
    })
    progress(all * pageBytes, all * pageBytes)
  } finally {
    source.close()
  }
}

/** Checks a copy whole and makes one file of it, which can be read where nothing can be written. */
function finish(path: string, change: (database: Database.Database) => void): Copied {
  const database = new Database(path)
  try {
    database.pragma('journal_mode = DELETE')
    const found = database.pragma('integrity_check', { simple: true })
    if (found !== 'ok') throw damaged(path, String(found))
    database.transaction(change)(database)
    const count = (from: string): number =>
      Number(database.prepare(`SELECT count(*) FROM ${from}`).pluck().get())
    const live = count("call WHERE status = 'live'")
    const ended = count("call WHERE status = 'ended'") + count('ended')
    return { bytes: statSync(path).size, live, ended }
  } finally {
    database.close()
  }
}

const lookFirst = Object.keys(effects).filter(
  (name): name is EffectName => isEffectName(name) && effects[name].afterDoubt === 'lookFirst',
)

function doubtWhatIsOwed(database: Database.Database): void {
  const doubt = database.prepare(
    "UPDATE outbox SET status = 'sent' WHERE status = 'owed' AND effect = ?",
  )
  for (const effect of lookFirst) doubt.run(effect)
}

function sync(path: string): void {
  const opened = openSync(path, 'r')
  try {
    fsyncSync(opened)
  } finally {
    closeSync(opened)
  }
}

function refuseExisting(path: string, fix: string): void {
  if (!existsSync(path)) return
  throw new StoreError('store.exists', `There is a file ${path} already.`, fix)
}

function damaged(path: string, found: string): StoreError {
  return new StoreError(
    'store.corrupt',
    `The copy ${path} is damaged (${found.split('\n')[0]}), and so is what it was copied from.`,
    'Take another backup; look after the disk.',
  )
}
