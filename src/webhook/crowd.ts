/** How many posts may be inside at once: whoever comes beyond that is sent away before any work is done. */

/**
 * Counts who is inside. Checking a token costs more than most turns, so under too much load the crowd waits
 * here, not in the engine's own intake.
 */
export class Crowd {
  readonly #limit: number
  #inside = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  /** Lets one more in, who must `leave`; false when it is full. */
  enter(): boolean {
    if (this.#inside >= this.#limit) return false
    this.#inside += 1
    return true
  }

  leave(): void {
    this.#inside -= 1
  }
}
