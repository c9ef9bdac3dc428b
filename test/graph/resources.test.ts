/**
 * Our words against `@microsoft/microsoft-graph-types`, the parser and the parameters: the compiler
 * decides. Our words must cover every member and enum value the package knows; what they add it lacks.
 */
import type * as npm from '@microsoft/microsoft-graph-types'
import { expectTypeOf, test } from 'vitest'
import type { z } from 'zod'
import type { EffectParams, RequestEffect } from '../../machines/effects.ts'
import type * as ours from '../../machines/words.ts'
import type * as entities from '../../src/graph/entities.ts'
import type { effectParams } from '../../src/graph/params.ts'
import type * as people from '../../src/graph/people.ts'

/** Compiles only when `Claim` holds. */
type Holds<Claim extends true> = Claim

/** Graph's placeholder for "newer than your metadata" is no value of its own. */
type Values<Enum extends string> = Exclude<Enum, 'unknownFutureValue'>

type Covers<Ours, Theirs> = [Theirs] extends [Ours] ? true : false

/** Every enum value of the package is one of ours; operation statuses differ in case alone. */
type EnumsAreCovered = [
  Holds<Covers<ours.CallState, Values<npm.CallState>>>,
  Holds<Covers<ours.Modality, Values<npm.Modality>>>,
  Holds<Covers<ours.Tone, Values<npm.Tone>>>,
  Holds<Covers<ours.MediaDirection, Values<npm.MediaDirection>>>,
  Holds<Covers<ours.ScreenSharingRole, Values<npm.ScreenSharingRole>>>,
  Holds<Covers<ours.RejectReason, Values<npm.RejectReason>>>,
  Holds<Covers<ours.RecordingStatus, Values<npm.RecordingStatus>>>,
  Holds<Covers<ours.CallDirection, Values<npm.CallDirection>>>,
  Holds<Covers<ours.ChangeType, Values<npm.ChangeType>>>,
  Holds<Covers<ours.OperationStatus, Uncapitalize<npm.OperationStatus>>>,
]

/** A call without the members whose null or loose spelling is gone once they are read. */
type ReadCall = Omit<
  npm.Call,
  | 'state'
  | 'direction'
  | 'resultInfo'
  | 'mediaConfig'
  | 'toneInfo'
  | 'operations'
  | 'participants'
  | 'audioRoutingGroups'
  | 'contentSharingSessions'
>

/** Every entity the package describes can be read as ours, null and missing members included. */
type EntitiesAreCovered = [
  Holds<Covers<ours.Identity, Plain<npm.Identity>>>,
  Holds<Covers<ours.IdentitySet, Plain<npm.CommunicationsIdentitySet>>>,
  Holds<Covers<ours.ParticipantInfo, Plain<npm.ParticipantInfo>>>,
  Holds<
    Covers<Omit<ours.InvitationParticipantInfo, 'identity'>, Plain<npm.InvitationParticipantInfo>>
  >,
  Holds<Covers<ours.MediaStream, Plain<npm.MediaStream>>>,
  Holds<Covers<ours.ChatInfo, Plain<npm.ChatInfo>>>,
  Holds<Covers<Omit<ours.Participant, 'id'>, Plain<Omit<npm.Participant, 'mediaStreams'>>>>,
  Holds<Covers<ours.Call, Plain<ReadCall>>>,
]

/** The members a type names, without those an open type merely allows. */
type Named<Value> = keyof {
  [Member in keyof Value as string extends Member ? never : Member]: Value[Member]
}

type Reads<Schema extends z.ZodType, Ours> = Covers<Named<z.output<Schema>>, Named<Ours>>

/** Every member our words name is one the parser reads. A tone is read by itself. */
type MembersAreRead = [
  Holds<Reads<typeof entities.call, Omit<Closed<ours.Call>, 'toneInfo'>>>,
  Holds<Reads<typeof entities.operation, ours.Operation>>,
  Holds<Reads<typeof entities.chatInfo, ours.ChatInfo>>,
  Holds<Reads<typeof entities.meetingInfo, ours.MeetingInfo>>,
  Holds<Reads<typeof entities.mediaInfo, ours.MediaInfo>>,
  Holds<Reads<typeof entities.mediaConfig, ours.MediaConfig>>,
  Holds<Reads<typeof entities.callOptions, ours.CallOptions>>,
  Holds<Reads<typeof entities.incomingContext, ours.IncomingContext>>,
  Holds<Reads<typeof entities.callRoute, ours.CallRoute>>,
  Holds<Reads<typeof entities.transcription, ours.CallTranscription>>,
  Holds<Reads<typeof entities.contentSharingSession, ours.ContentSharingSession>>,
  Holds<Reads<typeof entities.audioRoutingGroup, ours.AudioRoutingGroup>>,
  Holds<Reads<typeof people.identity, ours.Identity>>,
  Holds<Reads<typeof people.identitySet, ours.IdentitySet>>,
  Holds<Reads<typeof people.participantInfo, ours.ParticipantInfo>>,
  Holds<Reads<typeof people.invitation, ours.InvitationParticipantInfo>>,
  Holds<Reads<typeof people.mediaStream, ours.MediaStream>>,
  Holds<Reads<typeof people.recordingInfo, ours.RecordingInfo>>,
  Holds<Reads<typeof people.restrictedExperience, ours.RestrictedExperience>>,
  Holds<Reads<typeof people.participant, ours.Participant>>,
]

type Closed<Value> = Pick<Value, Named<Value>>

/** An interface as a plain type, so that open types may take it. */
type Plain<Value> = Value extends readonly (infer Item)[]
  ? Plain<Item>[]
  : Value extends object
    ? { [Member in keyof Value]: Plain<Value[Member]> }
    : Value

type Taken<Name extends RequestEffect> = Covers<
  z.input<(typeof effectParams)[Name]>,
  EffectParams[Name]
>

/** Every parameter a chart may write is one `effectParams` takes. */
type ParamsAreTaken = Holds<{ [Name in RequestEffect]: Taken<Name> }[RequestEffect]>

test('our words cover the package, the parser our words, the parameters what a chart may write', () => {
  expectTypeOf<EnumsAreCovered>().toExtend<readonly true[]>()
  expectTypeOf<EntitiesAreCovered>().toExtend<readonly true[]>()
  expectTypeOf<MembersAreRead>().toExtend<readonly true[]>()
  expectTypeOf<ParamsAreTaken>().toExtend<true>()
})
