/** The people (and bots, and phones) of a call, in Graph's words. Objects are open; what is beta is said. */
import type {
  EndpointType,
  MediaDirection,
  Modality,
  Open,
  RecordingStatus,
  RestrictionReason,
} from './enums.ts'
import type { Json, Maybe } from './json.ts'

/** Graph's `identity` in all its kinds; an open type, so further members are kept. */
export type Identity = {
  readonly id?: Maybe<string>
  readonly displayName?: Maybe<string>
  readonly tenantId?: Maybe<string>
  readonly identityProvider?: Maybe<string>
  /** Of an application; also written `ApplicationType`. */
  readonly applicationType?: Maybe<string>
  /** Of an application or application instance. */
  readonly hidden?: Maybe<boolean>
  /** Of a guest. */
  readonly email?: Maybe<string>
  /** Of an Azure Communication Services user. */
  readonly azureCommunicationServicesResourceId?: Maybe<string>
  readonly [member: string]: Json | undefined
}

/**
 * Graph's `communicationsIdentitySet`: one identity under the name of its kind. A caller stays
 * `encrypted` until the app holds one of the Calls permissions.
 */
export type IdentitySet = {
  readonly user?: Maybe<Identity>
  readonly application?: Maybe<Identity>
  readonly applicationInstance?: Maybe<Identity>
  readonly phone?: Maybe<Identity>
  readonly guest?: Maybe<Identity>
  readonly encrypted?: Maybe<Identity>
  readonly onPremises?: Maybe<Identity>
  readonly assertedIdentity?: Maybe<Identity>
  readonly azureCommunicationServicesUser?: Maybe<Identity>
  readonly device?: Maybe<Identity>
  readonly endpointType?: Maybe<Open<EndpointType>>
  readonly [kind: string]: Json | undefined
}

/** Graph's `participantInfo` and, on the way in, `invitationParticipantInfo`. */
export type ParticipantInfo = {
  readonly identity?: Maybe<IdentitySet>
  readonly participantId?: Maybe<string>
  readonly endpointType?: Maybe<Open<EndpointType>>
  readonly languageId?: Maybe<string>
  /** Where the participant's home is. */
  readonly region?: Maybe<string>
  /** Where the participant is now. */
  readonly countryCode?: Maybe<string>
  /** Beta. */
  readonly nonAnonymizedIdentity?: Maybe<IdentitySet>
  /** Beta. */
  readonly platformId?: Maybe<string>
  readonly [member: string]: Json | undefined
}

/** Graph's `invitationParticipantInfo`: whom to call, invite, redirect or transfer to. */
export type InvitationParticipantInfo = {
  readonly identity: IdentitySet
  /** The call the target is in now, which ends once the target is here; in a transfer: consult that call. */
  readonly replacesCallId?: Maybe<string>
  /** The target's participant id in the meeting it is moved from. */
  readonly participantId?: Maybe<string>
  readonly hidden?: Maybe<boolean>
  readonly removeFromDefaultAudioRoutingGroup?: Maybe<boolean>
  /** `voicemail` reaches the target's voicemail. */
  readonly endpointType?: Maybe<Open<EndpointType>>
  readonly [member: string]: Json | undefined
}

/** Graph's `mediaStream`. */
export type MediaStream = {
  readonly mediaType?: Open<Modality> | undefined
  readonly direction?: Open<MediaDirection> | undefined
  readonly serverMuted?: boolean | undefined
  /** A number, as text. */
  readonly sourceId?: Maybe<string>
  readonly label?: Maybe<string>
  readonly [member: string]: Json | undefined
}

/** Graph's `recordingInfo`: whether a participant is recorded, and by whom. */
export type RecordingInfo = {
  readonly recordingStatus?: Maybe<Open<RecordingStatus>>
  readonly initiator?: Maybe<IdentitySet>
  /** Beta. */
  readonly initiatedBy?: Maybe<ParticipantInfo>
  readonly [member: string]: Json | undefined
}

/** Graph's `onlineMeetingRestricted`: why a participant's media is restricted. */
export type RestrictedExperience = {
  readonly contentSharingDisabled?: Maybe<Open<RestrictionReason>>
  readonly videoDisabled?: Maybe<Open<RestrictionReason>>
  readonly [member: string]: Json | undefined
}

/** Graph's `removedState`: in a delta roster, why a participant has left. */
export type RemovedState = {
  readonly reason?: Maybe<string>
  readonly [member: string]: Json | undefined
}

/** Graph's `participant` as a roster carries it. */
export type Participant = {
  readonly id: string
  readonly info?: Maybe<ParticipantInfo>
  readonly isMuted?: boolean | undefined
  readonly isInLobby?: boolean | undefined
  readonly mediaStreams?: readonly MediaStream[] | undefined
  /** Supplied by the participant; a large gallery's is JSON, as text. */
  readonly metadata?: Maybe<string>
  readonly recordingInfo?: Maybe<RecordingInfo>
  readonly removedState?: Maybe<RemovedState>
  readonly restrictedExperience?: Maybe<RestrictedExperience>
  readonly rosterSequenceNumber?: Maybe<number>
  /** Beta. */
  readonly isIdentityAnonymized?: Maybe<boolean>
  /** Beta. */
  readonly preferredDisplayName?: Maybe<string>
  readonly [member: string]: Json | undefined
}

/** Graph's `deltaParticipants`: what changed of a roster since the delta before. */
export type DeltaParticipants = {
  readonly id?: Maybe<string>
  readonly sequenceNumber?: Maybe<number>
  readonly participants?: readonly Participant[] | undefined
  readonly [member: string]: Json | undefined
}
