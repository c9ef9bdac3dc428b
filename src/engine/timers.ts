/** Durable timers: one wake-up for the soonest, however many are stored. */
import type { DueTimer, Store } from '../../snapshots/store.ts'
import type { Clock, Wake } from '../clock.ts'

/** Timers fired in one go; the rest follow at once. */
const PAGE = 500

/** How long to wait before firing again what could not be read, or not be heard. */
const RETRY_MS = 1_000

/** A wake-up that comes this much too late is asked for anew. */
const MISLED_MS = 1_000

export type TimersOptions = {
  readonly store: Pick<Store, 'dueTimers' | 'nextDueMs'>
  readonly clock: Clock
  /** Fires one timer; resolves when that is durable. */
  readonly fire: (timer: DueTimer) => Promise<void>
}

/** Wakes when the soonest timer of any call is due. */
export class Timers {
  readonly #options: TimersOptions
  #wake: Wake | undefined
  /** When that is by the clock's `elapsedMs`, which nobody sets. */
  #wakesMs = 0
  readonly #firing = new Set<Promise<void>>()
  #stopped = false

  constructor(options: TimersOptions) {
    this.#options = options
  }

  /** Makes sure to wake at `dueMs` or before. */
  arm(dueMs: number): void {
    const soonestMs = Math.min(dueMs, this.#wake?.dueMs ?? dueMs)
    if (this.#stopped || (this.#wake?.dueMs === soonestMs && !this.#isMisled())) return
    const { clock } = this.#options
    const delayMs = Math.max(0, soonestMs - clock.now())
    if (this.#wake) clock.clearTimeout(this.#wake)
    this.#wakesMs = clock.elapsedMs() + delayMs
    this.#wake = clock.setTimeout(() => {
      this.#wake = undefined
      const firing = this.#fireDue().finally(() => this.#firing.delete(firing))
      this.#firing.add(firing)
    }, delayMs)
  }

  /** Whether the clock was set ahead since: a wake-up comes after the time it was set for, not at it. */
  #isMisled(): boolean {
    const { clock } = this.#options
    const dueInMs = (this.#wake?.dueMs ?? 0) - clock.now()
    return this.#wakesMs - clock.elapsedMs() - dueInMs > MISLED_MS
  }

  /** Arms for the soonest stored timer; overdue ones fire at once. */
  async start(): Promise<void> {
    const dueMs = await this.#options.store.nextDueMs()
    if (dueMs !== undefined) this.arm(dueMs)
  }

  /** Resolves when the timers now firing have fired. */
  async settled(): Promise<void> {
    while (this.#firing.size > 0) await Promise.all(this.#firing)
  }

  /** Fires nothing more. */
  halt(): void {
    this.#stopped = true
    if (this.#wake) this.#options.clock.clearTimeout(this.#wake)
  }

  async stop(): Promise<void> {
    this.halt()
    await this.settled()
  }

  /** Never rejects: what the store cannot give now is asked for again. */
  async #fireDue(): Promise<void> {
    const { store, clock, fire } = this.#options
    const nowMs = clock.now()
    try {
      const due = await store.dueTimers(nowMs, PAGE)
      const fired = await Promise.allSettled(due.map((timer) => fire(timer)))
      const allFired = fired.every(({ status }) => status === 'fulfilled')
      // What could not fire is still the soonest; those after it must not wait for it.
      const nextMs = await store.nextDueMs(allFired ? undefined : nowMs)
      if (nextMs !== undefined) this.arm(nextMs)
      if (allFired) return
    } catch {
      // The commits that fail on the same store tell why.
    }
    this.arm(clock.now() + RETRY_MS)
  }
}
