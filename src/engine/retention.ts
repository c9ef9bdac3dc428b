/** Retention: ended calls older than their time are removed for good, a few at a time. */
import type { Store } from '../../snapshots/store.ts'
import type { Clock, Wake } from '../clock.ts'

const DAY_MS = 24 * 60 * 60_000

/** How often old calls are looked for. */
const EVERY_MS = 60 * 60_000

/** Calls removed in one transaction, and the pause before the next: turns come first. */
const AT_ONCE = 20
const PAUSE_MS = 100

export class Retention {
  readonly #store: Store
  readonly #clock: Clock
  readonly #days: number | undefined
  #wake: Wake | undefined
  #working: Promise<void> | undefined
  #isStopped = false

  /** Without days nothing is ever removed. */
  constructor(store: Store, clock: Clock, days: number | undefined) {
    this.#store = store
    this.#clock = clock
    this.#days = days
  }

  start(): void {
    this.#arm(PAUSE_MS)
  }

  /** Resolves when what is being removed is removed. */
  async settled(): Promise<void> {
    await this.#working
  }

  stop(): void {
    this.#isStopped = true
    if (this.#wake) this.#clock.clearTimeout(this.#wake)
  }

  #arm(waitMs: number): void {
    const days = this.#days
    if (this.#isStopped || days === undefined) return
    this.#wake = this.#clock.setTimeout(() => {
      this.#working = this.#remove(this.#clock.now() - days * DAY_MS)
    }, waitMs)
  }

  async #remove(endedBeforeMs: number): Promise<void> {
    // What the store cannot do now it may be able to do in an hour; its own commits tell why.
    const removed = await this.#store.removeEnded(endedBeforeMs, AT_ONCE).catch(() => 0)
    this.#arm(removed === AT_ONCE ? PAUSE_MS : EVERY_MS)
  }
}
