/** Durable timers: one wake-up for the soonest, however many are stored. */
import type { DueTimer, Store } from '../../snapshots/store.ts'
import type { Clock, Wake } from '../clock.ts'

/** Timers read and fired in one go; the rest follow at once. */
const PAGE = 500

/** How long to wait before firing again what could not be read, or not be heard; so much a page of it. */
const RETRY_MS = 1_000
const LONGEST_RETRY_MS = 10_000

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
  /** The soonest that it is for: what fell due before has had its chance. */
  #soonestMs = Number.POSITIVE_INFINITY
  #retry: Wake | undefined
  /** When that is by the clock's `elapsedMs`, which nobody sets. */
  #wakesMs = 0
  readonly #firing = new Set<Promise<void>>()
  #stopped = false

  constructor(options: TimersOptions) {
    this.#options = options
  }

  /** Makes sure to wake at `dueMs` or before. */
  arm(dueMs: number): void {
    const isSooner = dueMs < this.#soonestMs
    if (this.#stopped || !(isSooner || this.#isMisled())) return
    const soonestMs = Math.min(dueMs, this.#soonestMs)
    const { clock } = this.#options
    const delayMs = Math.max(0, soonestMs - clock.now())
    if (this.#wake) clock.clearTimeout(this.#wake)
    this.#wakesMs = clock.elapsedMs() + delayMs
    this.#soonestMs = soonestMs
    this.#wake = clock.setTimeout(() => {
      this.#wake = undefined
      this.#soonestMs = Number.POSITIVE_INFINITY
      this.#fire(soonestMs)
    }, delayMs)
  }

  /** Whether the clock was set ahead since: a wake-up comes after the time it was set for, not at it. */
  #isMisled(): boolean {
    const { clock } = this.#options
    const dueInMs = Math.max(0, this.#soonestMs - clock.now())
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
    for (const wake of [this.#wake, this.#retry]) {
      if (wake) this.#options.clock.clearTimeout(wake)
    }
  }

  async stop(): Promise<void> {
    this.halt()
    await this.settled()
  }

  #fire(fromMs: number): void {
    const firing = this.#fireDue(fromMs).finally(() => this.#firing.delete(firing))
    this.#firing.add(firing)
  }

  /** Never rejects: what the store cannot give now is asked for again. */
  async #fireDue(fromMs: number): Promise<void> {
    const { store, clock } = this.#options
    const nowMs = clock.now()
    let failed = 0
    try {
      failed = await this.#firePages(fromMs, nowMs)
      // A clock that was set back meanwhile has let some of them wait.
      const nextMs = await store.nextDueMs(Math.min(nowMs, clock.now()))
      if (nextMs !== undefined) this.arm(nextMs)
      if (failed === 0) return
    } catch {
      // The commits that fail on the same store tell why.
    }
    this.#retryLater(failed)
  }

  /** Resolves to how many could not fire: they stay stored, and those after them do not wait for them. */
  async #firePages(fromMs: number, nowMs: number): Promise<number> {
    const { store, fire } = this.#options
    let failed = 0
    for (;;) {
      const due = await store.dueTimers(nowMs, PAGE, fromMs, failed)
      const fired = await Promise.allSettled(due.map((timer) => fire(timer)))
      failed += fired.filter(({ status }) => status === 'rejected').length
      if (due.length < PAGE || this.#stopped) return failed
    }
  }

  #retryLater(failed: number): void {
    if (this.#retry || this.#stopped) return
    const pages = Math.max(1, Math.ceil(failed / PAGE))
    const delayMs = Math.min(pages * RETRY_MS, LONGEST_RETRY_MS)
    this.#retry = this.#options.clock.setTimeout(() => {
      this.#retry = undefined
      this.#fire(Number.NEGATIVE_INFINITY)
    }, delayMs)
  }
}
