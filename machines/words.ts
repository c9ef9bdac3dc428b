/**
 * Graph's words: the values and shapes of the cloud-communications API that charts speak about.
 * Every enum is open, because Graph adds members without notice, and so is every object.
 */

/** A documented set of values that may grow: known members complete in editors, others are kept. */
export type Open<Known extends string> = Known | (string & Record<never, never>)

/** Anything JSON can hold. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json | undefined }

/** Every documented `callState`, in the order a call usually lives through them. */
export const callStates = [
  'incoming',
  'establishing',
  'ringing',
  'established',
  'hold',
  'transferring',
  'transferAccepted',
  'redirecting',
  'terminating',
  'terminated',
] as const
export type CallState = (typeof callStates)[number]

/** Every documented `modality`. */
export const modalities = ['audio', 'video', 'videoBasedScreenSharing', 'data'] as const
export type Modality = (typeof modalities)[number]

/** Every documented `tone`: a key of the dial pad. */
export const tones = [
  'tone0',
  'tone1',
  'tone2',
  'tone3',
  'tone4',
  'tone5',
  'tone6',
  'tone7',
  'tone8',
  'tone9',
  'star',
  'pound',
  'a',
  'b',
  'c',
  'd',
  'flash',
] as const
export type Tone = (typeof tones)[number]

export type MediaDirection = 'inactive' | 'sendOnly' | 'receiveOnly' | 'sendReceive'
export type ScreenSharingRole = 'viewer' | 'sharer'
export type RejectReason = 'none' | 'busy' | 'forbidden'
export type RecordingStatus = 'unknown' | 'notRecording' | 'recording' | 'failed'
export type CallDirection = 'incoming' | 'outgoing'
export type OperationStatus = 'notStarted' | 'running' | 'completed' | 'failed'
export type ChangeType = 'created' | 'updated' | 'deleted'

/** Graph's `identity`; an open type, so further members are kept. */
export type Identity = {
  readonly id?: string | null | undefined
  readonly displayName?: string | null | undefined
  readonly tenantId?: string | null | undefined
  readonly [member: string]: Json | undefined
}

/** Graph's `communicationsIdentitySet`: one identity under the name of its kind. */
export type IdentitySet = {
  readonly user?: Identity | null | undefined
  readonly application?: Identity | null | undefined
  readonly applicationInstance?: Identity | null | undefined
  readonly phone?: Identity | null | undefined
  readonly guest?: Identity | null | undefined
  readonly encrypted?: Identity | null | undefined
  readonly onPremises?: Identity | null | undefined
  readonly assertedIdentity?: Identity | null | undefined
  readonly azureCommunicationServicesUser?: Identity | null | undefined
  readonly device?: Identity | null | undefined
  readonly [kind: string]: Json | undefined
}

/** Graph's `participantInfo` and, on the way in, `invitationParticipantInfo`. */
export type ParticipantInfo = {
  readonly identity?: IdentitySet | null | undefined
  readonly participantId?: string | null | undefined
  readonly [member: string]: Json | undefined
}

/** Graph's `resultInfo`, with code and subcode read as numbers however they were written. */
export type ResultInfo = {
  readonly code: number
  readonly subcode: number
  readonly message?: string | undefined
}

/** Graph's `mediaStream`. */
export type MediaStream = {
  readonly mediaType?: Open<Modality> | undefined
  readonly direction?: Open<MediaDirection> | undefined
  readonly serverMuted?: boolean | undefined
  readonly sourceId?: string | null | undefined
  readonly label?: string | null | undefined
  readonly [member: string]: Json | undefined
}

/** Graph's `participant` as a roster carries it. */
export type Participant = {
  readonly id: string
  readonly info?: ParticipantInfo | null | undefined
  readonly isMuted?: boolean | undefined
  readonly isInLobby?: boolean | undefined
  readonly mediaStreams?: readonly MediaStream[] | undefined
  readonly removedState?: { readonly reason?: string | null | undefined } | null | undefined
  readonly rosterSequenceNumber?: number | null | undefined
  readonly [member: string]: Json | undefined
}

/** Graph's `chatInfo`. */
export type ChatInfo = {
  readonly threadId?: string | null | undefined
  readonly messageId?: string | null | undefined
  readonly [member: string]: Json | undefined
}

/** Graph's `meetingInfo` in its three kinds, told apart by `@odata.type`. */
export type MeetingInfo = {
  readonly '@odata.type'?: string | undefined
  readonly [member: string]: Json | undefined
}

/** Graph's `mediaConfig`: service hosted (Graph plays and records) or app hosted (the bot does). */
export type MediaConfig = {
  readonly '@odata.type': string
  readonly [member: string]: Json | undefined
}

/** Graph's `call`, as much of it as a notification or response carried. */
export type Call = {
  readonly id?: string | undefined
  readonly state?: Open<CallState> | undefined
  readonly direction?: Open<CallDirection> | undefined
  readonly subject?: string | null | undefined
  readonly callChainId?: string | null | undefined
  readonly tenantId?: string | null | undefined
  readonly myParticipantId?: string | null | undefined
  readonly source?: ParticipantInfo | null | undefined
  readonly targets?: readonly ParticipantInfo[] | null | undefined
  readonly requestedModalities?: readonly Open<Modality>[] | null | undefined
  readonly mediaConfig?: MediaConfig | null | undefined
  readonly chatInfo?: ChatInfo | null | undefined
  readonly meetingInfo?: MeetingInfo | null | undefined
  readonly resultInfo?: ResultInfo | null | undefined
  readonly [member: string]: Json | undefined
}

/** Graph's `toneInfo`: a key the caller pressed. Graph forbids keeping it on disk. */
export type ToneInfo = { readonly sequenceId: number; readonly tone: Open<Tone> }

/** Graph's `commsOperation`, its status lower-cased however it was written. */
export type Operation = {
  readonly '@odata.type'?: string | undefined
  readonly id?: string | undefined
  readonly status: Open<OperationStatus>
  readonly clientContext?: string | undefined
  readonly resultInfo?: ResultInfo | undefined
  readonly completionReason?: string | undefined
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
