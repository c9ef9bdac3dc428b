/** Knows whether work is in flight, so that simulated time moves only when nothing else does. */
import type { Clock } from '../clock.ts'

export class Activity {
  #running = 0
  #waiting: (() => void)[] = []

  begin(): void {
    this.#running++
  }

  end(): void {
    this.#running--
    if (this.#running > 0) return
    const waiting = this.#waiting
    this.#waiting = []
    for (const resume of waiting) resume()
  }

  /** Resolves when nothing is in flight; waiting for the clock does not count as work. */
  async idle(): Promise<void> {
    do {
      while (this.#running > 0) await new Promise<void>((resume) => this.#waiting.push(resume))
      // What just ended may be about to begin the next thing.
      await new Promise<void>((resume) => setImmediate(resume))
    } while (this.#running > 0)
  }

  /** Waits `delayMs` inside begun work. */
  sleep(clock: Clock, delayMs: number): Promise<void> {
    const woken = new Promise<void>((resume) => {
      clock.setTimeout(() => {
        // Begun before the sleeper runs: whoever moved the clock must not find us idle.
        this.begin()
        resume()
      }, delayMs)
    })
    this.end()
    return woken
  }
}
