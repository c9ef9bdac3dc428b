/** What each effect takes: the fields of Graph's request body, with shorthands for prompts and targets. */
import type {
  AudioRoutingGroup,
  CallDirection,
  CallOptions,
  ChatInfo,
  InvitationParticipantInfo,
  Json,
  MediaConfig,
  MediaInfo,
  MediaPrompt,
  MeetingInfo,
  Modality,
  Open,
  ParticipantInfo,
  RecordingStatus,
  RejectReason,
  RoutingMode,
  RoutingPolicy,
  ScreenSharingRole,
  Tone,
} from './words.ts'

/**
 * Whom an effect concerns: an object id or `user@domain`, `+` and digits for a phone number (E.164),
 * `application:<id>` or `applicationInstance:<id>`, or Graph's own `invitationParticipantInfo`.
 */
export type Target = string | InvitationParticipantInfo

/**
 * A WAV file (mono, 16-bit, 16 kHz): its URL, or its name in the bot's prompts folder, or Graph's own
 * `mediaInfo` or `mediaPrompt`.
 */
export type Prompt = string | MediaInfo | MediaPrompt

type None = Record<never, never>
type OneOrMore<Item> = Item | readonly Item[]
type OnParticipant = { readonly participantId: string }

type Recording = {
  readonly bargeInAllowed?: boolean
  readonly initialSilenceTimeoutInSeconds?: number
  readonly maxSilenceTimeoutInSeconds?: number
  readonly maxRecordDurationInSeconds?: number
  readonly playBeep?: boolean
  readonly stopTones?: readonly string[]
}

/** Beta's `participantMixerLevel`: how loud one participant hears the others. */
export type ParticipantMixerLevel = {
  readonly participant: string
  readonly exclusive?: boolean
  readonly ducking?: {
    readonly rampActive?: number
    readonly rampInactive?: number
    readonly lowerLevel?: number
    readonly upperLevel?: number
  }
  readonly sourceLevels?: readonly {
    readonly participant: string
    readonly level?: number
    readonly duckOthers?: boolean
  }[]
}

/** An event of the bot's own, for another call. */
export type ToldEvent = { readonly type: string; readonly [member: string]: Json | undefined }

/** Parameters of every effect, by name. An effect whose parameters are all optional needs none. */
export type EffectParams = {
  /** POST /communications/calls. Targets for a call; chatInfo/meetingInfo to join a meeting. */
  createCall: {
    readonly targets?: OneOrMore<Target>
    readonly source?: ParticipantInfo
    readonly direction?: CallDirection
    readonly subject?: string
    readonly requestedModalities?: readonly Open<Modality>[]
    readonly mediaConfig?: MediaConfig
    readonly callOptions?: CallOptions
    readonly chatInfo?: ChatInfo
    readonly meetingInfo?: MeetingInfo
    readonly tenantId?: string
    readonly [member: string]: Json | undefined
  }
  /**
   * Another call, placed by this one: `placeCall.placed` brings its key. It runs on the chart named, or the
   * bot's only one, and knows this call as `context.placedBy`.
   */
  placeCall: { readonly chart?: string; readonly request: EffectParams['createCall'] }
  /**
   * Lets the call under this key hear an event, once and after all that this call has told it before; it
   * hears this call's key as `event.from`. The first word of the event must be the bot's own.
   */
  tellCall: { readonly key: string; readonly event: ToldEvent }
  /** GET /communications/calls/{id}. */
  getCall: None
  answer: {
    readonly acceptedModalities?: readonly Open<Modality>[]
    readonly mediaConfig?: MediaConfig
    readonly callOptions?: CallOptions
    /** Policy-based recording: how many participants this call may carry. */
    readonly participantCapacity?: number
  }
  reject: { readonly reason?: Open<RejectReason> }
  /** Several targets ring at once, 25 at most; `endpointType: 'voicemail'` reaches a voicemail. */
  redirect: {
    readonly targets: OneOrMore<Target>
    /** Seconds, 15 to 90: Graph's own field. */
    readonly timeout?: number
    readonly routingPolicies?: readonly Open<RoutingPolicy>[]
  }
  /** Blind; consultative with `replacesCallId`; from a group with `transferee` (a participant id). */
  transfer: {
    readonly to: Target
    readonly replacesCallId?: string
    readonly transferee?: string | ParticipantInfo
  }
  hangUp: None
  keepAlive: None
  mute: None
  unmute: None
  changeScreenSharingRole: { readonly role: ScreenSharingRole }
  playPrompt: { readonly prompt: OneOrMore<Prompt> }
  recordResponse: Recording & { readonly prompt?: Prompt }
  subscribeToTone: None
  sendDtmfTones: { readonly tones: readonly Open<Tone>[]; readonly delayBetweenTonesMs?: number }
  cancelMediaProcessing: None
  updateRecordingStatus: { readonly status: RecordingStatus }
  /** Adds the video of a whole large meeting, told by a roster with ApplicationType LargeGallery-V2. */
  addLargeGalleryView: None
  listContentSharingSessions: None
  getContentSharingSession: { readonly contentSharingSessionId: string }

  listParticipants: None
  getParticipant: OnParticipant
  /**
   * POST /participants/invite. On a peer-to-peer call this escalates it. To move somebody between two
   * meetings: a target with the other meeting's `replacesCallId` and their `participantId` there.
   */
  invite: { readonly participants: OneOrMore<Target>; readonly replacesCallId?: string }
  removeParticipant: OnParticipant
  muteParticipant: OnParticipant
  /** One participant at a time can be on hold. */
  startHoldMusic: OnParticipant & { readonly customPrompt?: Prompt }
  stopHoldMusic: OnParticipant

  /** `oneToOne` has one source and one receiver, `multicast` one source and several receivers. */
  createAudioRoutingGroup: {
    readonly id: string
    readonly routingMode: Open<RoutingMode>
    readonly sources: readonly string[]
    readonly receivers: readonly string[]
  }
  listAudioRoutingGroups: None
  getAudioRoutingGroup: { readonly id: string }
  updateAudioRoutingGroup: AudioRoutingGroup
  deleteAudioRoutingGroup: { readonly id: string }

  /** Beta. */
  updateMetadata: { readonly metadata: string }
  /** Beta: participant ids. */
  muteAll: { readonly participants: readonly string[] }
  /** Beta. */
  configureMixer: { readonly participantMixerLevels: readonly ParticipantMixerLevel[] }
  /** Beta: recordResponse in its 2019 form; `prompts` may hold `mediaInfo` with `url` and `id`. */
  record: Recording & {
    readonly prompts?: readonly {
      readonly mediaInfo: MediaInfo | { readonly url: string; readonly id?: string }
    }[]
  }

  /** Policy-based recording: the call takes the joining participant in. */
  acceptJoin: None
  /** Policy-based recording: the call does not take the joining participant in. */
  rejectJoin: { readonly reason?: Open<RejectReason> }
  /** Policy-based recording: a new incoming call for the participant is sent to `inviteUri`. */
  inviteNewBot: { readonly inviteUri?: string }
}
