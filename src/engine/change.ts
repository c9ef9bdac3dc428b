/** What one piece of work on a call changes, to be committed as one, and the effects it leaves open. */
import type { GraphFault, ResultInfo } from '../../machines/words.ts'
import type { CallCommit, EffectStatus, OutboxEntry, TimerEntry } from '../../snapshots/store.ts'
import type { Command } from './turn.ts'

/** An effect whose fate is open, as the engine works with it. */
export type OpenEffect = {
  readonly id: string
  readonly effect: Command['effect']
  readonly params: unknown
  readonly askedMs: number
  status: EffectStatus
  operationId: string | undefined
}

/** How an effect stands from now on, and what is known of it. */
export type Fate = {
  readonly status: EffectStatus
  readonly operationId?: string | undefined
  readonly fault?: GraphFault | undefined
  /** Graph's reason where an operation of its own failed. */
  readonly resultInfo?: ResultInfo | undefined
}

/** What one piece of work changes, to be committed as one. */
export type Change = {
  readonly journal: CallCommit['journal'][number][]
  readonly effects: OutboxEntry[]
  readonly effectChanges: { id: string; status: EffectStatus; operationId?: string | undefined }[]
  readonly timers: TimerEntry[]
  readonly timersRemoved: string[]
  readonly quarantined: CallCommit['quarantined'][number][]
  /** Effects that are answered in the HTTP response of the notification that caused them. */
  readonly responses: Command[]
  /** Whether this change must write snapshots. */
  snapshot: boolean
}

export function emptyChange(): Change {
  return {
    journal: [],
    effects: [],
    effectChanges: [],
    timers: [],
    timersRemoved: [],
    quarantined: [],
    responses: [],
    snapshot: false,
  }
}

/** Adds what one change asks to another. */
export function mergeInto(staged: Change, change: Change): void {
  staged.journal.push(...change.journal)
  staged.effects.push(...change.effects)
  staged.effectChanges.push(...change.effectChanges)
  staged.timers.push(...change.timers)
  staged.timersRemoved.push(...change.timersRemoved)
  staged.quarantined.push(...change.quarantined)
  staged.responses.push(...change.responses)
  staged.snapshot ||= change.snapshot
}

/** What an `invoke` effect runs. */
export type Invocation = {
  readonly id: string
  readonly src: string
  readonly input: unknown
  /** Its input held private values, which a restart has lost: it cannot be run again. */
  readonly lacksPrivate: boolean
}

/** Reads the parameters of an open `invoke`. */
export function invocationOf(open: Pick<OpenEffect, 'params'>): Invocation {
  const { params } = open
  if (typeof params === 'object' && params !== null && 'id' in params && 'src' in params) {
    return {
      id: String(params.id),
      src: String(params.src),
      input: 'input' in params ? params.input : undefined,
      lacksPrivate: 'lacksPrivate' in params,
    }
  }
  return { id: '', src: '', input: undefined, lacksPrivate: false }
}
