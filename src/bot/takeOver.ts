/** Taking over: a process that starts while the one before it still holds the database. */
import { openSqliteStore, type Store, StoreError } from '../../snapshots/index.ts'
import { type Clock, pause } from '../clock.ts'
import type { Config } from '../config.ts'
import { Door, unattended } from '../webhook/index.ts'

export type TakeOverOptions = {
  readonly config: Config
  readonly clock: Clock
  /** How long to wait for the process that holds the database. */
  readonly waitMs: number
  /** Throws when the stored calls could not be gone on with: asked before anything is waited for. */
  readonly canGoOn: (stored: Store) => Promise<void>
  /** Told, when the database is held, by whom. */
  readonly waiting: (why: string) => void
  /** Folder of WAV files, served from the first moment on. */
  readonly promptsFolder?: string | undefined
}

/** The store, held, and the door, where it was opened while waiting. */
export type TakenOver = { readonly store: Store; readonly door: Door | undefined }

/** How often a database that is held is tried again. */
const TRY_EVERY_MS = 20

/** How long the one before may take to leave the port once it has let go of the database. */
const PORT_PATIENCE_MS = 5_000

/**
 * Opens the database of a bot. While another process holds it, this one waits at the port, if that is
 * free: prompts are served, and notifications answered 503 with Retry-After. Throws `StoreError`
 * (`store.locked` when the time is up) or what `canGoOn` throws.
 */
export async function takeOver(options: TakeOverOptions): Promise<TakenOver> {
  const { databasePath } = options.config
  try {
    return { store: openSqliteStore(databasePath), door: undefined }
  } catch (error) {
    if (!isLocked(error) || options.waitMs <= 0) throw error
    await look(databasePath, options.canGoOn)
    options.waiting(error.message)
    return await wait(options, error)
  }
}

/** Too late for both, once the other has let go, to hear that this one cannot go on. */
async function look(path: string, canGoOn: TakeOverOptions['canGoOn']): Promise<void> {
  const stored = openSqliteStore(path, { readOnly: true })
  try {
    await canGoOn(stored)
  } finally {
    await stored.close()
  }
}

async function wait(options: TakeOverOptions, refused: StoreError): Promise<TakenOver> {
  const { config, clock, promptsFolder } = options
  const health = { ready: false, reason: refused.what } as const
  const behind = unattended({
    health: () => health,
    basePath: new URL(config.publicUrl).pathname,
    promptsFolder,
  })
  const wanted = new AbortController()
  // A clock's timers keep no process alive, and while the port is taken there is nothing else to do so.
  const alive = setInterval(() => {}, options.waitMs)
  const opening = Door.openWhenFree(config, behind, clock, wanted.signal)
  const holding = hold(options, refused, wanted.signal)
  try {
    // What keeps it from listening is told at once, not when the time is up.
    const store = await Promise.race([holding, opening.then(() => holding)])
    const patience = pause(clock, PORT_PATIENCE_MS).then(() => undefined)
    return { store, door: await Promise.race([opening, patience]) }
  } catch (error) {
    void opening.then((door) => door?.close()).catch(() => {})
    throw error
  } finally {
    wanted.abort()
    clearInterval(alive)
  }
}

async function hold(
  { config, clock, waitMs }: TakeOverOptions,
  refused: StoreError,
  wanted: AbortSignal,
): Promise<Store> {
  const untilMs = clock.now() + waitMs
  while (clock.now() < untilMs && !wanted.aborted) {
    await pause(clock, TRY_EVERY_MS)
    try {
      return openSqliteStore(config.databasePath, { lockPatienceMs: 0 })
    } catch (error) {
      if (!isLocked(error)) throw error
    }
  }
  throw refused
}

function isLocked(error: unknown): error is StoreError {
  return error instanceof StoreError && error.code === 'store.locked'
}
