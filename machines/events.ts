/**
 * Events: what a chart hears. *Reports* say what Graph told us (`callState.established`), *facts* what
 * the chart made of it (`call.established`): a bot listens to facts, which come once each however often
 * and in whatever order Graph repeats itself. *Outcomes* tell the fate of an effect.
 */
import type { CallEffect, Command, EffectName, EffectParams, effects, Noun } from './effects.ts'
import type {
  AudioRoutingGroup,
  Call,
  CallState,
  ChangeType,
  ContentSharingSession,
  GraphFault,
  Json,
  Operation,
  Participant,
  ResultInfo,
  ToneInfo,
} from './words.ts'

/** Reports: Graph's notifications and answers, read but not yet judged. */
export type Report =
  | { readonly type: `callState.${CallState}`; readonly resultInfo?: ResultInfo | undefined }
  | { readonly type: 'callState.unknown'; readonly state: string }
  | { readonly type: 'call.updated'; readonly call: Call }
  | { readonly type: 'mediaState.active' | 'mediaState.inactive' }
  | { readonly type: 'tone.reported'; readonly toneInfo: ToneInfo }
  | {
      readonly type: 'contentSharing.reported'
      readonly changeType: ChangeType
      readonly ids: readonly string[]
    }
  | { readonly type: 'operation.unmatched'; readonly operation: Operation }
  /**
   * Policy-based recording: somebody whom the bot shall record joins. Answer with acceptJoin, rejectJoin
   * or inviteNewBot; `call` says who it is.
   */
  | {
      readonly type: 'participant.joining'
      readonly notificationId?: string | undefined
      readonly call: Call
    }
  /** Policy-based recording: somebody the bot recorded has left. */
  | {
      readonly type: 'recordedParticipant.left'
      readonly notificationId?: string | undefined
      readonly participantId?: string | undefined
      readonly call: Call
    }
  | {
      readonly type: 'notification.unknown'
      readonly resourceUrl: string
      readonly changeType: string
      readonly resource: Json
    }

/** A roster as a notification or a list request brought it. The engine turns it into a change. */
export type RosterReport = {
  readonly type: 'roster.reported'
  /** `full`: who is absent has left. `delta`: only what changed. */
  readonly kind: 'full' | 'delta'
  /** True when a list request brought it. */
  readonly listed?: boolean | undefined
  readonly sequenceNumber?: number | undefined
  readonly participants: readonly Participant[]
}

/** What a roster changed: the only participants whose actors move. */
export type RosterChange = {
  readonly type: 'roster.changed'
  readonly kind: RosterReport['kind']
  readonly listed: boolean
  readonly sequenceNumber?: number | undefined
  /** True when Graph must be asked: a delta is missing, or it is open whether somebody has left. */
  readonly gap: boolean
  readonly updated: readonly Participant[]
  /** Ids of participants that a full roster no longer lists. */
  readonly absent: readonly string[]
}

/** What the call hears of its roster after the participants' actors have moved. */
export type RosterEvent =
  | { readonly type: 'participant.joined'; readonly participant: Participant }
  | { readonly type: 'participant.updated'; readonly participant: Participant }
  | { readonly type: 'participant.left'; readonly participant: Participant }
  | {
      readonly type: 'roster.updated'
      /** Participants present, the bot included. */
      readonly size: number
      /** Highest roster sequence heard, and the one as of which the whole roster was told. */
      readonly sequence?: number | undefined
      readonly wholeSince?: number | undefined
      /** The bot's own entry, when the roster lists it. */
      readonly self?: Participant | undefined
      /** True when the roster is not wholly known and must be asked for. */
      readonly gap: boolean
      /** True when a list request brought it, false when Graph sent it by itself. */
      readonly listed: boolean
    }

/** Facts: what the call's regions conclude. Raised once each. */
export type Fact =
  | { readonly type: 'call.incoming' }
  | { readonly type: 'call.establishing' }
  | { readonly type: 'call.ringing' }
  | { readonly type: 'call.established' }
  | { readonly type: 'call.held' }
  | { readonly type: 'call.resumed' }
  | { readonly type: 'call.transferring' }
  | { readonly type: 'call.transferAccepted' }
  | { readonly type: 'call.redirecting' }
  | { readonly type: 'call.terminating' }
  | { readonly type: 'call.terminated'; readonly resultInfo?: ResultInfo | undefined }
  | { readonly type: 'call.escalating' }
  | { readonly type: 'call.escalated' }
  /** Graph no longer knows this call (404). */
  | { readonly type: 'call.gone' }
  | { readonly type: 'answer.missed' }
  | { readonly type: 'transfer.completed' }
  | { readonly type: 'tone.received'; readonly toneInfo: ToneInfo }
  | { readonly type: 'media.active' }
  | { readonly type: 'media.inactive' }
  | { readonly type: 'self.muted' }
  | { readonly type: 'self.unmuted' }
  | { readonly type: 'self.sharing' }
  | { readonly type: 'self.viewing' }
  | { readonly type: 'contentSharing.started'; readonly ids: readonly string[] }
  | { readonly type: 'contentSharing.updated'; readonly ids: readonly string[] }
  | { readonly type: 'contentSharing.ended'; readonly ids: readonly string[] }

/** Facts that need no more than their name. */
export type PlainFact = NameOfPlain<Fact>
type NameOfPlain<Each> = Each extends { readonly type: infer Type }
  ? { readonly type: Type } extends Each
    ? Type
    : never
  : never

/** What Graph answered besides success; what it did not tell is absent. */
export type Answer = {
  readonly call?: Call | undefined
  readonly participants?: readonly Participant[] | undefined
  readonly operation?: Operation | undefined
  readonly contentSharingSessions?: readonly ContentSharingSession[] | undefined
  readonly audioRoutingGroups?: readonly AudioRoutingGroup[] | undefined
}

type Asked<Name extends EffectName> = {
  readonly type: `${Noun<Name>}.asked`
  readonly command: Command
  readonly params: EffectParams[Name]
}
type Told<Name extends EffectName, Participle extends string> = {
  readonly type: `${Noun<Name>}.${Participle}`
  readonly command: Command
  readonly answer: Answer
}
type Failed<Name extends EffectName> = {
  readonly type: `${Noun<Name>}.failed`
  readonly command: Command
  /** Why the request failed; absent when an operation or the call itself reported the failure. */
  readonly fault?: GraphFault | undefined
  readonly resultInfo?: ResultInfo | undefined
  readonly answer?: Answer | undefined
}
type InDoubt<Name extends EffectName> = {
  readonly type: `${Noun<Name>}.inDoubt`
  readonly command: Command
}

/** How each kind of success is told; an operation may start first, and may be cancelled. */
type Successes = {
  accepted: 'accepted'
  completed: 'completed'
  operation: 'started' | 'completed' | 'cancelled'
  responded: 'responded'
  placed: 'placed'
  delivered: 'delivered'
}

/** What is between calls has no answer by Graph. */
type Between<Name extends CallEffect> = {
  readonly type: `${Noun<Name>}.${Successes[(typeof effects)[Name]['success']]}`
  readonly command: Command
} & (Name extends 'placeCall' ? { readonly key: string } : unknown)

type OutcomeOf<Name extends EffectName> =
  | Asked<Name>
  | (Name extends CallEffect
      ? Between<Name>
      : Told<Name, Successes[(typeof effects)[Name]['success']]>)
  | Failed<Name>
  | InDoubt<Name>

/** Outcomes: `<noun>.asked`, then `.accepted`, or `.started` and `.completed`, or `.failed`, … */
export type Outcome = { [Name in EffectName]: OutcomeOf<Name> }[EffectName]

/** What the engine itself says. */
export type EngineEvent =
  /** The process was restarted: values under `context.private` are gone. */
  | { readonly type: 'engine.resumed' }
  /** The call was begun under another version of its chart, and goes on under this one. */
  | { readonly type: 'engine.upgraded'; readonly from: string }
  /** An event made the chart throw; it is quarantined and the chart stands where it stood. */
  | { readonly type: 'engine.error'; readonly eventType: string; readonly reason: string }

/** What an operator asks of a call, through the admin API. */
export type AdminEvent =
  /** Ask Graph how the call stands. */
  | { readonly type: 'admin.nudged' }
  /** End the call. */
  | { readonly type: 'admin.hungUp' }

/** Every event the base call chart knows; a bot adds its own. */
export type CallEvent = Report | RosterEvent | Fact | Outcome | EngineEvent | AdminEvent
