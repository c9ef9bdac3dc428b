/**
 * The store contract: what the engine asks of the place where calls are remembered. SQLite is its
 * first implementation; the same suite runs over every one.
 */
import type { Person } from './person.ts'

/** Life of a call's record: `live` may still move, `ended` never will. */
export type CallStatus = 'live' | 'ended'

/**
 * Fate of an effect: `owed` (stored, not sent), `sent` (may have reached Graph), `running` (Graph
 * works on it), `inDoubt` (sent, unheard of: evidence is sought), `done`, `failed`, `dropped` (the call
 * ended or the author's policy gave it up).
 */
export type EffectStatus = 'owed' | 'sent' | 'running' | 'inDoubt' | 'done' | 'failed' | 'dropped'

/** One event as a turn applied it, private parts removed. */
export type JournalEntry = {
  readonly sequence: number
  readonly atMs: number
  /** Version of the chart that applied it. */
  readonly chartVersion: string
  /** JSON of the event. */
  readonly event: string
}

/** One effect a chart asked for. */
export type OutboxEntry = {
  /** Command id, also the request's clientContext. Unique over all calls. */
  readonly id: string
  /** An effect's name, or `invoke` for promise logic. */
  readonly effect: string
  /** JSON of its parameters. */
  readonly params: string
  readonly status: EffectStatus
  readonly askedMs: number
  /** Graph's operation id, once known. */
  readonly operationId?: string | undefined
}

/** A change to an effect already stored. */
export type OutboxChange = {
  readonly id: string
  readonly status: EffectStatus
  readonly operationId?: string | undefined
}

/** An event that falls due. */
export type TimerEntry = {
  /** Unique within its call. */
  readonly id: string
  readonly dueMs: number
  /** JSON of the event. */
  readonly event: string
}

/** A timer and the call it belongs to. */
export type DueTimer = TimerEntry & { readonly key: string }

/** One actor's snapshot: `call` for the call itself, otherwise a participant's id. */
export type ActorEntry = { readonly actor: string; readonly snapshot: string }

/** Everything needed to go on with a call. */
export type StoredCall = {
  readonly key: string
  readonly graphId: string | undefined
  readonly status: CallStatus
  readonly chartId: string
  /** Version of the chart that wrote the snapshot. */
  readonly chartVersion: string
  /** Sequence of the call's last journal entry. */
  readonly sequence: number
  /** Sequence of the last journal entry that the snapshots contain. */
  readonly snapshotSequence: number
  readonly actors: readonly ActorEntry[]
  /** The journal after `snapshotSequence`, in order. */
  readonly journal: readonly JournalEntry[]
  readonly timers: readonly TimerEntry[]
  /** Effects whose fate is open: owed, sent, running or inDoubt, oldest first. */
  readonly outbox: readonly OutboxEntry[]
}

/** An event that made a chart throw. */
export type QuarantineEntry = {
  readonly atMs: number
  /** JSON of the event, private parts removed. */
  readonly event: string
  readonly reason: string
}

/** What one commit changes of one call. */
export type CallCommit = {
  readonly key: string
  /**
   * Sequence of the last journal entry the call was read at; 0 for a new call. If the stored one is
   * another, or the call has ended, the whole batch is refused.
   */
  readonly afterSequence: number
  readonly graphId?: string | undefined
  readonly status: CallStatus
  readonly chartId: string
  /** Entries `afterSequence + 1` and on, none left out; a call's first commit has at least one. */
  readonly journal: readonly JournalEntry[]
  /**
   * Present when snapshots are written, and in a call's first commit: they contain the journal up to
   * `sequence`. Actors not listed keep the snapshot they have; those gone have none any more.
   */
  readonly snapshot?:
    | {
        readonly sequence: number
        readonly chartVersion: string
        readonly actors: readonly ActorEntry[]
        /** Names of actors; none when absent. */
        readonly actorsGone?: readonly string[]
      }
    | undefined
  readonly effects: readonly OutboxEntry[]
  readonly effectChanges: readonly OutboxChange[]
  readonly timers: readonly TimerEntry[]
  /** Ids of timers that fired or were cancelled. Removed before `timers` are added. */
  readonly timersRemoved: readonly string[]
  readonly quarantined: readonly QuarantineEntry[]
}

/** A call in a list: what can be said of it without reading its snapshots. */
export type CallBrief = {
  /** Grows with every call that begins; never given twice. */
  readonly ordinal: number
  readonly key: string
  readonly graphId: string | undefined
  readonly status: CallStatus
  readonly chartId: string
  /** Version of the chart that wrote the last snapshot. */
  readonly chartVersion: string
  /** The event that began it, and when. */
  readonly first: Pick<JournalEntry, 'atMs' | 'event'>
  /** When its last event was, and of which type. */
  readonly last: { readonly atMs: number; readonly type: string }
  /** Effects that failed, and events that made its chart throw. */
  readonly problems: number
  /** Effects of which nobody knows yet whether Graph took them. */
  readonly doubts: number
}

/** What is stored of a call and not needed to go on with it. */
export type CallPast = {
  /** All it asked for, whatever became of it, oldest first. */
  readonly outbox: readonly OutboxEntry[]
  /** Events that made its chart throw, oldest first. */
  readonly quarantine: readonly QuarantineEntry[]
}

/** How many live calls stand on one version of one chart, and on one base of it. */
export type ChartUse = {
  readonly chartId: string
  readonly chartVersion: string
  /** As of the call's last snapshot: `context.base`, 1 where there is none. */
  readonly base: number
  readonly calls: number
  /** Keys of some of them (at most 20), to name in errors. */
  readonly keys: readonly string[]
}

/** How far a search through all calls has come. */
export type Place = { readonly isPacked: boolean; readonly after: number }

/** Where a search through all calls begins. */
export const atFirst: Place = { isPacked: false, after: 0 }

/** Calls that name a person, and where to go on; nowhere once all have been looked at. */
export type Naming = {
  readonly calls: readonly { readonly key: string; readonly status: CallStatus }[]
  readonly next: Place | undefined
}

/** Where calls are remembered. Every method that writes is all or nothing. */
export interface Store {
  /** The call under `key`, or `undefined`. */
  load(key: string): Promise<StoredCall | undefined>
  /** The key of the call Graph knows as `graphId`, the newest if several; or `undefined`. */
  find(graphId: string): Promise<string | undefined>
  /** Writes the batch in one durable transaction; throws `StoreError` and writes nothing otherwise. */
  commit(batch: readonly CallCommit[]): Promise<void>
  /** Timers due from `fromMs` (omit for all) to `nowMs`, soonest first, `skip` of them left out. */
  dueTimers(
    nowMs: number,
    limit: number,
    fromMs?: number,
    skip?: number,
  ): Promise<readonly DueTimer[]>
  /** When the next timer is due after `afterMs` (exclusive; omit for all), or `undefined`. */
  nextDueMs(afterMs?: number): Promise<number | undefined>
  /** Keys of live calls, a page at a time in key order, after `afterKey`. */
  liveKeys(afterKey: string | undefined, limit: number): Promise<readonly string[]>
  /** The chart versions and bases that live calls stand on. */
  chartUses(): Promise<readonly ChartUse[]>
  /**
   * Makes one small record of each call whose last event is older than `endedBeforeMs` and that has ended,
   * `limit` of them at most, oldest first; resolves to how many. They are loaded and found as before.
   */
  compact(endedBeforeMs: number, limit: number): Promise<number>
  /** Looks at `limit` calls, from a place on, for those in whose records a person is named. */
  naming(person: Person, from: Place, limit: number): Promise<Naming>
  /** Removes for good what there is of ended calls; live ones among them stay. Resolves to how many it were. */
  remove(keys: readonly string[]): Promise<number>
  /**
   * Removes for good the ended calls whose last event is older than `endedBeforeMs`, `limit` of them at most,
   * oldest first; resolves to how many.
   */
  removeEnded(endedBeforeMs: number, limit: number): Promise<number>
  /** Makes the file anew, so that nothing of what was removed is left in it; nobody may use it meanwhile. */
  rewrite(): Promise<void>
  /** How many calls are live, and how many have ended, those removed since among them. */
  counts(): Promise<{ readonly live: number; readonly ended: number }>
  /** A call's journal after an entry, the whole by default, in order; for timelines and replay. */
  journal(key: string, afterSequence?: number): Promise<readonly JournalEntry[]>
  /** What else is stored of a call; for whoever looks at it. `undefined` when there is no such call. */
  past(key: string): Promise<CallPast | undefined>
  /** Calls in a list, newest first: those before an ordinal (exclusive), `limit` of them at most. */
  page(
    status: CallStatus,
    beforeOrdinal: number | undefined,
    limit: number,
  ): Promise<readonly CallBrief[]>
  /** One call as it would stand in a list. */
  brief(key: string): Promise<CallBrief | undefined>
  /** Throws when the store cannot be written to. */
  check(): Promise<void>
  close(): Promise<void>
}
