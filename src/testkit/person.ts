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
  async join(where: TestCall | Meeting): Promise<void> {
    if ('conversation' in where) await this.#world.join(where, this.address)
    else await where.join(this.address)
  }

  /** Presses keys once the bot listens: `'1'`, `'*'`, `'#'`, or several at once. */
  async press(keys: string): Promise<void> {
    await (await this.#onCall()).press(keys)
  }

  /** Speaks for so long, once the bot records. */
  async say(durationMs: number): Promise<void> {
    await (await this.#onCall()).say(durationMs)
  }

  async mute(): Promise<void> {
    await (await this.#onCall()).mute(this.address)
  }

  async unmute(): Promise<void> {
    await (await this.#onCall()).unmute(this.address)
  }

  /** Puts the call on hold. */
  async hold(): Promise<void> {
    await (await this.#onCall()).hold(this.address)
  }

  /** Takes the call back from hold. */
  async resume(): Promise<void> {
    await (await this.#onCall()).resume(this.address)
  }

  /** Starts, or with `false` stops, sharing the screen. */
  async share(sharing = true): Promise<void> {
    await (await this.#onCall()).share(sharing, this.address)
  }

  /** Leaves a call of several; of a call of two, it is the end. */
  async leave(): Promise<void> {
    await (await this.#onCall()).leave(this.address)
  }

  async hangUp(): Promise<void> {
    await (await this.#onCall()).hangUp(this.address)
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
