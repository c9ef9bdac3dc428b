/** A pace: how much work may begin in a while. What comes beyond it waits in order. */
import type { Clock } from '../clock.ts'

/** Work is let begin in portions of this length: often enough to be smooth, seldom enough to cost nothing. */
const TICK_MS = 100

/** A token bucket of one tick's size, filled by the clock; while nothing is asked of it no timer runs. */
export class Pace {
  readonly #perTick: number
  readonly #clock: Clock
  readonly #waiting: (() => void)[] = []
  #left: number
  #isTicking = false

  constructor(perSecond: number, clock: Clock) {
    this.#perTick = Math.max(1, Math.floor((perSecond * TICK_MS) / 1_000))
    this.#left = this.#perTick
    this.#clock = clock
  }

  /** Begins the work as soon as the pace allows: at once, if nobody waits. */
  admit(work: () => void): void {
    this.#waiting.push(work)
    this.#begin()
  }

  #begin(): void {
    for (; this.#left > 0; this.#left -= 1) {
      const work = this.#waiting.shift()
      if (!work) break
      work()
    }
    this.#fillLater()
  }

  #fillLater(): void {
    if (this.#isTicking || this.#left === this.#perTick) return
    this.#isTicking = true
    this.#clock.setTimeout(() => {
      this.#isTicking = false
      this.#left = this.#perTick
      this.#begin()
    }, TICK_MS)
  }
}
