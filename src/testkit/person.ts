/** A person of a test's world: rings, is rung, joins, and acts in the call they are on. */
import type { Meeting, Script } from '../emulator/index.ts'
import { CallchartError } from '../errors.ts'
import type { TestCall } from './testCall.ts'
import type { World } from './world.ts'

/**
 * Every deed waits until the person can do it, and resolves when the bot has done all it does at once.
 *
 * @example
 * const ann = world.person('ann@contoso.com')
 * await ann.join(call)
 * await ann.mute()
 */
export class Person {
  /** `ann@contoso.com`, `+14255550100`. */
  readonly address: string
  readonly #world: World

  constructor(world: World, address: string) {
    this.#world = world
    this.address = address
  }

  /** Sets what the person does when it rings: `answer` (default), `decline`, `ignore` or `manual`. */
  script(script: Script): void {
    this.#world.script(this.address, script)
  }

  /** Rings the bot. */
  ring(): Promise<TestCall> {
    return this.#world.ring({ from: this.address })
  }

  /** Picks up, once it rings. */
  pickUp(): Promise<void> {
    return this.#world.pickUp(this.address)
  }

  /** Declines, once it rings. */
  decline(): Promise<void> {
    return this.#world.decline(this.address)
  }

  /** Joins a call or a meeting; a peer-to-peer call becomes multiparty. */
  join(where: TestCall | Meeting): Promise<void> {
    return 'conversation' in where
      ? this.#world.join(where, this.address)
      : where.join(this.address)
  }

  /** Presses keys once the bot listens: `'1'`, `'*'`, `'#'`, or several at once. */
  press(keys: string): Promise<void> {
    return this.#act((call) => call.press(keys))
  }

  /** Speaks for so long, once the bot records. */
  say(durationMs: number): Promise<void> {
    return this.#act((call) => call.say(durationMs))
  }

  mute(): Promise<void> {
    return this.#act((call) => call.mute(this.address))
  }

  unmute(): Promise<void> {
    return this.#act((call) => call.unmute(this.address))
  }

  /** Puts the call on hold. */
  hold(): Promise<void> {
    return this.#act((call) => call.hold(this.address))
  }

  /** Takes the call back from hold. */
  resume(): Promise<void> {
    return this.#act((call) => call.resume(this.address))
  }

  /** Starts, or with `false` stops, sharing the screen. */
  share(sharing = true): Promise<void> {
    return this.#act((call) => call.share(sharing, this.address))
  }

  /** Leaves a call of several; of a call of two, it is the end. */
  leave(): Promise<void> {
    return this.#act((call) => call.leave(this.address))
  }

  hangUp(): Promise<void> {
    return this.#act((call) => call.hangUp(this.address))
  }

  /** The call that the person is on, the newest if several. Throws `person.nowhere` when on none. */
  get call(): TestCall {
    const found = this.#found()
    if (found) return found
    throw new CallchartError({
      code: 'person.nowhere',
      what: `${this.address} is on no call.`,
      fix: 'Let them ring, join, or be called first.',
    })
  }

  #act(deed: (call: TestCall) => Promise<void>): Promise<void> {
    return this.#world.deeds.begin(async () => deed(await this.#onCall()))
  }

  async #onCall(): Promise<TestCall> {
    if (!this.#found()) {
      await this.#world.until(`${this.address} is on a call`, () => this.#found() !== undefined)
    }
    return this.call
  }

  #found(): TestCall | undefined {
    const address = this.address.toLowerCase()
    return this.#world.calls.findLast(
      (call) =>
        call.state !== 'terminated' && call.truth().roster.some(({ name }) => name === address),
    )
  }
}
