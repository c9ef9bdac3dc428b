/** The beat of the streams: what changes between two beats is told once, however often it changed. */
import type { Clock, Wake } from '../clock.ts'

/** Time between two beats, at least. */
const BEAT_MS = 250

/** How long after the last change rates still fall, and are told. */
const FADING_MS = 1_000

export type Beat = (changed: ReadonlySet<string>) => void

export class Pulse {
  readonly #clock: Clock
  /** Whether there is something to tell although no call has changed. */
  readonly #isFading: () => boolean
  readonly #listeners = new Set<Beat>()
  #changed = new Set<string>()
  #wake: Wake | undefined

  constructor(clock: Clock, isFading: () => boolean) {
    this.#clock = clock
    this.#isFading = isFading
  }

  /** Whether anybody listens. */
  get isHeard(): boolean {
    return this.#listeners.size > 0
  }

  /** A call has changed. */
  note(key: string): void {
    this.#changed.add(key)
    this.#arm(BEAT_MS)
  }

  /** Hears each beat; returns the function that ends it. */
  listen(beat: Beat): () => void {
    this.#listeners.add(beat)
    return () => this.#listeners.delete(beat)
  }

  stop(): void {
    if (this.#wake) this.#clock.clearTimeout(this.#wake)
    this.#listeners.clear()
  }

  /** A beat comes no later than asked for; one that is due sooner serves as well. */
  #arm(delayMs: number): void {
    if (this.#wake && this.#wake.dueMs <= this.#clock.now() + delayMs) return
    if (this.#wake) this.#clock.clearTimeout(this.#wake)
    this.#wake = this.#clock.setTimeout(() => {
      this.#wake = undefined
      const changed = this.#changed
      this.#changed = new Set()
      for (const listener of this.#listeners) listener(changed)
      if (this.#listeners.size > 0 && this.#isFading()) this.#arm(FADING_MS)
    }, delayMs)
  }
}
