/** The clock seam: everything that waits or tells the time takes one of these as a parameter. */

/** A pending wake-up; give it back to `clearTimeout` to call it off. */
export type Wake = { readonly dueMs: number }

/** Where time comes from: the system's clock in production, a simulated one in tests. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Milliseconds, with fractions, since a moment of its own; never set back. For how long something took. */
  elapsedMs(): number
  /** Calls `wake` once, `delayMs` from now (a negative delay counts as zero). */
  setTimeout(wake: () => void, delayMs: number): Wake
  /** Calls a wake-up off; one that has already run is ignored. */
  clearTimeout(wake: Wake): void
}

/** Resolves when so much time has passed. */
export function pause(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => void clock.setTimeout(resolve, ms))
}

/** The longest delay a Node timer can hold; longer ones are chained. */
const LONGEST_DELAY_MS = 2_147_483_647

class SystemWake implements Wake {
  timer: NodeJS.Timeout | undefined
  readonly dueMs: number
  constructor(dueMs: number) {
    this.dueMs = dueMs
  }
}

/** The machine's own clock. Its timers do not keep a process alive that has nothing else to do. */
export class SystemClock implements Clock {
  now(): number {
    return Date.now()
  }

  elapsedMs(): number {
    return performance.now()
  }

  setTimeout(wake: () => void, delayMs: number): Wake {
    const pending = new SystemWake(this.now() + delayMs)
    const arm = () => {
      const leftMs = Math.max(0, pending.dueMs - this.now())
      pending.timer = setTimeout(
        leftMs > LONGEST_DELAY_MS ? arm : wake,
        Math.min(leftMs, LONGEST_DELAY_MS),
      )
      pending.timer.unref()
    }
    arm()
    return pending
  }

  clearTimeout(wake: Wake): void {
    if (wake instanceof SystemWake) clearTimeout(wake.timer)
  }
}

class SimulatedWake implements Wake {
  readonly dueMs: number
  readonly order: number
  readonly wake: () => void
  constructor(dueMs: number, order: number, wake: () => void) {
    this.dueMs = dueMs
    this.order = order
    this.wake = wake
  }
}

/** A clock that stands still until told to move; wake-ups run in order of due time, then of request. */
export class SimulatedClock implements Clock {
  #nowMs: number
  #order = 0
  readonly #wakes = new Set<SimulatedWake>()

  constructor(startMs = Date.UTC(2026, 0, 1)) {
    this.#nowMs = startMs
  }

  now(): number {
    return this.#nowMs
  }

  elapsedMs(): number {
    return this.#nowMs
  }

  setTimeout(wake: () => void, delayMs: number): Wake {
    const pending = new SimulatedWake(this.#nowMs + Math.max(0, delayMs), this.#order++, wake)
    this.#wakes.add(pending)
    return pending
  }

  clearTimeout(wake: Wake): void {
    if (wake instanceof SimulatedWake) this.#wakes.delete(wake)
  }

  /** When the next wake-up is due, or `undefined` when nothing waits. */
  nextDueMs(): number | undefined {
    return this.#next()?.dueMs
  }

  /** Moves time to `toMs`, running each wake-up at its own due time. */
  moveTo(toMs: number): void {
    for (let next = this.#next(); next && next.dueMs <= toMs; next = this.#next()) {
      this.#nowMs = Math.max(this.#nowMs, next.dueMs)
      this.#wakes.delete(next)
      next.wake()
    }
    this.#nowMs = Math.max(this.#nowMs, toMs)
  }

  #next(): SimulatedWake | undefined {
    let next: SimulatedWake | undefined
    for (const wake of this.#wakes) {
      if (
        !next ||
        wake.dueMs < next.dueMs ||
        (wake.dueMs === next.dueMs && wake.order < next.order)
      )
        next = wake
    }
    return next
  }
}
