/**
 * Graph's words: the shapes of the cloud-communications API that charts speak about. Objects are open,
 * because Graph adds members without notice; members documented for beta only are said to be.
 */
import type {
  CallDirection,
  CallState,
  CallTranscriptionState,
  MediaState,
  Modality,
  Open,
  OperationStatus,
  PromptCompletionReason,
  RecordCompletionReason,
  RoutingMode,
  RoutingPolicy,
  RoutingType,
  Tone,
} from './enums.ts'
import type { Json, Maybe } from './json.ts'
import type {
  IdentitySet,
  InvitationParticipantInfo,
  Participant,
  ParticipantInfo,
} from './people.ts'

export * from './enums.ts'
export type * from './json.ts'
export type * from './people.ts'

/** Graph's `resultInfo`, with code and subcode read as numbers however they were written. */
export type ResultInfo = {
  readonly code: number
  readonly subcode: number
  readonly message?: string | undefined
}

/** Graph's `toneInfo`: a key the caller pressed. Graph forbids keeping it on disk. */
export type ToneInfo = { readonly sequenceId: number; readonly tone: Open<Tone> }

/** Graph's `chatInfo`. */
export type ChatInfo = {
  /** E.g. `19:meeting_...@thread.v2`. */
  readonly threadId?: Maybe<string>
  /** `0` for the meeting itself. */
  readonly messageId?: Maybe<string>
  readonly replyChainMessageId?: Maybe<string>
  readonly [member: string]: Json | undefined
}

/** Graph's `meetingInfo` in its three kinds, told apart by `@odata.type` or by what they hold. */
export type MeetingInfo = {
  readonly '@odata.type'?: string | undefined
  /** organizerMeetingInfo: used with a chatInfo. */
  readonly organizer?: Maybe<IdentitySet>
  /** tokenMeetingInfo: came with an incoming call. */
  readonly token?: Maybe<string>
  /** joinMeetingIdMeetingInfo. */
  readonly joinMeetingId?: Maybe<string>
  /** joinMeetingIdMeetingInfo; null when the meeting needs none. */
  readonly passcode?: Maybe<string>
  /** Documented by examples and in beta. */
  readonly allowConversationWithoutHost?: Maybe<boolean>
  readonly [member: string]: Json | undefined
}

/** Graph's `mediaInfo`: a WAV file (mono, 16-bit, 16 kHz), cached under its `resourceId`. */
export type MediaInfo = {
  readonly uri: string
  readonly resourceId?: Maybe<string>
  readonly [member: string]: Json | undefined
}

/** Graph's `mediaPrompt`. */
export type MediaPrompt = {
  readonly mediaInfo: MediaInfo
  /** Beta. */
  readonly loop?: Maybe<number>
  readonly [member: string]: Json | undefined
}

/** Graph's `mediaConfig`: service hosted (Graph plays and records) or app hosted (the bot does). */
export type MediaConfig = {
  readonly '@odata.type': string
  /** appHostedMediaConfig: what the media library made. */
  readonly blob?: Maybe<string>
  /** serviceHostedMediaConfig: fetched ahead. */
  readonly preFetchMedia?: Maybe<readonly MediaInfo[]>
  /** Documented by examples and in beta. */
  readonly removeFromDefaultAudioGroup?: Maybe<boolean>
  /** serviceHostedMediaConfig, beta. */
  readonly liveCaptionOptions?: Maybe<{ readonly streamUrl?: Maybe<string> }>
  readonly [member: string]: Json | undefined
}

/** Graph's `callOptions`, outgoing and incoming. */
export type CallOptions = {
  readonly isContentSharingNotificationEnabled?: Maybe<boolean>
  /** Rosters tell only what changed. */
  readonly isDeltaRosterEnabled?: Maybe<boolean>
  readonly isInteractiveRosterEnabled?: Maybe<boolean>
  readonly hideBotAfterEscalation?: Maybe<boolean>
  readonly [member: string]: Json | undefined
}

/** Graph's `incomingContext`: on whose account an incoming call came. */
export type IncomingContext = {
  /** Policy-based recording: who is to be recorded. */
  readonly observedParticipantId?: Maybe<string>
  readonly onBehalfOf?: Maybe<IdentitySet>
  /** Who made Graph call. */
  readonly sourceParticipantId?: Maybe<string>
  readonly transferor?: Maybe<IdentitySet>
  readonly [member: string]: Json | undefined
}

/** Graph's `callRoute`: how an incoming call was retargeted. */
export type CallRoute = {
  readonly routingType?: Maybe<Open<RoutingType>>
  readonly original?: Maybe<IdentitySet>
  readonly final?: Maybe<IdentitySet>
  readonly [member: string]: Json | undefined
}

/** Graph's `callTranscriptionInfo`. */
export type CallTranscription = {
  readonly state?: Maybe<Open<CallTranscriptionState>>
  readonly lastModifiedDateTime?: Maybe<string>
  readonly [member: string]: Json | undefined
}

/** Graph's `contentSharingSession`. */
export type ContentSharingSession = {
  readonly id: string
  /** Beta. */
  readonly presenterParticipantId?: Maybe<string>
  /** Beta. */
  readonly pngOfCurrentSlide?: Maybe<string>
  readonly [member: string]: Json | undefined
}

/** Graph's `audioRoutingGroup`: who hears whom. Its id is chosen by who makes it. */
export type AudioRoutingGroup = {
  readonly id: string
  readonly routingMode?: Maybe<Open<RoutingMode>>
  /** Participant ids. */
  readonly sources?: Maybe<readonly string[]>
  /** Participant ids. */
  readonly receivers?: Maybe<readonly string[]>
  readonly [member: string]: Json | undefined
}

/** Graph's `call`, as much of it as a notification or response carried. */
export type Call = {
  readonly id?: string | undefined
  readonly state?: Open<CallState> | undefined
  readonly direction?: Open<CallDirection> | undefined
  readonly subject?: Maybe<string>
  readonly callbackUri?: Maybe<string>
  readonly callChainId?: Maybe<string>
  readonly callOptions?: Maybe<CallOptions>
  readonly callRoutes?: Maybe<readonly CallRoute[]>
  readonly tenantId?: Maybe<string>
  /** The bot's own id in the roster. */
  readonly myParticipantId?: Maybe<string>
  readonly source?: Maybe<ParticipantInfo>
  readonly targets?: Maybe<readonly ParticipantInfo[]>
  readonly requestedModalities?: Maybe<readonly Open<Modality>[]>
  readonly mediaConfig?: Maybe<MediaConfig>
  readonly mediaState?: Maybe<{ readonly audio?: Maybe<Open<MediaState>> }>
  readonly chatInfo?: Maybe<ChatInfo>
  readonly meetingInfo?: Maybe<MeetingInfo>
  readonly incomingContext?: Maybe<IncomingContext>
  readonly resultInfo?: Maybe<ResultInfo>
  readonly toneInfo?: Maybe<ToneInfo>
  readonly transcription?: Maybe<CallTranscription>
  readonly participants?: Maybe<readonly Participant[]>
  readonly operations?: Maybe<readonly Operation[]>
  readonly audioRoutingGroups?: Maybe<readonly AudioRoutingGroup[]>
  readonly contentSharingSessions?: Maybe<readonly ContentSharingSession[]>
  /** Beta, and in v1.0 examples. */
  readonly activeModalities?: Maybe<readonly Open<Modality>[]>
  /** Beta, and in v1.0 examples. */
  readonly answeredBy?: Maybe<ParticipantInfo>
  /** Beta, and in v1.0 examples. */
  readonly meetingCapability?: Maybe<{ readonly [member: string]: Json | undefined }>
  /** Beta, and in v1.0 examples: seconds, 115 at most. */
  readonly ringingTimeoutInSeconds?: Maybe<number>
  /** Beta. */
  readonly routingPolicies?: Maybe<readonly Open<RoutingPolicy>[]>
  /** Beta, and in v1.0 examples. */
  readonly terminationReason?: Maybe<string>
  readonly [member: string]: Json | undefined
}

/** Graph's `commsOperation` of every kind, its status lower-cased however it was written. */
export type Operation = {
  readonly '@odata.type'?: string | undefined
  readonly id?: string | undefined
  readonly status: Open<OperationStatus>
  readonly clientContext?: string | undefined
  readonly resultInfo?: ResultInfo | undefined
  /** sendDtmfTonesOperation; beta and examples: of prompts and recordings. */
  readonly completionReason?: Open<PromptCompletionReason | RecordCompletionReason> | undefined
  /** inviteParticipantsOperation. */
  readonly participants?: Maybe<readonly InvitationParticipantInfo[]>
  /** recordOperation: download it promptly; Graph drops it soon after the call. */
  readonly recordingLocation?: Maybe<string>
  /** recordOperation: the download's own bearer token. Graph forbids keeping it. */
  readonly recordingAccessToken?: Maybe<string>
  readonly [member: string]: Json | undefined
}

/** What Graph (or the way to it) said no with. */
export type GraphFault = {
  /** HTTP status, or 0 when no answer came. */
  readonly status: number
  /** Graph's own code, e.g. `7504`, or ours, e.g. `timedOut`. */
  readonly code: string
  readonly subcode?: string | undefined
  readonly message: string
  /** What to do about it. */
  readonly fix: string
  readonly requestId?: string | undefined
}
