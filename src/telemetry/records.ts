/**
 * What the engine lets others watch: one closed list of records, told as things happen. When the commit that
 * holds them fails, `commitFailed` tells that they have been undone.
 *
 * What one call is told for one cause stands together: a notification, a settled effect, a timer or the
 * result of an invocation, then the turns it led to, each turn followed by what it asked. No record of the
 * same call comes in between.
 */
import type { AnyTransitionDefinition } from 'xstate'
import type { GraphFault, ResultInfo } from '../../machines/words.ts'

/** One thing that happened. Private parts are never in it. */
export type EngineRecord =
  | Posted
  | Notified
  | Taken
  | Refused
  | UnknownCall
  | Turned
  | Emitted
  | Asked
  | Requested
  | Responded
  | Retrying
  | Settled
  | TimerSet
  | TimerCancelled
  | TimerFired
  | Invoked
  | Quarantined
  | Ended
  | Committed
  | CommitFailed
  | Recovering
  | Recovered
  | TakeUpFailed
  | Draining
  | Drained

/** What every record has; `atMs` is the engine's clock. */
type Told<Kind extends string> = { readonly kind: Kind; readonly atMs: number }

/** A record of one call. */
type OfCall<Kind extends string> = Told<Kind> & { readonly key: string }

/** A record of one effect, or of an invocation (`invoke`), by its command id. */
type OfEffect<Kind extends string> = OfCall<Kind> & {
  readonly effect: string
  readonly command: string
}

/** A POST to the webhook has been answered. */
export type Posted = Told<'posted'> & {
  /** HTTP status: 202 says that what was posted is durable. */
  readonly status: number
  /** From its head to our answer. */
  readonly durationMs: number
  /** Where its token let nobody in: why. */
  readonly reason?: string
}

/** A notification reached its call's mailbox, and is heard next. */
export type Notified = OfCall<'notified'> & {
  /** Subject and change, e.g. `call updated`. */
  readonly what: string
  /** Counts the notifications of this process; the `taken` of the same one has the same number. */
  readonly notification: number
}

/** What a notification led to is durable; Graph is answered next. */
export type Taken = OfCall<'taken'> & {
  readonly what: string
  readonly notification: number
  /** What Graph is told: `unavailable` (503) when nothing of it has happened, `elsewhere` during a hand-over. */
  readonly verdict: 'accepted' | 'refused' | 'unavailable' | 'elsewhere'
  /** From the mailbox to here. */
  readonly durationMs: number
}

/** A notification was not taken, and why. */
export type Refused = OfCall<'refused'> & { readonly reason: string }

/** A notification about a call nobody knows: looked up and taken up, refused, or already over. */
export type UnknownCall = OfCall<'unknownCall'> & {
  readonly outcome: 'adopted' | 'refused' | 'over'
}

/** A chart's state, without what stands under `context.private`. */
export type ShownSnapshot = {
  readonly status: string
  readonly value: unknown
  readonly context: object
}

/** A participant's actor as a turn left it. */
export type ShownParticipant = {
  readonly id: string
  /** Whether this turn is its first. */
  readonly isNew: boolean
  readonly states: readonly string[]
  readonly snapshot: ShownSnapshot
}

/**
 * A call took a turn. What stands behind a getter is made when it is read, and left out of JSON: read it at
 * once or not at all.
 */
export type Turned = OfCall<'turned'> & {
  /** Id and version of the call's chart. */
  readonly chart: string
  readonly version: string
  /** Sequence of its journal entry. */
  readonly sequence: number
  /** Type of the event heard. */
  readonly event: string
  readonly durationMs: number
  /** The chart's active states after the event, e.g. `signalling.established`. In JSON too. */
  readonly states: readonly string[]
  /** The chart's configuration as JSON, implementations by their names. */
  readonly definition: string
  /** The event as the journal keeps it. Holds personal facts, as the two below. */
  readonly heard: object
  /** The call's actor after the event. */
  readonly snapshot: ShownSnapshot
  /** The transitions of the call's chart that were taken, in order. */
  readonly taken: readonly AnyTransitionDefinition[]
  /** The participants whose actors the event moved. */
  readonly participants: readonly ShownParticipant[]
}

/** A chart emitted an event to whoever watches. */
export type Emitted = OfCall<'emitted'> & { readonly event: string }

/** A turn asked for an effect, or for an invocation (`invoke`); it is owed once the turn is durable. */
export type Asked = OfEffect<'asked'> & {
  /** What it was asked with, made when read and left out of JSON: holds personal facts. */
  readonly params: unknown
}

/** A request is on its way to Graph. */
export type Requested = OfEffect<'requested'> & {
  /** 1 for the first. */
  readonly attempt: number
  /** Whether it only looks for evidence of a request in doubt; `effect` is then what is asked to see it. */
  readonly isEvidence: boolean
}

/** A request came to an end. */
export type Responded = OfEffect<'responded'> & {
  readonly attempt: number
  readonly isEvidence: boolean
  /** `answered` well, `refused`, `notSent` at all, or `unknown`: it may have been done. */
  readonly outcome: 'answered' | 'refused' | 'notSent' | 'unknown'
  /** HTTP status, 0 when no answer came. */
  readonly status: number
  readonly durationMs: number
  readonly retryAfterMs: number | undefined
  /** Graph's name for the request, which Microsoft asks for. */
  readonly requestId: string | undefined
}

/** A request that was not done is sent again after a while. */
export type Retrying = OfEffect<'retrying'> & {
  /** The attempt that comes next. */
  readonly attempt: number
  readonly waitMs: number
  readonly status: number
}

/** How an effect stands now; of one that is `running` or `inDoubt` more will be told. */
export type Settled = OfEffect<'settled'> & {
  readonly status: 'running' | 'inDoubt' | 'done' | 'failed' | 'dropped'
  /** Since it was asked. */
  readonly durationMs: number
  /** Why a request failed. */
  readonly fault?: GraphFault | undefined
  /** Why an operation failed at Graph, which had taken the request. */
  readonly resultInfo?: ResultInfo | undefined
}

/** A turn set a timer. */
export type TimerSet = OfCall<'timerSet'> & { readonly timer: string; readonly dueMs: number }

/** A turn called a timer off. */
export type TimerCancelled = OfCall<'timerCancelled'> & { readonly timer: string }

/** A timer fell due. */
export type TimerFired = OfCall<'timerFired'> & {
  readonly timer: string
  /** How long after its due time. */
  readonly lateMs: number
}

/** An invocation began to run; `settled` tells that it gave its result (`done`) or threw (`failed`). */
export type Invoked = OfEffect<'invoked'> & {
  /** Name of the promise logic. */
  readonly src: string
}

/** An event made the chart throw and was put aside. */
export type Quarantined = OfCall<'quarantined'> & {
  readonly event: string
  readonly reason: string
}

/** A call ended: nothing will move it any more. */
export type Ended = OfCall<'ended'>

/** The changes of some calls became durable in one transaction. */
export type Committed = Told<'committed'> & {
  readonly calls: number
  /** Journal entries. */
  readonly entries: number
  readonly durationMs: number
  /** Whose changes; made when read and left out of JSON. */
  readonly keys: readonly string[]
}

/** A commit failed: what these calls did since the last one has not happened. */
export type CommitFailed = Told<'commitFailed'> & {
  readonly calls: number
  readonly reason: string
  readonly keys: readonly string[]
}

/** Calls of a process before this one are found in the store; `recovered` when each was taken up. */
export type Recovering = Told<'recovering'> & { readonly calls: number }

export type Recovered = Told<'recovered'> & { readonly calls: number; readonly effects: number }

/** A stored call could not be taken up; it is tried again. */
export type TakeUpFailed = OfCall<'takeUpFailed'> & { readonly reason: string }

/** The bot takes no new calls; those it has are waited for until `untilMs`. */
export type Draining = Told<'draining'> & { readonly calls: number; readonly untilMs: number }

/** The wait is over: so many calls still live, which the next process goes on with. */
export type Drained = Told<'drained'> & { readonly calls: number }
