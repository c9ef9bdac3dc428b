/** A simulated clock that can be set, as a machine's can: what waits goes on waiting as long as it asked. */
import { SimulatedClock } from '../src/clock.ts'

export class SettableClock extends SimulatedClock {
  aheadMs = 0

  override now(): number {
    return super.now() + this.aheadMs
  }

  override elapsedMs(): number {
    return super.now()
  }
}
