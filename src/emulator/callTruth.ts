/** What is so in a call, whatever anyone was told. */
import type { Call, CallState } from './world/call.ts'
import type { ConversationKind } from './world/conversation.ts'
import type { Participant } from './world/participants.ts'
import type { ResultInfo } from './world/results.ts'

/** One entry of the true roster. */
export type RosterTruth = {
  readonly id: string
  readonly name: string
  readonly muted: boolean
  readonly sharing: boolean
  readonly inLobby: boolean
  readonly onHold: boolean
  /** Left out of the rosters that bots see. */
  readonly hidden: boolean
  /** Recorded by this call, under a policy. */
  readonly recorded: boolean
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

export function truthOf(call: Call): CallTruth {
  return {
    id: call.id,
    state: call.state,
    direction: call.start.direction,
    topology: call.conversation.kind,
    muted: call.self.muted || call.self.serverMuted,
    sharing: call.self.sharing,
    tonesSubscribed: call.tonesSubscribed,
    recordingStatus: call.self.recordingStatus,
    playing: call.media.running?.operation.type,
    roster: [...call.conversation.participants.values()].map((each) => rosterTruth(call, each)),
    result: call.result,
  }
}

function rosterTruth(call: Call, participant: Participant): RosterTruth {
  return {
    id: participant.id,
    name: nameOf(participant),
    muted: participant.muted || participant.serverMuted,
    sharing: participant.sharing,
    inLobby: participant.inLobby,
    onHold: participant.onHold,
    hidden: participant.hidden,
    recorded: call.policy?.records(participant) ?? false,
  }
}

/** What a participant is called: an address, else an id, else a bot's display name. */
export function nameOf({ person, identity }: Participant): string {
  const bot = identity.application ?? identity.applicationInstance
  return person?.address ?? person?.id ?? bot?.displayName ?? 'bot'
}
