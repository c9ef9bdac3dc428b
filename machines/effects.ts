/**
 * Effects: what a chart may ask of Graph. Each is an inert, typed action named by Graph's verb; the
 * engine stores it with the turn that asked and sends it afterwards. Parameters are the fields of
 * Graph's request body, with shorthands for prompts and targets.
 */
import type {
  CallDirection,
  ChatInfo,
  IdentitySet,
  Json,
  MediaConfig,
  MeetingInfo,
  Modality,
  Open,
  ParticipantInfo,
  RecordingStatus,
  RejectReason,
  ScreenSharingRole,
  Tone,
} from './words.ts'

/**
 * Whom an effect concerns: an object id or `user@domain`, `+` and digits for a phone number (E.164),
 * `application:<id>` or `applicationInstance:<id>`, or Graph's own `invitationParticipantInfo`.
 */
export type Target = string | (ParticipantInfo & { readonly identity: IdentitySet })

/** A WAV file (mono, 16-bit, 16 kHz): its URL, or its name in the bot's prompts folder. */
export type Prompt = string | { readonly uri: string; readonly resourceId?: string }

/** Graph's `callOptions`. */
export type CallOptions = {
  readonly isContentSharingNotificationEnabled?: boolean
  readonly isDeltaRosterEnabled?: boolean
  readonly isInteractiveRosterEnabled?: boolean
  readonly hideBotAfterEscalation?: boolean
  readonly [member: string]: Json | undefined
}

type None = Record<never, never>
type OneOrMore<Item> = Item | readonly Item[]

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
  /** GET /communications/calls/{id}. */
  getCall: None
  answer: {
    readonly acceptedModalities?: readonly Open<Modality>[]
    readonly mediaConfig?: MediaConfig
    readonly callOptions?: CallOptions
    readonly participantCapacity?: number
  }
  reject: { readonly reason?: Open<RejectReason> }
  redirect: {
    readonly targets: OneOrMore<Target>
    /** Seconds, 15 to 90: Graph's own field. */
    readonly timeout?: number
  }
  /** Blind; consultative with `replacesCallId`; from a group with `transferee` (a participant id). */
  transfer: { readonly to: Target; readonly replacesCallId?: string; readonly transferee?: string }
  hangUp: None
  keepAlive: None
  mute: None
  unmute: None
  changeScreenSharingRole: { readonly role: ScreenSharingRole }
  playPrompt: { readonly prompt: OneOrMore<Prompt> }
  recordResponse: {
    readonly prompt?: Prompt
    readonly bargeInAllowed?: boolean
    readonly initialSilenceTimeoutInSeconds?: number
    readonly maxSilenceTimeoutInSeconds?: number
    readonly maxRecordDurationInSeconds?: number
    readonly playBeep?: boolean
    readonly stopTones?: readonly string[]
  }
  subscribeToTone: None
  sendDtmfTones: { readonly tones: readonly Open<Tone>[]; readonly delayBetweenTonesMs?: number }
  cancelMediaProcessing: None
  updateRecordingStatus: { readonly status: RecordingStatus }
  listParticipants: None
  getParticipant: { readonly participantId: string }
  /** POST /participants/invite. On a peer-to-peer call this escalates it. */
  invite: { readonly participants: OneOrMore<Target>; readonly replacesCallId?: string }
  removeParticipant: { readonly participantId: string }
  muteParticipant: { readonly participantId: string }
}

/** The name of an effect. */
export type EffectName = keyof EffectParams

/** How the engine treats one effect. */
export type EffectRule = {
  /** First word of its events: `prompt` gives `prompt.asked`, `prompt.completed`, … */
  readonly noun: string
  /**
   * What a crash between sending and hearing means: `repeat` it (harmless), or `lookFirst` for
   * evidence that Graph did it, then follow `unresolved`.
   */
  readonly afterDoubt: 'repeat' | 'lookFirst'
  /** What to do when no evidence turned up in time. */
  readonly unresolved: 'resend' | 'drop'
  /** What a success means: done, accepted with the rest told by notifications, or an operation. */
  readonly success: 'completed' | 'accepted' | 'operation'
  /** Sent at once instead of waiting behind the call's earlier effects. */
  readonly urgent: boolean
}

const repeat = { afterDoubt: 'repeat', unresolved: 'resend', urgent: false } as const
const lookFirst = { afterDoubt: 'lookFirst', unresolved: 'resend', urgent: false } as const

/** The repeat rules and event nouns of every effect. */
export const effects = {
  createCall: { ...lookFirst, noun: 'createCall', success: 'accepted', unresolved: 'drop' },
  getCall: { ...repeat, noun: 'getCall', success: 'completed' },
  answer: { ...repeat, noun: 'answer', success: 'accepted' },
  reject: { ...repeat, noun: 'reject', success: 'accepted' },
  redirect: { ...lookFirst, noun: 'redirect', success: 'accepted' },
  transfer: { ...lookFirst, noun: 'transfer', success: 'accepted' },
  hangUp: { ...repeat, noun: 'hangUp', success: 'accepted', urgent: true },
  keepAlive: { ...repeat, noun: 'keepAlive', success: 'completed', urgent: true },
  mute: { ...repeat, noun: 'mute', success: 'operation' },
  unmute: { ...repeat, noun: 'unmute', success: 'operation' },
  changeScreenSharingRole: { ...repeat, noun: 'screenSharingRole', success: 'accepted' },
  playPrompt: { ...lookFirst, noun: 'prompt', success: 'operation' },
  recordResponse: { ...lookFirst, noun: 'recording', success: 'operation' },
  subscribeToTone: { ...repeat, noun: 'subscribeToTone', success: 'operation' },
  sendDtmfTones: { ...lookFirst, noun: 'tones', success: 'operation', unresolved: 'drop' },
  cancelMediaProcessing: {
    ...repeat,
    noun: 'cancelMediaProcessing',
    success: 'operation',
    urgent: true,
  },
  updateRecordingStatus: { ...repeat, noun: 'recordingStatus', success: 'operation' },
  listParticipants: { ...repeat, noun: 'listParticipants', success: 'completed' },
  getParticipant: { ...repeat, noun: 'getParticipant', success: 'completed' },
  invite: { ...lookFirst, noun: 'invite', success: 'operation' },
  removeParticipant: { ...repeat, noun: 'removeParticipant', success: 'completed' },
  muteParticipant: { ...repeat, noun: 'muteParticipant', success: 'operation' },
} as const satisfies { readonly [Name in EffectName]: EffectRule }

/** The first word of an effect's events. */
export type Noun<Name extends EffectName> = (typeof effects)[Name]['noun']

/** Whether a word names an effect. */
export function isEffectName(word: string): word is EffectName {
  return Object.hasOwn(effects, word)
}

/** Which request an outcome answers. */
export type Command = {
  /** The command id, which is also the request's `clientContext`. */
  readonly id: string
  readonly effect: EffectName
}
