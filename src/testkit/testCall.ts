/** A call as a test acts in it: the person at the other end, and what Graph holds to be true. */
import type { EmulatedCall, PolicyJoining } from '../emulator/index.ts'
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

  /** What the bot's chart remembers of the call, as the disk holds it: its own values under `bot`. */
  context(): Promise<unknown> {
    return this.#world.contextOf(this.id)
  }

  /** Presses keys once the bot listens: `'1'`, `'*'`, `'#'`, or several at once. */
  async press(keys: string): Promise<void> {
    await this.#world.until(
      'the bot has subscribed to tones or records',
      () => this.truth().tonesSubscribed || this.truth().playing === 'recordOperation',
    )
    for (const key of keys) {
      // Not waited for: its way to the bot takes time, which only the world lets pass.
      void this.#call.press(key)
      await this.#world.settle()
    }
  }

  /** The prompt now playing, that of a recording too, comes to its end. */
  async finishPrompt(): Promise<void> {
    await this.#world.until('the bot plays a prompt', () => this.truth().playing !== undefined)
    this.#call.finishPrompt()
    await this.#world.settle()
  }

  /** The person speaks for so long, once the bot records. */
  async say(durationMs: number): Promise<void> {
    await this.#world.until('the bot records', () => this.truth().playing === 'recordOperation')
    this.#call.say(durationMs)
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

  /** One more user of the recording policy joins; resolves to how the bot took it. */
  async policyJoin(who: string): Promise<PolicyJoining> {
    const joining = this.#call.policyJoin(who)
    await this.#world.settle()
    return joining
  }

  /** Somebody whom the bot records leaves. */
  async policyLeave(who: string): Promise<void> {
    this.#call.policyLeave(who)
    await this.#world.settle()
  }

  async share(sharing = true, who?: string): Promise<void> {
    this.#call.share(sharing, who)
    await this.#world.settle()
  }
}
