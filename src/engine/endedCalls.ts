/** What becomes of calls that have ended: packed after a rest, and removed when their time is over. */
import type { Store } from '../../snapshots/store.ts'
import type { Clock } from '../clock.ts'
import { Compaction } from './compaction.ts'
import { Retention } from './retention.ts'

export class EndedCalls {
  readonly #compaction: Compaction
  readonly #retention: Retention

  /** Without `retentionDays` nothing is ever removed. */
  constructor(store: Store, clock: Clock, retentionDays: number | undefined) {
    this.#compaction = new Compaction(store, clock)
    this.#retention = new Retention(store, clock, retentionDays)
  }

  start(): void {
    this.expect()
    this.#retention.start()
  }

  /** A call has ended, in this process or one before. */
  expect(): void {
    this.#compaction.expect()
  }

  /** Resolves when what is at work is done. */
  async settled(): Promise<void> {
    await this.#compaction.settled()
    await this.#retention.settled()
  }

  stop(): void {
    this.#compaction.stop()
    this.#retention.stop()
  }
}
