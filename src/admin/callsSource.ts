/** The stream of all calls: rows as they change, told as they stand when the viewer is ready for them. */
import type { Book } from './book.ts'
import type { CallsFresh, CallsUpdate, Rates } from './protocol.ts'
import type { Pulse } from './pulse.ts'
import type { Said, Source } from './viewers.ts'

/** Rows in one event. */
const MOST_ROWS = 500

/** Calls that wait for a slow viewer; beyond this it is told to begin anew. */
const MOST_PENDING = 20_000

export type CallsSourceOptions = {
  readonly book: Book
  readonly pulse: Pulse
  readonly rates: () => Rates
  readonly now: () => number
}

export class CallsSource implements Source {
  readonly #options: CallsSourceOptions
  readonly #unlisten: () => void
  #pending = new Set<string>()
  #isStale = true
  #isDue = false
  #dropped = 0
  #ready = () => {}

  constructor(options: CallsSourceOptions) {
    this.#options = options
    this.#unlisten = options.pulse.listen((changed) => this.#note(changed))
  }

  get isReady(): boolean {
    return this.#isStale || this.#isDue
  }

  watch(ready: () => void): void {
    this.#ready = ready
  }

  close(): void {
    this.#unlisten()
  }

  async take(): Promise<Said> {
    this.#isDue = false
    if (this.#isStale) {
      this.#isStale = false
      this.#pending.clear()
      return { event: 'fresh', body: await this.#around() }
    }
    const keys = [...this.#pending].slice(0, MOST_ROWS)
    for (const key of keys) this.#pending.delete(key)
    const rows = await this.#options.book.rows(keys)
    if (this.#pending.size > 0) this.#isDue = true
    const body: CallsUpdate = { ...(await this.#around()), rows, dropped: this.#dropped }
    return { event: 'update', body }
  }

  async #around(): Promise<CallsFresh> {
    const { book, rates, now } = this.#options
    return { nowMs: now(), counts: await book.counts(), rates: rates() }
  }

  #note(changed: ReadonlySet<string>): void {
    for (const key of changed) {
      if (this.#pending.has(key)) this.#dropped += 1
      else this.#pending.add(key)
    }
    if (this.#pending.size > MOST_PENDING) {
      this.#dropped += this.#pending.size
      this.#pending.clear()
      this.#isStale = true
    }
    this.#isDue = true
    this.#ready()
  }
}
