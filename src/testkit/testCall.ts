/** A call as a test acts in it: the people at the other end, and what Graph holds to be true. */

import { calling } from '../code.ts'
import type { EmulatedCall, PolicyJoining } from '../emulator/index.ts'
import type { AskedEffect } from './held.ts'
import { sim } from './script/transcript.ts'
import type { World } from './world.ts'

/** Every deed resolves when the bot has done all it does at once; see `Deeds` for one that nobody waits for. */
export class TestCall {
  readonly #world: World
  readonly #call: EmulatedCall
  readonly #name: string

  /** `name` is what a script of this world calls it. */
  constructor(world: World, call: EmulatedCall, name: string) {
    this.#world = world
    this.#call = call
    this.#name = name
  }

  get id(): string {
    return this.#call.id
  }

  /** Graph's state of the call. */
  get state(): string {
    return this.#call.state
  }

  /** Who acts when nobody is named: the caller or whoever was called, while in the call. */
  get party(): string | undefined {
    return this.#call.party
  }

  /** The active states of the bot's chart, as the disk holds them: `['scenario.choosing', 'audio.unmuted', …]`. */
  get states(): readonly string[] {
    return this.#world.held(this.id)?.states ?? []
  }

  /** The types of all events that the chart has heard, and of the facts it made of them, in order. */
  get heard(): readonly string[] {
    const key = this.#world.held(this.id)?.key
    return this.#world.records.flatMap((record) =>
      record.kind === 'turned' && record.key === key
        ? [...new Set([record.event, ...record.taken.map(({ eventType }) => eventType)])]
        : [],
    )
  }

  /** Everything that the chart has asked for, in order. */
  get asked(): readonly AskedEffect[] {
    return this.#world.held(this.id)?.asked ?? []
  }

  /** Graph's actions the bot has asked for about this call, in order: those on it, not what placed it. */
  get requests(): readonly string[] {
    return this.#world.emulator.record.flatMap((entry) =>
      entry.kind === 'request' && entry.callId === this.id && entry.verb !== 'GET'
        ? [entry.method]
        : [],
    )
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
  press(keys: string): Promise<void> {
    return this.#world.deeds.begin(async () => {
      this.#write('press', [keys], sim('press', keys))
      await this.#world.comesAbout(
        'the bot has subscribed to tones or records',
        () => this.truth().tonesSubscribed || this.truth().playing === 'recordOperation',
      )
      for (const key of keys) {
        await this.#onItsWay(this.#call.press(key))
      }
    })
  }

  /** The prompt now playing, that of a recording too, comes to its end. */
  finishPrompt(): Promise<void> {
    return this.#world.deeds.begin(async () => {
      this.#write('finishPrompt', [], sim('finish-prompt'))
      await this.#world.comesAbout(
        'the bot plays a prompt',
        () => this.truth().playing !== undefined,
      )
      this.#call.finishPrompt()
      await this.#world.passage.settle()
    })
  }

  /** The person speaks for so long, once the bot records. */
  say(durationMs: number): Promise<void> {
    return this.#world.deeds.begin(async () => {
      this.#write('say', [durationMs], sim('say', durationMs))
      await this.#world.comesAbout(
        'the bot records',
        () => this.truth().playing === 'recordOperation',
      )
      this.#call.say(durationMs)
      await this.#world.passage.settle()
    })
  }

  /** The person, or whoever is named, hangs up. */
  hangUp(who?: string): Promise<void> {
    return this.#act('hangUp', [who], sim('hangup', who), () => this.#call.hangUp(who))
  }

  /** Somebody else joins: a peer-to-peer call becomes multiparty. */
  join(who: string): Promise<void> {
    return this.#act('join', [who], sim('join', who), () => this.#call.join(who))
  }

  /** The other party of a peer-to-peer call adds somebody: it becomes multiparty, and they are rung. */
  escalate(who: string): Promise<void> {
    return this.#act('escalate', [who], sim('escalate', who), () => this.#call.escalate(who))
  }

  leave(who: string): Promise<void> {
    return this.#act('leave', [who], sim('leave', who), () => this.#call.leave(who))
  }

  mute(who?: string): Promise<void> {
    return this.#act('mute', [who], sim('mute', who), () => this.#call.mute(who))
  }

  unmute(who?: string): Promise<void> {
    return this.#act('unmute', [who], sim('unmute', who), () => this.#call.unmute(who))
  }

  /** Puts the call on hold. */
  hold(who?: string): Promise<void> {
    return this.#act('hold', [who], sim('hold', who), () => this.#call.hold(who))
  }

  /** Takes the call back from hold. */
  resume(who?: string): Promise<void> {
    return this.#act('resume', [who], sim('resume', who), () => this.#call.resume(who))
  }

  /** Starts, or with `false` stops, sharing the screen. */
  share(sharing = true, who?: string): Promise<void> {
    const command = sim('share', who, sharing ? undefined : '--stop')
    const given = who !== undefined || !sharing ? [sharing, who] : []
    return this.#act('share', given, command, () => this.#call.share(sharing, who))
  }

  /** One more user of the recording policy joins; resolves to how the bot took it. */
  policyJoin(who: string): Promise<PolicyJoining> {
    return this.#world.deeds.begin(async () => {
      this.#write('policyJoin', [who])
      const joining = this.#call.policyJoin(who)
      await this.#onItsWay(joining)
      return joining
    })
  }

  /** Somebody whom the bot records leaves. */
  policyLeave(who: string): Promise<void> {
    return this.#act('policyLeave', [who], undefined, () => this.#call.policyLeave(who))
  }

  /** Lets the bot in from a meeting's lobby. */
  admit(): Promise<void> {
    return this.#act('admit', [], sim('admit'), () => this.#call.admit())
  }

  /** Somebody removes the bot from the call. */
  removeBot(): Promise<void> {
    return this.#act('removeBot', [], sim('remove-bot'), () => this.#call.removeBot())
  }

  #act(
    deed: string,
    given: readonly unknown[],
    command: string | undefined,
    act: () => void,
  ): Promise<void> {
    return this.#world.deeds.begin(async () => {
      this.#write(deed, given, command)
      act()
      await this.#world.passage.settle()
    })
  }

  /** What takes time needs the world to let it pass; that it cannot be done shows at once. */
  async #onItsWay(work: Promise<unknown>): Promise<void> {
    const settled = this.#world.passage.settle()
    await Promise.race([work, settled])
    await settled
  }

  #write(deed: string, given: readonly unknown[], command?: string): void {
    this.#world.transcript.write(`await ${calling(`${this.#name}.${deed}`, ...given)}`, command)
  }
}
