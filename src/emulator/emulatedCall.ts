/** A call from the caller's end: what the person on the line does, and what is true of the call. */
import type { Delivery } from './deliveries.ts'
import { EmulatorError } from './errors.ts'
import type { Resource } from './notifications.ts'
import { hasAny, joinGroup } from './permissions.ts'
import type { Tone } from './schemas.ts'
import { dialPadKey, toneOf } from './tones.ts'
import type { Call, CallState } from './world/call.ts'
import { callResource } from './world/callResource.ts'
import type { ConversationKind } from './world/conversation.ts'
import type { Person } from './world/directory.ts'
import type { MediaItem } from './world/media.ts'
import { admit } from './world/outgoing.ts'
import type { Participant } from './world/participants.ts'
import { Play } from './world/play.ts'
import { Recorder } from './world/recorder.ts'
import type { ResultInfo } from './world/results.ts'
import { results } from './world/results.ts'

/** One entry of the true roster. */
export type RosterTruth = {
  readonly id: string
  readonly name: string
  readonly muted: boolean
  readonly sharing: boolean
  readonly inLobby: boolean
}

/** What is so, whatever anyone was told. */
export type CallTruth = {
  readonly id: string
  readonly state: CallState
  readonly direction: 'incoming' | 'outgoing'
  readonly topology: ConversationKind
  /** Whether the bot itself is muted. */
  readonly muted: boolean
  /** Whether the bot itself shares its screen. */
  readonly sharing: boolean
  readonly tonesSubscribed: boolean
  readonly recordingStatus: string
  /** The type of the operation that plays or records now, e.g. `playPromptOperation`. */
  readonly playing: string | undefined
  readonly roster: readonly RosterTruth[]
  readonly result: ResultInfo | undefined
}

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

  /** Somebody joins; a P2P call becomes a group call, and a bot that may not be in one is dropped. */
  join(who: string): void {
    this.#needLive('join')
    const person = this.#call.world.directory.person(who)
    this.#deed('joined', person)
    if (!this.#call.conversation.multiparty) this.#escalate()
    if (this.#call.live) this.#call.conversation.join(person)
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
    this.#alter(who, sharing ? 'shared the screen' : 'stopped sharing', (participant) => {
      participant.sharing = sharing
    })
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

  truth(): CallTruth {
    const call = this.#call
    return {
      id: call.id,
      state: call.state,
      direction: call.start.direction,
      topology: call.conversation.kind,
      muted: call.self.muted || call.self.serverMuted,
      sharing: call.self.sharing,
      tonesSubscribed: call.tonesSubscribed,
      recordingStatus: call.recordingStatus,
      playing: call.media.running?.operation.type,
      roster: [...call.conversation.participants.values()].map(rosterTruth),
      result: call.result,
    }
  }

  /** The call as a GET would return it. */
  resource(): Resource {
    return callResource(this.#call)
  }

  #escalate(): void {
    const call = this.#call
    call.conversation.escalate()
    call.rosterLive = call.world.switches.escalatedRoster === 'live'
    call.coordinates = coordinatesOf(call, this.#participant().person)
    if (hasAny(call.app.roles, joinGroup)) call.update(call.coordinates)
    else call.end(results.removed)
  }

  #alter(who: string | undefined, deed: string, change: (participant: Participant) => void): void {
    this.#needLive(deed)
    const participant = this.#participant(who)
    change(participant)
    this.#deed(deed, participant.person)
    this.#call.conversation.rosterChanged()
  }

  #participant(who?: string): Participant {
    const { conversation, world } = this.#call
    const person = who === undefined ? this.#person : world.directory.person(who)
    const others = [...conversation.participants.values()].filter((each) => each.person)
    const found = person ? conversation.find(person) : others[0]
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

function rosterTruth(participant: Participant): RosterTruth {
  const { application, applicationInstance } = participant.identity
  const bot = application ?? applicationInstance
  return {
    id: participant.id,
    name: participant.person?.address ?? participant.person?.id ?? bot?.displayName ?? 'bot',
    muted: participant.muted || participant.serverMuted,
    sharing: participant.sharing,
    inLobby: participant.inLobby,
  }
}

/** What a P2P call is given when it becomes a group call. */
function coordinatesOf(call: Call, organizer: Person | undefined): Resource {
  return {
    chatInfo: {
      '@odata.type': '#microsoft.graph.chatInfo',
      threadId: `19:${call.conversation.id}@thread.v2`,
      messageId: '0',
    },
    meetingInfo: {
      '@odata.type': '#microsoft.graph.organizerMeetingInfo',
      organizer: organizer ? call.world.directory.identity(organizer) : {},
    },
  }
}
