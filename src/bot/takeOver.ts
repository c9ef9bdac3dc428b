/** Taking over: a bot that is made while the process before it still holds the database. */
import { openSqliteStore, type Store, StoreError } from '../../snapshots/index.ts'
import { type Clock, pause } from '../clock.ts'
import type { Config } from '../config.ts'
import { Door, type PromptFolders, unattended } from '../webhook/index.ts'

/** How a bot waits for the process before it. */
export type TakeOver = {
  /** How long it waits. */
  readonly forMs: number
  /** Told once, when the database is held, by whom. */
  readonly waiting?: ((why: string) => void) | undefined
  /**
   * Whether it waits at the port too, once that is free, for `listen`: prompts are served, and notifications
   * answered 503 with Retry-After. Default true; false for a bot in a server of your own.
   */
  readonly atPort?: boolean | undefined
}

export type TakeOverOptions = TakeOver & {
  readonly config: Config
  readonly clock: Clock
  /** Throws when the stored calls could not be gone on with: asked before anything is waited for. */
  readonly canGoOn: (stored: Store) => Promise<void>
  /** Served from the first moment on. */
  readonly prompts: PromptFolders
}

/** The store, held, and the door, where it was opened while waiting. */
export type TakenOver = { readonly store: Store; readonly door?: Door | undefined }

/** How often a database that is held is tried again. */
const TRY_EVERY_MS = 20

/** How long the one before may take to leave the port once it has let go of the database. */
const PORT_PATIENCE_MS = 5_000

/** A timer that keeps a process alive; when it falls due does not matter. */
const ALIVE_MS = 60_000

/**
 * Opens the database of a bot, and waits for it while another process holds it. Throws `StoreError`
 * (`store.locked` when the time is up) or what `canGoOn` throws.
 */
export async function takeOver(options: TakeOverOptions): Promise<TakenOver> {
  const { databasePath } = options.config
  try {
    return { store: openSqliteStore(databasePath) }
  } catch (error) {
    if (!isLocked(error) || options.forMs <= 0) throw error
    await look(databasePath, options.canGoOn)
    options.waiting?.(error.message)
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
  const wanted = new AbortController()
  let holding: Promise<Store> | undefined
  // A clock's timers keep no process alive, and while the port is taken there is nothing else to do so.
  const alive = setInterval(() => {}, ALIVE_MS)
  try {
    holding = hold(options, refused, wanted.signal)
    if (options.atPort === false) return { store: await holding }
    return await waitAtPort(options, refused, holding, wanted.signal)
  } catch (error) {
    wanted.abort()
    // It may have opened the database at this very moment, and nobody else would close it.
    await holding?.then((store) => store.close()).catch(() => {})
    throw error
  } finally {
    clearInterval(alive)
  }
}

async function waitAtPort(
  { config, clock, prompts }: TakeOverOptions,
  refused: StoreError,
  holding: Promise<Store>,
  wanted: AbortSignal,
): Promise<TakenOver> {
  const health = { ready: false, reason: refused.what } as const
  const behind = unattended({
    health: () => health,
    basePath: new URL(config.publicUrl).pathname,
    prompts,
  })
  const opening = Door.openWhenFree(config, behind, clock, wanted)
  const inTime = () => Promise.race([opening, pause(clock, PORT_PATIENCE_MS)])
  let door: Door | undefined
  try {
    // What keeps it from listening is told at once, not when the time is up.
    const store = await Promise.race([holding, opening.then(() => holding)])
    // From here on it is for `listen` to tell.
    door = (await inTime().catch(() => {})) ?? undefined
    return { store, door }
  } finally {
    if (!door) void opening.then((late) => late?.close()).catch(() => {})
  }
}

async function hold(
  { config, clock, forMs }: TakeOverOptions,
  refused: StoreError,
  wanted: AbortSignal,
): Promise<Store> {
  const untilMs = clock.now() + forMs
  do {
    await pause(clock, TRY_EVERY_MS)
    if (wanted.aborted) break
    try {
      return openSqliteStore(config.databasePath, { lockPatienceMs: 0 })
    } catch (error) {
      if (!isLocked(error)) throw error
    }
  } while (clock.now() < untilMs)
  throw refused
}

function isLocked(error: unknown): error is StoreError {
  return error instanceof StoreError && error.code === 'store.locked'
}
