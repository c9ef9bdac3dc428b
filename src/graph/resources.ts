/**
 * The bridge to `@microsoft/microsoft-graph-types`: checked by the compiler, nothing of it runs. Our words
 * must cover every member and enum value the package knows; what they add is what the package lacks.
 */
import type * as npm from '@microsoft/microsoft-graph-types'
import type { z } from 'zod'
import type { EffectName, EffectParams } from '../../machines/effects.ts'
import type * as ours from '../../machines/words.ts'
import type { effectParams } from './params.ts'

/** Compiles only when `Claim` holds. */
type Holds<Claim extends true> = Claim

/** Graph's placeholder for "newer than your metadata" is no value of its own. */
type Values<Enum extends string> = Exclude<Enum, 'unknownFutureValue'>

type Covers<Ours, Theirs> = [Theirs] extends [Ours] ? true : false

/** Every enum value of the package is one of ours; operation statuses differ in case alone. */
export type EnumsAreCovered = [
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

/** Members whose null or loose spelling is gone once read. */
type ReadCall = Omit<npm.Call, 'state' | 'direction' | 'resultInfo' | 'mediaConfig'>

/** Every entity the package describes can be read as ours, null and missing members included. */
export type EntitiesAreCovered = [
  Holds<Covers<ours.Identity, Plain<npm.Identity>>>,
  Holds<Covers<ours.IdentitySet, Plain<npm.CommunicationsIdentitySet>>>,
  Holds<Covers<ours.ParticipantInfo, Plain<npm.ParticipantInfo>>>,
  Holds<Covers<ours.ParticipantInfo, Plain<npm.InvitationParticipantInfo>>>,
  Holds<Covers<ours.MediaStream, Plain<npm.MediaStream>>>,
  Holds<Covers<ours.ChatInfo, Plain<npm.ChatInfo>>>,
  Holds<Covers<Omit<ours.Participant, 'id'>, Plain<Omit<npm.Participant, 'mediaStreams'>>>>,
  Holds<Covers<ours.Call, Plain<ReadCall>>>,
]

/** An interface as a plain type, so that open types may take it. */
type Plain<Value> = Value extends readonly (infer Item)[]
  ? Plain<Item>[]
  : Value extends object
    ? { [Member in keyof Value]: Plain<Value[Member]> }
    : Value

type Taken<Name extends EffectName> = Covers<
  z.input<(typeof effectParams)[Name]>,
  EffectParams[Name]
>

/** Every parameter a chart may write is one `effectParams` takes. */
export type ParamsAreTaken = Holds<{ [Name in EffectName]: Taken<Name> }[EffectName]>
