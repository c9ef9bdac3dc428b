/** Plays prompts one after another: fetched, checked, then as long as they last. */
import type { Wake } from '../../clock.ts'
import type { MediaInfo, Prompt } from '../prompts.ts'
import type { Call } from './call.ts'
import type { ResultInfo } from './results.ts'

export class Playing {
  readonly #call: Call
  readonly #done: (problem?: ResultInfo) => void
  #loaded = false
  #told = false
  #over = false
  #wake: Wake | undefined

  constructor(call: Call, prompts: readonly MediaInfo[], done: (problem?: ResultInfo) => void) {
    this.#call = call
    this.#done = done
    void this.#load(prompts)
  }

  /** Ends the playing now, or as soon as its prompts are fetched. */
  finish(): void {
    this.#told = true
    if (this.#loaded) this.#end()
  }

  /** Stops without a word to anyone. */
  stop(): void {
    this.#over = true
    if (this.#wake) this.#call.world.clock.clearTimeout(this.#wake)
  }

  async #load(prompts: readonly MediaInfo[]): Promise<void> {
    const { activity, prompts: store } = this.#call.world
    activity.begin()
    const loaded = await Promise.all(prompts.map((media) => store.load(this.#call.id, media)))
    this.#start(loaded)
    activity.end()
  }

  #start(prompts: readonly Prompt[]): void {
    this.#loaded = true
    const bad = prompts.find((prompt) => 'result' in prompt)
    if (bad) this.#end(bad.result)
    else if (this.#told) this.#end()
    else if (this.#call.world.switches.prompts === 'timed') this.#last(prompts)
  }

  #last(prompts: readonly Prompt[]): void {
    const durationMs = prompts.reduce(
      (sum, prompt) => sum + ('durationMs' in prompt ? prompt.durationMs : 0),
      0,
    )
    this.#wake = this.#call.world.clock.setTimeout(() => this.#end(), durationMs)
  }

  #end(problem?: ResultInfo): void {
    if (this.#over) return
    this.stop()
    this.#done(problem)
  }
}
