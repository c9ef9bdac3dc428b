/**
 * One life of the bot's process. Everything it touches (disk, network, clock) goes through here, and any
 * touch may be its last: dying between two of them is dying at any await, as far as anybody can see.
 */
import Database from 'better-sqlite3'
import type { Store } from '../../../snapshots/index.ts'
import type { Clock, SimulatedClock, Wake } from '../../clock.ts'
import type { SimulatedDisk } from './disk.ts'
import type { Mishaps } from './faults.ts'
import { failed, type Host } from './network.ts'

export type LifeParts = {
  readonly clock: SimulatedClock
  /** How far the clock of the bot's machine is ahead. */
  readonly aheadMs: () => number
  readonly fetch: typeof fetch
  readonly disk: SimulatedDisk
  readonly mishaps: Mishaps
  /** Told once, when this life is over, with how long the process is down. */
  readonly died: (downMs: number) => void
}

export class Life {
  readonly clock: Clock
  readonly store: Store
  readonly #parts: LifeParts
  readonly #wakes = new Map<Wake, Wake>()
  readonly #death = Promise.withResolvers<never>()
  #alive = true
  #fullUntilMs = Number.NEGATIVE_INFINITY

  constructor(parts: LifeParts) {
    this.#parts = parts
    this.#death.promise.catch(() => {})
    this.clock = this.#ownClock()
    this.store = this.#ownStore()
  }

  get alive(): boolean {
    return this.#alive
  }

  /** The network as this process reaches it. */
  readonly fetch: typeof fetch = async (input, init) => {
    await this.#touch()
    const response = await this.#parts.fetch(input, init).finally(() => this.#alone())
    await this.#touch()
    return response
  }

  /** What answers for this process: a connection to one that dies is reset. */
  serving(serve: Host): Host {
    return (request, text) =>
      Promise.race([this.#answer(serve, request, text), this.#death.promise])
  }

  /** Ends this life for good. */
  end(): void {
    this.#alive = false
    for (const wake of this.#wakes.values()) this.#parts.clock.clearTimeout(wake)
  }

  /** Ends this life: nothing it still does is seen by anybody. */
  die(downMs: number): void {
    if (!this.#alive) return
    this.end()
    this.#death.reject(failed('ECONNRESET'))
    this.#parts.died(downMs)
  }

  async #answer(serve: Host, request: Request, text: string): Promise<Response> {
    const response = await serve(request, text)
    await this.#touch()
    return response
  }

  /** Resolves if the process lives to see it. */
  #touch(): Promise<void> {
    this.#risk()
    return this.#alive ? Promise.resolve() : new Promise(() => {})
  }

  #risk(): void {
    const fault = this.#alive ? this.#parts.mishaps.strike('crash') : undefined
    if (fault) this.die(fault.forMs)
  }

  #ownClock(): Clock {
    const { clock, aheadMs } = this.#parts
    const now = () => clock.now() + aheadMs()
    return {
      now,
      elapsedMs: () => clock.elapsedMs(),
      setTimeout: (wake, delayMs) => {
        const own: Wake = { dueMs: now() + Math.max(0, delayMs) }
        const pending = clock.setTimeout(() => {
          this.#wakes.delete(own)
          this.#risk()
          if (this.#alive) wake()
        }, delayMs)
        this.#wakes.set(own, pending)
        return own
      },
      clearTimeout: (own) => {
        const pending = this.#wakes.get(own)
        if (pending) clock.clearTimeout(pending)
        this.#wakes.delete(own)
      },
    }
  }

  #ownStore(): Store {
    const { disk, clock } = this.#parts
    const store = disk.open((statement) => this.#beforeStatement(statement))
    const living =
      <Asked extends readonly unknown[], Result>(ask: (...asked: Asked) => Promise<Result>) =>
      async (...asked: Asked): Promise<Result> => {
        await this.#alone()
        const result = await ask(...asked).finally(() => this.#alone())
        return result
      }
    return {
      load: living((key) => store.load(key)),
      find: living((graphId) => store.find(graphId)),
      commit: living(async (batch) => {
        await store.commit(batch)
        disk.committed({ atMs: clock.now(), calls: batch })
        await this.#touch()
      }),
      dueTimers: living((nowMs, ...page) => store.dueTimers(nowMs, ...page)),
      nextDueMs: living((afterMs) => store.nextDueMs(afterMs)),
      liveKeys: living((afterKey, limit) => store.liveKeys(afterKey, limit)),
      chartUses: living(() => store.chartUses()),
      compact: living((endedBeforeMs, limit) => store.compact(endedBeforeMs, limit)),
      naming: living((person, from, limit) => store.naming(person, from, limit)),
      remove: living((keys) => store.remove(keys)),
      removeEnded: living((beforeMs, limit) => store.removeEnded(beforeMs, limit)),
      rewrite: living(() => store.rewrite()),
      counts: living(() => store.counts()),
      journal: living((key, afterSequence) => store.journal(key, afterSequence)),
      past: living((key) => store.past(key)),
      page: living((status, before, limit) => store.page(status, before, limit)),
      brief: living((key) => store.brief(key)),
      check: living(() => store.check()),
      close: async () => {},
    }
  }

  /** What a dead process awaits never comes. */
  #alone(): Promise<void> {
    return this.#alive ? Promise.resolve() : new Promise(() => {})
  }

  #beforeStatement(statement: string): void {
    this.#risk()
    if (!this.#alive) throw new Error('The process has ended.')
    this.#fillDisk(statement)
    const { mishaps, clock } = this.#parts
    if (clock.now() < this.#fullUntilMs && !mishaps.over) throw full()
    if (mishaps.strike('commitFails'))
      throw new Database.SqliteError('disk I/O error', 'SQLITE_IOERR')
  }

  #fillDisk(statement: string): void {
    const fault = statement === 'commit' ? this.#parts.mishaps.strike('diskFull') : undefined
    if (fault) this.#fullUntilMs = this.#parts.clock.now() + fault.forMs
  }
}

function full(): Error {
  return new Database.SqliteError('database or disk is full', 'SQLITE_FULL')
}
