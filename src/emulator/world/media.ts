/** The service-hosted media queue: plays and records take turns, in order, one at a time. */
import type { Operation } from './operations.ts'
import { results } from './results.ts'

/** One thing in the queue. */
export interface MediaItem {
  readonly operation: Operation
  /** Starts it; `done` is called once it has ended by itself. */
  start(done: () => void): void
  /** Stops it without a word to the bot. */
  stop(): void
  /** What its operation carries besides when it is cancelled. */
  readonly cancelledExtras: Readonly<Record<string, unknown>>
}

export class MediaQueue {
  #items: readonly MediaItem[] = []

  /** The item that plays or records now. */
  get running(): MediaItem | undefined {
    return this.#items[0]
  }

  add(item: MediaItem): void {
    this.#items = [...this.#items, item]
    if (this.running === item) this.#start(item)
  }

  /** Cancels what runs and what waits; each operation says so. */
  cancelAll(): void {
    const items = this.#items
    this.stopAll()
    for (const item of items) {
      const extras = { completionReason: 'operationCanceled', ...item.cancelledExtras }
      item.operation.finish({ status: 'failed', result: results.cancelled, extras })
    }
  }

  /** Stops everything silently, as when the call has ended. */
  stopAll(): void {
    const items = this.#items
    this.#items = []
    for (const item of items) item.stop()
  }

  #start(item: MediaItem): void {
    item.start(() => {
      this.#items = this.#items.filter((each) => each !== item)
      if (this.running) this.#start(this.running)
    })
  }
}
