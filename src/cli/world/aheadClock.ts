/** The machine's own time, which can be moved ahead: what was due by then falls due on the way. */
import { type Clock, SystemClock, type Wake } from '../../clock.ts'

type Pending = Wake & { readonly wake: () => void; timer: Wake }

/** Wake-ups that one move may run into; beyond these time stands where it came to. */
const MOST_STEPS = 10_000

export class AheadClock implements Clock {
  readonly #machine: Clock
  /** In the order in which they were asked for. */
  readonly #pending = new Set<Pending>()
  #aheadMs = 0

  constructor(machine: Clock = new SystemClock()) {
    this.#machine = machine
  }

  /** How far it has been moved ahead of the machine's. */
  get aheadMs(): number {
    return this.#aheadMs
  }

  now(): number {
    return this.#machine.now() + this.#aheadMs
  }

  elapsedMs(): number {
    return this.#machine.elapsedMs()
  }

  setTimeout(wake: () => void, delayMs: number): Wake {
    const pending = this.#armed(wake, this.now() + Math.max(0, delayMs))
    this.#pending.add(pending)
    return pending
  }

  clearTimeout(wake: Wake): void {
    for (const pending of this.#pending) if (pending === wake) this.#drop(pending)
  }

  /**
   * Moves ahead by `ms`, stopping at everything that falls due on the way until `settled` resolves: what it
   * leads to then happens at its own time. Resolves to the time reached.
   */
  async advance(ms: number, settled: () => Promise<void>): Promise<number> {
    const toMs = this.now() + ms
    for (let steps = 0; steps < MOST_STEPS; steps++) {
      const next = this.#nextDue()
      if (!next || next.dueMs > toMs) {
        this.#moveTo(toMs)
        break
      }
      this.#moveTo(next.dueMs)
      this.#drop(next)
      next.wake()
      await settled()
    }
    this.#armAnew()
    return this.now()
  }

  #armed(wake: () => void, dueMs: number): Pending {
    const pending: Pending = { dueMs, wake, timer: { dueMs } }
    this.#arm(pending)
    return pending
  }

  #arm(pending: Pending): void {
    pending.timer = this.#machine.setTimeout(() => {
      this.#pending.delete(pending)
      pending.wake()
    }, pending.dueMs - this.now())
  }

  #drop(pending: Pending): void {
    this.#machine.clearTimeout(pending.timer)
    this.#pending.delete(pending)
  }

  /** After a move: what was armed for the machine's time is due sooner. */
  #armAnew(): void {
    for (const pending of this.#pending) {
      this.#machine.clearTimeout(pending.timer)
      this.#arm(pending)
    }
  }

  #moveTo(toMs: number): void {
    this.#aheadMs += Math.max(0, toMs - this.now())
  }

  #nextDue(): Pending | undefined {
    let next: Pending | undefined
    for (const pending of this.#pending) {
      if (!next || pending.dueMs < next.dueMs) next = pending
    }
    return next
  }
}
