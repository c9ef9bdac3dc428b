/** How time passes in a world: only when all is quiet, from one moment at which something is due to the next. */
import type { SimulatedClock } from '../clock.ts'
import { CallchartError } from '../errors.ts'
import type { SimulatedNetwork } from './simulation/network.ts'
import { quiet } from './simulation/quiet.ts'

/** How much simulated time may pass while a test waits for something to come about. */
export const PATIENCE_MS = 2 * 60_000

/** How often something may be due at one and the same moment. */
const STEPS_AT_ONCE = 1_000

export class Passage {
  readonly #clock: SimulatedClock
  readonly #network: SimulatedNetwork
  #stepsAtOnce = 0

  constructor(clock: SimulatedClock, network: SimulatedNetwork) {
    this.#clock = clock
    this.#network = network
  }

  /** Lets everything end that needs no time at all. */
  async still(): Promise<void> {
    await quiet()
    this.#network.depart()
  }

  /** Lets everything happen that needs no more time than the network takes. */
  async settle(): Promise<void> {
    await this.still()
    while (this.#network.busy) await this.#step(Number.POSITIVE_INFINITY)
  }

  /** Lets time pass, each thing that falls due at its own moment. */
  async advance(ms: number): Promise<void> {
    const toMs = this.#clock.now() + ms
    await this.still()
    while (await this.#step(toMs));
    this.#clock.moveTo(toMs)
  }

  /** Lets time pass until something is so; resolves to whether it came about in time. */
  async until(isSo: () => boolean): Promise<boolean> {
    const toMs = this.#clock.now() + PATIENCE_MS
    await this.settle()
    while (!isSo()) if (!(await this.#step(toMs))) return false
    return true
  }

  /** Moves to the next moment at which anything is due, unless that is after `toMs`. */
  async #step(toMs: number): Promise<boolean> {
    const dueMs = this.#clock.nextDueMs()
    if (dueMs === undefined || dueMs > toMs) return false
    this.#refuseStandstill(dueMs)
    this.#clock.moveTo(dueMs)
    await this.still()
    return true
  }

  #refuseStandstill(dueMs: number): void {
    this.#stepsAtOnce = dueMs > this.#clock.now() ? 0 : this.#stepsAtOnce + 1
    if (this.#stepsAtOnce <= STEPS_AT_ONCE) return
    throw new CallchartError({
      code: 'world.standstill',
      what: `Something is due again and again at the same moment, ${STEPS_AT_ONCE} times by now.`,
      fix: 'Look at world.records for what goes round in a circle.',
    })
  }
}
