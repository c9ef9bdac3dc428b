/** A call from the caller's end: what the person on the line does, and what is true of the call. */
import type { CallTruth } from './callTruth.ts'
import { nameOf, truthOf } from './callTruth.ts'
import type { Delivery } from './deliveries.ts'
import { EmulatorError } from './errors.ts'
import type { Resource } from './notifications.ts'
import type { Tone } from './schemas.ts'
import { dialPadKey, toneOf } from './tones.ts'
import type { Call, CallState } from './world/call.ts'
import { callResource } from './world/callResource.ts'
import { changeShared, setSharing } from './world/contentSharing.ts'
import type { Person } from './world/directory.ts'
import { addByOther, escalate } from './world/escalation.ts'
import type { MediaItem } from './world/media.ts'
import { admit } from './world/outgoing.ts'
import type { Participant } from './world/participants.ts'
import { Play } from './world/play.ts'
import type { PolicyJoining } from './world/policyRecording.ts'
import { policyJoin, policyOf } from './world/policyRecording.ts'
import { Recorder } from './world/recorder.ts'
import type { ResultInfo } from './world/results.ts'
import { endings, results } from './world/results.ts'
import { transcribe } from './world/transcription.ts'

/** A handle on one call; every deed happens at once, deliveries follow. */
export class EmulatedCall {
  readonly #call: Call
  readonly #person: Person | undefined

  /** `person` is who acts when nobody is named: the other party of a P2P call. */
  constructor(call: Call, person?: Person) {
    this.#call = call
    this.#person = person
  }

  get id(): string {
    return this.#call.id
  }

  get state(): CallState {
    return this.#call.state
  }

  /** The bot's app id. */
  get appId(): string {
    return this.#call.app.id
  }

  /** Presses a key: `1`, `#`, `*`, or a tone such as `tone1`. Resolves when the bot has taken it, at once and unacknowledged when it has not asked for tones. */
  async press(key: string): Promise<Delivery> {
    const tone = this.#needTone(key)
    this.#needLive('press a key')
    this.#deed('pressed •')
    const recorder = this.#runningRecorder()
    recorder?.press(dialPadKey(tone))
    const delivery = this.#call.toneHeard(tone)
    return delivery ?? { acknowledged: false, attempts: 0 }
  }

  /** Ends the prompt playing now; throws `prompt.none` when there is none. */
  finishPrompt(): void {
    const { running } = this.#call.media
    const playing = hasPrompt(running) ? running.playing : undefined
    if (!playing) {
      throw new EmulatorError({
        code: 'prompt.none',
        what: `No prompt is playing in call ${this.id}, which is ${this.state}.`,
        fix: 'Wait until the bot has asked for playPrompt.',
      })
    }
    playing.finish()
  }

  /** Speaks for `durationMs`; only a running recording notices. */
  say(durationMs: number): void {
    this.#needLive('speak')
    this.#deed(`spoke for ${durationMs} ms`)
    this.#runningRecorder()?.hear(durationMs)
  }

  /** The caller (or the participant named) leaves; the call ends when it is a P2P call. */
  hangUp(who?: string): void {
    this.#needLive('hang up')
    const participant = this.#participant(who)
    this.#deed('hung up', participant.person)
    this.#call.conversation.leave(participant)
  }

  /** Same as `hangUp`, for somebody in a group. */
  leave(who: string): void {
    this.hangUp(who)
  }

  /** Somebody joins, to look on only when not `interactive`; a P2P call becomes a group call, and a bot that may not be in one is dropped. */
  join(who: string, interactive = true): void {
    this.#needLive('join')
    const person = this.#call.world.directory.person(who)
    this.#deed('joined', person)
    if (!this.#call.conversation.multiparty) escalate(this.#call, this.#participant().person)
    if (this.#call.live) this.#call.conversation.join(person, interactive)
  }

  /**
   * The other party of a P2P call adds somebody: it is a group call from now on, and it rings at theirs. Throws
   * `escalation.none` when it is one already, or they are in it.
   */
  escalate(who: string): void {
    this.#needLive('escalate')
    const adding = this.#participant()
    addByOther(this.#call, adding, this.#call.world.directory.person(who))
    this.#deed('escalated the call', adding.person)
  }

  mute(who?: string): void {
    this.#alter(who, 'muted', (participant) => {
      participant.muted = true
    })
  }

  unmute(who?: string): void {
    this.#alter(who, 'unmuted', (participant) => {
      participant.muted = false
      participant.serverMuted = false
    })
  }

  /** Starts, or with `false` stops, sharing the screen. */
  share(sharing = true, who?: string): void {
    this.#needLive('share')
    const participant = this.#participant(who)
    this.#deed(sharing ? 'shared the screen' : 'stopped sharing', participant.person)
    setSharing(this.#call.conversation, participant, sharing)
  }

  /** Shows something else on the shared screen; only bots that asked for content sharing are told. */
  changeShared(who?: string): void {
    this.#needLive('share')
    const participant = this.#participant(who)
    this.#deed('changed what is shared', participant.person)
    changeShared(this.#call.conversation, participant)
  }

  /** Turns the camera on or off. */
  camera(on = true, who?: string): void {
    this.#alter(who, on ? 'turned the camera on' : 'turned the camera off', (participant) => {
      participant.video = on ? 'sendReceive' : 'inactive'
    })
  }

  /** Puts the call on hold; how the bot learns of it is the switch `hold`. */
  hold(who?: string): void {
    this.#alter(who, 'held', (participant) => {
      participant.onHold = true
    })
    if (this.#holdsByState && this.state === 'established') this.#call.become('hold')
  }

  /** Takes the call back from hold. */
  resume(who?: string): void {
    this.#alter(who, 'resumed', (participant) => {
      participant.onHold = false
    })
    if (this.#holdsByState && this.state === 'hold') this.#call.become('established')
  }

  /** The service starts, or stops, transcribing the call. */
  transcribe(on = true): void {
    this.#needLive('transcribe')
    this.#deed(on ? 'started a transcription' : 'stopped the transcription')
    transcribe(this.#call.conversation, on, this.#call.world.clock.now())
  }

  /** The service ends the call for any reason that resultInfo can give. */
  end(result: Pick<ResultInfo, 'code' | 'subcode'>): void {
    this.#needLive('end the call')
    const { code, subcode } = result
    const known = Object.values(endings).find(
      (each) => each.code === code && each.subcode === subcode,
    )
    this.#call.endByFarEnd(known ?? { code, subcode, message: 'The call ended.' })
  }

  /** Another user of the recording policy joins; resolves when the bot has said what it does. */
  policyJoin(who: string): Promise<PolicyJoining> {
    this.#needLive('join')
    return policyJoin(this.#call, this.#call.world.directory.person(who))
  }

  /** A recorded user leaves: the bot is told, and the last one ends the call. */
  policyLeave(who: string): void {
    policyOf(this.#call)
    this.leave(who)
  }

  /** Somebody removes the bot from the call. */
  removeBot(): void {
    this.#needLive('remove the bot')
    this.#deed('removed the bot')
    this.#call.end(results.removed)
  }

  /** Lets the bot in from a meeting's lobby. */
  admit(): void {
    this.#needLive('be admitted')
    admit(this.#call)
  }

  /** Resolves once the call is in one of these states. */
  when(...states: CallState[]): Promise<void> {
    if (states.includes(this.state)) return Promise.resolve()
    return new Promise((resolve) => {
      const stop = this.#call.watch(() => {
        if (!states.includes(this.state)) return
        stop()
        resolve()
      })
    })
  }

  /** Who acts when nobody is named, as the roster's names have it: the other party, while in the call; where a call has none, whoever came first. */
  get party(): string | undefined {
    const participant = this.#find()
    return participant && nameOf(participant)
  }

  truth(): CallTruth {
    return truthOf(this.#call)
  }

  /** The call as a GET would return it. */
  resource(): Resource {
    return callResource(this.#call)
  }

  get #holdsByState(): boolean {
    return this.#call.world.switches.hold === 'state'
  }

  #alter(who: string | undefined, deed: string, change: (participant: Participant) => void): void {
    this.#needLive(deed)
    const participant = this.#participant(who)
    change(participant)
    this.#deed(deed, participant.person)
    this.#call.conversation.rosterChanged()
  }

  #find(who?: string): Participant | undefined {
    const { conversation, world } = this.#call
    const person = who === undefined ? this.#person : world.directory.person(who)
    if (person) return conversation.find(person)
    return [...conversation.participants.values()].find((each) => each.person)
  }

  #participant(who?: string): Participant {
    const found = this.#find(who)
    if (found) return found
    throw new EmulatorError({
      code: 'participant.unknown',
      what: `${who ?? 'The other party'} is not in call ${this.id}, which is ${this.state}.`,
      fix: 'Name somebody who is in the call.',
    })
  }

  #runningRecorder(): Recorder | undefined {
    const { running } = this.#call.media
    return running instanceof Recorder ? running : undefined
  }

  #needTone(key: string): Tone {
    const tone = toneOf(key)
    if (tone) return tone
    throw new EmulatorError({
      code: 'tone.unknown',
      what: 'That is not a key of a dial pad.',
      fix: 'Use 0-9, *, #, A-D, flash, or a tone such as tone1 or pound.',
    })
  }

  #needLive(deed: string): void {
    if (this.#call.live) return
    throw new EmulatorError({
      code: 'call.ended',
      what: `Nobody can do this (${deed}): call ${this.id} has ended.`,
      fix: 'Ring again.',
    })
  }

  #deed(action: string, person = this.#person): void {
    if (person) this.#call.world.deed(person, action, this.id)
  }
}

function hasPrompt(item: MediaItem | undefined): item is Play | Recorder {
  return item instanceof Play || item instanceof Recorder
}
