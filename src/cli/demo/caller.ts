/** A caller of the front desk who can be asked to wait at any stage of the call. */
import type { EmulatedCall, Emulator } from '../../emulator/index.ts'

/** How far a call has come, as its caller sees it. */
export type Stage = 'ringing' | 'connected' | 'prompt' | 'choosing' | 'transferring' | 'ended'

export class Caller {
  readonly #call: EmulatedCall
  /** Where the caller does nothing until told to go on. */
  #waitsAt: Stage | undefined
  #heard = false
  #pressed = false

  /** Rings. */
  constructor(emulator: Emulator, from: string, waitsAt?: Stage) {
    this.#waitsAt = waitsAt
    this.#call = emulator.ring({ from })
    emulator.events(() => this.#react())
  }

  get stage(): Stage {
    const { state, playing, tonesSubscribed } = this.#call.truth()
    if (state === 'terminated') return 'ended'
    if (state === 'transferring' || state === 'transferAccepted') return 'transferring'
    if (state === 'incoming') return 'ringing'
    if (playing) return 'prompt'
    return tonesSubscribed ? 'choosing' : 'connected'
  }

  /** Whether the caller has come to where it waits. */
  get waits(): boolean {
    return this.stage === this.#waitsAt
  }

  goOn(): void {
    this.#waitsAt = undefined
    this.#react()
  }

  #react(): void {
    if (this.waits) return
    if (this.stage === 'prompt' && !this.#heard) {
      this.#heard = true
      this.#call.finishPrompt()
    }
    if (this.stage === 'choosing' && !this.#pressed) {
      this.#pressed = true
      void this.#call.press('1')
    }
  }
}
