/** The store contract over one SQLite file, held by one process. */
import { existsSync, realpathSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type Database from 'better-sqlite3'
import { type BeforeStatement, writeBatch } from './commit.ts'
import { type Connection, connect, connectToNothing, recycle } from './connection.ts'
import { compactCalls, endedCall, endedJournal, endedPast, readingEnded } from './ended.ts'
import { missing, StoreError, storeError } from './errors.ts'
import { type Lock, lockDatabase } from './lock.ts'
import { briefOf, endedPage, type Looks, livePage } from './looks.ts'
import type { Person } from './person.ts'
import { callsNaming, type Removal, removeKeys, removeOldest } from './removal.ts'
import { KnownRows } from './rows.ts'
import { SCHEMA_VERSION } from './schema.ts'
import { type CallRow, outboxEntry, type Reads } from './statements.ts'
import type {
  CallBrief,
  CallCommit,
  CallPast,
  CallStatus,
  ChartUse,
  DueTimer,
  JournalEntry,
  Naming,
  Place,
  Store,
  StoredCall,
} from './store.ts'

/** Choices when a store is opened. */
export type SqliteStoreOptions = {
  /** The simulator's seam: called before each statement of a commit; throwing makes it fail there. */
  readonly beforeStatement?: BeforeStatement | undefined
  /** Largest size of the file in pages of 8 KB; a commit beyond it throws `store.full`. */
  readonly maxPages?: number | undefined
  /** How long to wait, blocking, for a process that holds the file and is just closing. Default 250 ms. */
  readonly lockPatienceMs?: number | undefined
  /** Reads beside the process that holds the file, if there is one, and changes nothing. */
  readonly readOnly?: boolean | undefined
}

/**
 * Opens the store in the file at `path`, making it if absent; `:memory:` keeps nothing. Throws
 * `StoreError`: `store.locked` while another process holds it, `store.schema` when it is not ours.
 */
export function openSqliteStore(path: string, options: SqliteStoreOptions = {}): Store {
  const file = canonical(path)
  if (options.readOnly && !existsSync(file)) throw missing(file)
  if (!existsSync(dirname(file))) throw noFolder(file)
  try {
    const isHeld = file !== ':memory:' && !options.readOnly
    const lock = isHeld ? lockDatabase(file, options.lockPatienceMs) : noLock
    return releasingOnThrow(lock, () => {
      const connection = connect(file, file, options)
      const letGo = () => {
        connection.database.close()
        lock.release()
      }
      return new SqliteStore(file, connection, letGo, options)
    })
  } catch (cause) {
    throw storeError(cause, file)
  }
}

/** A store whose whole content can be taken as an image: what a simulated disk holds. */
export type ImageStore = Store & {
  readonly image: () => Buffer
  /** As `load`, but of a call that was loaded here before only what was written since is read. */
  readonly loadSince: (
    key: string,
    known: StoredCall | undefined,
  ) => Promise<StoredCall | undefined>
}

/** Opens the store that an image holds, or an empty one, in memory: no file, no lock. */
export function openImageStore(
  image: Buffer | undefined,
  options: SqliteStoreOptions = {},
): ImageStore {
  const name = 'in memory'
  const connection = image ? connect(image, name, {}) : connectToNothing(name)
  const letGo = image ? () => connection.database.close() : () => recycle(connection)
  return new SqliteStore(name, connection, () => void letGo(), options)
}

/** One file has one lock, whatever links lead to it. */
function canonical(path: string): string {
  if (path === ':memory:') return path
  return existsSync(path) ? realpathSync(path) : resolve(path)
}

const noLock: Lock = { release: () => {} }

function releasingOnThrow<Result>(lock: Lock, work: () => Result): Result {
  try {
    return work()
  } catch (cause) {
    lock.release()
    throw cause
  }
}

class SqliteStore implements ImageStore {
  readonly #file: string
  readonly #letGo: () => void
  readonly #database: Database.Database
  readonly #reads: Reads
  readonly #looks: () => Looks
  readonly #known = new KnownRows()
  readonly #load: (key: string) => StoredCall | undefined
  readonly #write: (batch: readonly CallCommit[]) => void
  readonly #compact: (endedBeforeMs: number, limit: number) => number
  readonly #removal: () => Removal
  readonly #remove: (keys: readonly string[]) => number
  readonly #removeEnded: (endedBeforeMs: number, limit: number) => number
  #isOpen = true

  constructor(
    file: string,
    { database, reads, writes, looks, compaction, removal }: Connection,
    letGo: () => void,
    options: SqliteStoreOptions,
  ) {
    this.#file = file
    this.#letGo = letGo
    this.#database = database
    this.#reads = reads
    this.#looks = looks
    const read = (key: string) => this.#read(key)
    // Beside a process that writes, a call must be read as it stands at one moment.
    this.#load = options.readOnly ? this.#database.transaction(read) : read
    const before = options.beforeStatement ?? (() => {})
    this.#write = this.#database.transaction((batch: readonly CallCommit[]) =>
      writeBatch(writes, this.#known, batch, before),
    ).immediate
    this.#compact = this.#database.transaction((endedBeforeMs: number, limit: number) =>
      compactCalls(compaction(), this.#reads, endedBeforeMs, limit, before),
    ).immediate
    this.#removal = removal
    this.#remove = this.#database.transaction((keys: readonly string[]) =>
      removeKeys(removal(), keys, before),
    ).immediate
    this.#removeEnded = this.#database.transaction((endedBeforeMs: number, limit: number) =>
      removeOldest(removal(), endedBeforeMs, limit, before),
    ).immediate
  }

  async load(key: string): Promise<StoredCall | undefined> {
    return this.#try(() => this.#load(key))
  }

  async loadSince(key: string, known: StoredCall | undefined): Promise<StoredCall | undefined> {
    return this.#try(() => this.#read(key, known))
  }

  #read(key: string, known?: StoredCall): StoredCall | undefined {
    const row = this.#reads.call.get(key)
    if (row === undefined) return endedCall(this.#reads, key)
    this.#known.calls.set(key, row)
    return storedCall(this.#reads, row, known)
  }

  async find(graphId: string): Promise<string | undefined> {
    return this.#try(() => this.#known.keys.get(graphId) ?? this.#find(graphId))
  }

  #find(graphId: string): string | undefined {
    const key = readingEnded(`Graph's call ${graphId}`, () =>
      this.#reads.keyOfGraphId.get(graphId, graphId),
    )
    if (key !== undefined) this.#known.keys.set(graphId, key)
    return key
  }

  async commit(batch: readonly CallCommit[]): Promise<void> {
    this.#change(() => this.#write(batch))
  }

  async compact(endedBeforeMs: number, limit: number): Promise<number> {
    return this.#change(() => this.#compact(endedBeforeMs, limit))
  }

  async naming(person: Person, from: Place, limit: number): Promise<Naming> {
    return this.#try(() => callsNaming(this.#removal(), person, from, limit))
  }

  async remove(keys: readonly string[]): Promise<number> {
    return this.#changeForGood(() => this.#remove(keys))
  }

  async removeEnded(endedBeforeMs: number, limit: number): Promise<number> {
    return this.#changeForGood(() => this.#removeEnded(endedBeforeMs, limit))
  }

  async rewrite(): Promise<void> {
    this.#try(() => {
      this.#database.exec('VACUUM')
      this.#database.pragma('wal_checkpoint(TRUNCATE)')
    })
  }

  /** What is removed is written over with zeros, which costs too much to be done for every timer. */
  #changeForGood(work: () => number): number {
    return this.#change(() => {
      this.#database.pragma('secure_delete = ON')
      try {
        const removed = work()
        if (removed > 0) this.#known.forget()
        return removed
      } finally {
        this.#database.pragma('secure_delete = OFF')
      }
    })
  }

  async dueTimers(
    nowMs: number,
    limit: number,
    fromMs = Number.NEGATIVE_INFINITY,
    skip = 0,
  ): Promise<readonly DueTimer[]> {
    return this.#try(() => this.#reads.dueTimers.all(fromMs, nowMs, limit, skip))
  }

  async nextDueMs(afterMs = Number.NEGATIVE_INFINITY): Promise<number | undefined> {
    return this.#try(() => this.#reads.nextDueMs.get(afterMs) ?? undefined)
  }

  async liveKeys(afterKey: string | undefined, limit: number): Promise<readonly string[]> {
    return this.#try(() => this.#reads.liveKeys.all(afterKey ?? '', limit))
  }

  async chartUses(): Promise<readonly ChartUse[]> {
    return this.#try(() =>
      this.#reads.chartUses.all().map((use) => ({
        ...use,
        keys: this.#reads.chartKeys.all(use.chartId, use.chartVersion, use.base),
      })),
    )
  }

  async counts(): Promise<{ readonly live: number; readonly ended: number }> {
    return this.#try(() => this.#reads.counts.get() ?? { live: 0, ended: 0 })
  }

  async journal(key: string, afterSequence = 0): Promise<readonly JournalEntry[]> {
    return this.#try(() => {
      const id = this.#looks().idOfKey.get(key)
      if (id !== undefined) return this.#reads.journal.all(id, afterSequence)
      return endedJournal(this.#reads, key).filter(({ sequence }) => sequence > afterSequence)
    })
  }

  async past(key: string): Promise<CallPast | undefined> {
    return this.#try(() => {
      const id = this.#looks().idOfKey.get(key)
      if (id === undefined) return endedPast(this.#reads, key)
      return {
        outbox: this.#looks().outbox.all(id).map(outboxEntry),
        quarantine: this.#looks().quarantine.all(id),
      }
    })
  }

  async page(
    status: CallStatus,
    beforeOrdinal = Number.MAX_SAFE_INTEGER,
    limit = 0,
  ): Promise<readonly CallBrief[]> {
    const pageOf = status === 'live' ? livePage : endedPage
    return this.#try(() => pageOf(this.#looks(), beforeOrdinal, limit))
  }

  async brief(key: string): Promise<CallBrief | undefined> {
    return this.#try(() => briefOf(this.#looks(), key))
  }

  /** All that is committed, as one piece. */
  image(): Buffer {
    return this.#try(() => this.#database.serialize())
  }

  /** Rewrites the schema number: a durable commit that changes nothing. */
  async check(): Promise<void> {
    this.#try(() => this.#database.pragma(`user_version = ${SCHEMA_VERSION}`))
  }

  async close(): Promise<void> {
    if (!this.#isOpen) return
    this.#isOpen = false
    this.#letGo()
  }

  #change<Result>(work: () => Result): Result {
    try {
      return this.#try(work)
    } catch (cause) {
      this.#known.forget()
      throw cause
    }
  }

  #try<Result>(work: () => Result): Result {
    if (!this.#isOpen) throw closed(this.#file)
    try {
      return work()
    } catch (cause) {
      throw storeError(cause, this.#file)
    }
  }
}

function storedCall(
  reads: Reads,
  { id, graphId, ...call }: CallRow,
  before?: StoredCall,
): StoredCall {
  // Actors are written with each snapshot only, and the journal grows at its end.
  const known = before?.snapshotSequence === call.snapshotSequence ? before : undefined
  const journal = known?.journal ?? []
  const after = journal.at(-1)?.sequence ?? call.snapshotSequence
  return {
    ...call,
    graphId: graphId ?? undefined,
    actors: known?.actors ?? reads.actors.all(id),
    journal: [...journal, ...reads.journal.all(id, after)],
    timers: reads.timers.all(id),
    outbox: reads.outbox.all(id).map(outboxEntry),
  }
}

function noFolder(file: string): StoreError {
  return new StoreError(
    'store.failed',
    `The folder of the database ${file} does not exist.`,
    'Make the folder, or give another path.',
  )
}

function closed(file: string): StoreError {
  return new StoreError(
    'store.closed',
    `The database ${file} was closed.`,
    'Open it again, or stop what still uses it.',
  )
}
