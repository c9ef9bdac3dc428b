/** A call as a test acts in it: the person at the other end, and what Graph holds to be true. */
import type { EmulatedCall } from '../emulator/index.ts'
import type { World } from './world.ts'

/** Every deed resolves when the bot has done all it does at once. */
export class TestCall {
  readonly #world: World
  readonly #call: EmulatedCall

  constructor(world: World, call: EmulatedCall) {
    this.#world = world
    this.#call = call
  }

  get id(): string {
    return this.#call.id
  }

  /** Graph's state of the call. */
  get state(): string {
    return this.#call.state
  }

  /** What is so on Graph's side, whatever the bot was told. */
  truth(): ReturnType<EmulatedCall['truth']> {
    return this.#call.truth()
  }

  /** Presses keys once the bot listens: `'1'`, `'*'`, `'#'`, or several at once. */
  async press(keys: string): Promise<void> {
    await this.#world.until('the bot has subscribed to tones', () => this.truth().tonesSubscribed)
    for (const key of keys) {
      // Not waited for: its way to the bot takes time, which only the world lets pass.
      void this.#call.press(key)
      await this.#world.settle()
    }
  }

  /** The prompt now playing comes to its end. */
  async finishPrompt(): Promise<void> {
    await this.#world.until(
      'the bot plays a prompt',
      () => this.truth().playing === 'playPromptOperation',
    )
    this.#call.finishPrompt()
    await this.#world.settle()
  }

  /** The person hangs up. */
  async hangUp(): Promise<void> {
    this.#call.hangUp()
    await this.#world.settle()
  }

  /** Somebody else joins: a peer-to-peer call becomes multiparty. */
  async join(who: string): Promise<void> {
    this.#call.join(who)
    await this.#world.settle()
  }

  async leave(who: string): Promise<void> {
    this.#call.leave(who)
    await this.#world.settle()
  }

  async mute(who?: string): Promise<void> {
    this.#call.mute(who)
    await this.#world.settle()
  }

  async unmute(who?: string): Promise<void> {
    this.#call.unmute(who)
    await this.#world.settle()
  }

  async share(sharing = true, who?: string): Promise<void> {
    this.#call.share(sharing, who)
    await this.#world.settle()
  }
}
