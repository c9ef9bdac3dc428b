/** What effects wait for: a retry, a look for evidence, the end of an operation. Each waits for one at a time. */
import type { Clock, Wake } from '../clock.ts'
import type { Owed } from '../engine/outbound.ts'

export class Wakes {
  readonly #clock: Clock
  readonly #waiting = new Map<string, { readonly key: string; readonly wake: Wake }>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Goes on with the effect after a while. */
  set({ key, id }: Owed, waitMs: number, goOn: () => void): void {
    const wake = this.#clock.setTimeout(() => {
      this.#waiting.delete(id)
      goOn()
    }, waitMs)
    this.#waiting.set(id, { key, wake })
  }

  /** Calls off what an effect waits for; tells whether it waited. */
  calm(id: string): boolean {
    const waiting = this.#waiting.get(id)
    if (waiting) this.#clock.clearTimeout(waiting.wake)
    return this.#waiting.delete(id)
  }

  /** The same for every effect of a call. */
  calmCall(key: string): void {
    for (const [id, waiting] of this.#waiting) if (waiting.key === key) this.calm(id)
  }

  /** The same for all. */
  calmAll(): void {
    for (const id of [...this.#waiting.keys()]) this.calm(id)
  }
}
