/** Going on with the calls of a process before this one. */

import type { Store } from '../../snapshots/store.ts'
import type { Clock } from '../clock.ts'
import { reasonOf } from '../errors.ts'
import type { Observers } from '../telemetry/observers.ts'
import { withoutPeople } from './discreet.ts'

/** Calls taken up at a time: what is told of others gets its turn in between. */
const AT_ONCE = 32

/** Keys read at a time. */
const PAGE = 1_000

/** How long to wait before trying again to take up calls that the store could not give or take. */
const RETRY_MS = 5_000

export type RecoveryOptions = {
  readonly store: Store
  readonly clock: Clock
  readonly observers: Observers
  /** Lets the call hear that memory was lost; resolves when that is durable. */
  readonly takeUp: (key: string) => Promise<void>
}

/** The calls that another process, or a passivation, left behind, until each has heard of it. */
export class Recovery {
  readonly #options: RecoveryOptions
  readonly #left = new Set<string>()
  #calls = 0
  #effects = 0
  #isRunning = false
  #isStopped = false

  constructor(options: RecoveryOptions) {
    this.#options = options
  }

  /** Reads which calls were left behind; none is loaded yet. */
  async start(): Promise<void> {
    let after: string | undefined
    do {
      const keys = await this.#options.store.liveKeys(after, PAGE)
      for (const key of keys) this.#left.add(key)
      after = keys.at(-1)
    } while (after !== undefined)
    const { size } = this.#left
    if (size > 0) this.#tell({ kind: 'recovering', calls: size })
  }

  /** Takes them up in the background, a few at a time. */
  takeUpAll(): void {
    if (this.#left.size > 0) void this.#run()
  }

  isLeftBehind(key: string): boolean {
    return this.#left.has(key)
  }

  leave(key: string): void {
    this.#left.add(key)
  }

  takenUp(key: string, effects: number): void {
    this.#left.delete(key)
    if (!this.#isRunning) return
    this.#calls += 1
    this.#effects += effects
  }

  /** Whether calls are being taken up, which waiting to try again is not. */
  get isRunning(): boolean {
    return this.#isRunning
  }

  stop(): void {
    this.#isStopped = true
  }

  async #run(): Promise<void> {
    this.#isRunning = true
    const failed: string[] = []
    const keys = [...this.#left]
    for (let from = 0; from < keys.length && !this.#isStopped; from += AT_ONCE) {
      const some = keys.slice(from, from + AT_ONCE).filter((key) => this.#left.has(key))
      const taken = await Promise.all(some.map((key) => this.#takeUp(key)))
      failed.push(...some.filter((_, index) => !taken[index]))
    }
    this.#isRunning = false
    if (this.#isStopped) return
    this.#tell({ kind: 'recovered', calls: this.#calls, effects: this.#effects })
    if (failed.length > 0) this.#options.clock.setTimeout(() => this.takeUpAll(), RETRY_MS)
  }

  async #takeUp(key: string): Promise<boolean> {
    try {
      await this.#options.takeUp(key)
      // Where nothing had to be heard, because the call has ended meanwhile, nobody tells so.
      this.#left.delete(key)
      return true
    } catch (error) {
      const reason = withoutPeople(reasonOf(error))
      if (!this.#isStopped) this.#tell({ kind: 'takeUpFailed', key, reason })
      return false
    }
  }

  #tell(record: Untimed): void {
    this.#options.observers.tell({ ...record, atMs: this.#options.clock.now() })
  }
}

type Untimed =
  | { readonly kind: 'recovering'; readonly calls: number }
  | { readonly kind: 'recovered'; readonly calls: number; readonly effects: number }
  | { readonly kind: 'takeUpFailed'; readonly key: string; readonly reason: string }
