/** A playPrompt in the media queue. */
import type { MediaInfo } from '../prompts.ts'
import type { Call } from './call.ts'
import type { MediaItem } from './media.ts'
import { Operation } from './operations.ts'
import { Playing } from './playing.ts'
import { results } from './results.ts'

export class Play implements MediaItem {
  readonly operation: Operation
  readonly cancelledExtras = {}
  readonly #call: Call
  readonly #prompts: readonly MediaInfo[]
  #playing: Playing | undefined

  constructor(call: Call, prompts: readonly MediaInfo[], clientContext: string | null | undefined) {
    this.#call = call
    this.#prompts = prompts
    this.operation = new Operation(call, 'playPromptOperation', 'running', clientContext)
  }

  /** The prompt a caller hears at this moment. */
  get playing(): Playing | undefined {
    return this.#playing
  }

  start(done: () => void): void {
    this.#playing = new Playing(this.#call, this.#prompts, (problem) => {
      this.operation.finish(
        problem
          ? { status: 'failed', result: problem }
          : { status: 'completed', result: results.completed },
      )
      done()
    })
  }

  stop(): void {
    this.#playing?.stop()
  }
}
