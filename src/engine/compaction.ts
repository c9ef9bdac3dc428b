/** Ended calls become small: their rows are packed once nobody is likely to speak of them again. */
import type { Store } from '../../snapshots/store.ts'
import type { Clock, Wake } from '../clock.ts'

/** An ended call is left as it is for this long: late notifications and people look at it most then. */
const REST_MS = 10 * 60_000

/** Calls packed in one transaction, nearly a millisecond each, and the pause before the next: turns come first. */
const AT_ONCE = 10
const PAUSE_MS = 100

/** After the store failed. */
const RETRY_MS = 60_000

export class Compaction {
  readonly #store: Store
  readonly #clock: Clock
  #wake: Wake | undefined
  #newestMs = 0
  #working: Promise<void> | undefined
  #isStopped = false

  constructor(store: Store, clock: Clock) {
    this.#store = store
    this.#clock = clock
  }

  /** A call has ended, in this process or one before: it is packed after its rest. */
  expect(): void {
    this.#newestMs = this.#clock.now()
    this.#arm(REST_MS)
  }

  /** Resolves when what is being packed is packed. */
  async settled(): Promise<void> {
    await this.#working
  }

  stop(): void {
    this.#isStopped = true
    if (this.#wake) this.#clock.clearTimeout(this.#wake)
  }

  #arm(waitMs: number): void {
    if (this.#isStopped) return
    this.#wake ??= this.#clock.setTimeout(() => {
      this.#wake = undefined
      this.#working = this.#pack()
    }, waitMs)
  }

  async #pack(): Promise<void> {
    try {
      const packed = await this.#store.compact(this.#clock.now() - REST_MS, AT_ONCE)
      if (packed === AT_ONCE) this.#arm(PAUSE_MS)
      else if (this.#newestMs >= this.#clock.now() - REST_MS) this.#arm(REST_MS)
    } catch {
      this.#arm(RETRY_MS)
    }
  }
}
