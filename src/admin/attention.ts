/** Whether anybody looks: while nobody does the engine tells nothing, and nothing is kept here. */
import type { Clock, Wake } from '../clock.ts'
import type { Observer, Observers } from '../telemetry/index.ts'

/** How long after the last look it is held to go on. */
const GLANCE_MS = 60_000

export type AttentionOptions = {
  readonly clock: Clock
  readonly observers: Observers
  readonly observe: Observer
  /** Whether a stream is open. */
  readonly isWatched: () => boolean
  /** Told when somebody looks after nobody did. */
  readonly began: () => void
  /** Told when nobody has looked for a while. */
  readonly ended: () => void
}

export class Attention {
  readonly #options: AttentionOptions
  #lookedMs = 0
  #leave: (() => void) | undefined
  #wake: Wake | undefined

  constructor(options: AttentionOptions) {
    this.#options = options
  }

  /** Somebody looks. */
  look(): void {
    const { clock, observers, observe, began } = this.#options
    this.#lookedMs = clock.now()
    if (this.#leave) return
    this.#leave = observers.add(observe)
    began()
    this.#expect()
  }

  close(): void {
    if (this.#wake) this.#options.clock.clearTimeout(this.#wake)
    this.#leave?.()
    this.#leave = undefined
  }

  #expect(): void {
    const { clock, isWatched, ended } = this.#options
    this.#wake = clock.setTimeout(() => {
      if (isWatched() || clock.now() - this.#lookedMs < GLANCE_MS) {
        this.#expect()
        return
      }
      this.close()
      ended()
    }, GLANCE_MS)
  }
}
