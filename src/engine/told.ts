/**
 * What is told of a call. Costly parts of a record are made when they are read, for they cost more than all
 * the rest; nothing is made while nobody looks.
 */
import type { AnyTransitionDefinition } from 'xstate'
import { defineChart } from '../../snapshots/definition.ts'
import type { TimerEntry } from '../../snapshots/store.ts'
import { type Clock, SystemClock } from '../clock.ts'
import { Observers } from '../telemetry/observers.ts'
import type {
  Asked,
  Committed,
  ShownParticipant,
  ShownSnapshot,
  Turned,
} from '../telemetry/records.ts'
import type { Fate, OpenEffect } from './change.ts'
import type { Chart } from './chart.ts'
import { discreet } from './discreet.ts'
import { type Group, statesOf } from './group.ts'
import type { Delivery, Verdict } from './intake.ts'
import { withoutSecrets } from './secrets.ts'
import type { ChartSnapshot } from './step.ts'
import type { Command, Turn } from './turn.ts'
import { Visits } from './visits.ts'

/** Who looks on while calls turn. */
export type Watching = {
  readonly observers: Observers
  readonly clock: Clock
  readonly visits: Visits
  /** For tests: read the call back from its own text after every turn. */
  readonly roundTrip: boolean
}

/** For calls that are only read: nobody looks on. */
export const unwatched: Watching = {
  observers: new Observers(),
  clock: new SystemClock(),
  visits: new Visits(),
  roundTrip: false,
}

/** A turn that was taken and is kept. */
type Heard = {
  readonly atMs: number
  /** When it began, by the clock's `elapsedMs`. */
  readonly beganMs: number
  readonly event: string
  /** The event as the journal keeps it. */
  readonly text: string
  readonly chart: Chart
  readonly turn: Turn
  /** The group that took it; of the turn a call starts with, the one it began. */
  readonly before: Group
}

/** Tells that a notification is heard next; `number` names it among those of this process. */
export function tellNotified(
  { observers }: Watching,
  key: string,
  { notification, atMs }: Delivery,
  number: number,
): void {
  if (!observers.isWatched) return
  const what = whatOf(notification)
  observers.tell({ kind: 'notified', atMs, key, what, notification: number })
}

/** Now, for how long something takes; nothing is asked while nobody looks. */
export function momentOf({ observers, clock }: Watching): number {
  return observers.isWatched ? clock.elapsedMs() : 0
}

/** The verdict on a notification, told once it is known. */
export function tellTaken(
  { observers, clock }: Watching,
  key: string,
  { notification }: Delivery,
  number: number,
  beganMs: number,
  verdict: Promise<Verdict>,
): Promise<Verdict> {
  const what = whatOf(notification)
  const tell = (kind: Verdict['kind']) => {
    const durationMs = clock.elapsedMs() - beganMs
    const about = { key, what, notification: number, verdict: kind, durationMs }
    observers.tell({ kind: 'taken', atMs: clock.now(), ...about })
  }
  return verdict.then(
    (known) => {
      tell(known.kind)
      return known
    },
    (error: unknown) => {
      tell('unavailable')
      throw error
    },
  )
}

/** Subject and change, as records name a notification. */
function whatOf({ subject, changeType }: Delivery['notification']): string {
  return `${subject} ${changeType}`
}

export function tellFired(
  { observers }: Watching,
  key: string,
  { id, dueMs }: TimerEntry,
  atMs: number,
): void {
  if (!observers.isWatched) return
  observers.tell({ kind: 'timerFired', atMs, key, timer: id, lateMs: atMs - dueMs })
}

export function tellTurn({ observers, clock }: Watching, heard: Heard): void {
  observers.tell(new TurnTold(heard, clock.elapsedMs() - heard.beganMs))
  const { atMs, turn } = heard
  for (const event of turn.emitted) {
    observers.tell({ kind: 'emitted', atMs, key: turn.group.key, event })
  }
}

/** Tells which of the call's timers the turn calls off, and which it sets. */
export function tellTimers(
  { observers }: Watching,
  key: string,
  turn: Turn,
  standing: ReadonlyMap<string, unknown>,
  atMs: number,
): void {
  if (!observers.isWatched) return
  for (const timer of turn.timersCancelled) {
    if (standing.has(timer)) observers.tell({ kind: 'timerCancelled', atMs, key, timer })
  }
  for (const { id, delayMs } of turn.timers) {
    observers.tell({ kind: 'timerSet', atMs, key, timer: id, dueMs: atMs + delayMs })
  }
}

export function tellAsked({ observers }: Watching, group: Group, command: Command, atMs: number) {
  if (observers.isWatched) observers.tell(new AskTold(atMs, group, command))
}

export function tellEnded({ observers }: Watching, key: string, atMs: number): void {
  if (observers.isWatched) observers.tell({ kind: 'ended', atMs, key })
}

/** Tells how an effect stands, once that is more than that it is owed or about to be sent. */
export function tellSettled(
  { observers }: Watching,
  key: string,
  { id, effect, askedMs }: OpenEffect,
  { status, fault, resultInfo }: Fate,
  atMs: number,
): void {
  if (!observers.isWatched || status === 'owed' || status === 'sent') return
  observers.tell({
    kind: 'settled',
    atMs,
    key,
    effect,
    command: id,
    status,
    durationMs: atMs - askedMs,
    ...(fault && { fault: discreet(fault) }),
    ...(resultInfo && { resultInfo: discreet(resultInfo) }),
  })
}

class TurnTold implements Turned {
  readonly kind = 'turned'
  readonly atMs: number
  readonly key: string
  readonly chart: string
  readonly version: string
  readonly sequence: number
  readonly event: string
  readonly durationMs: number
  readonly #heard: Heard

  constructor(heard: Heard, durationMs: number) {
    const { group } = heard.turn
    this.atMs = heard.atMs
    this.key = group.key
    this.chart = heard.chart.id
    this.version = heard.chart.version
    this.sequence = group.sequence
    this.event = heard.event
    this.durationMs = durationMs
    this.#heard = heard
  }

  get states(): readonly string[] {
    return statesOf(this.#heard.turn.group.call)
  }

  get definition(): string {
    return defineChart(this.#heard.chart.machine) ?? ''
  }

  get heard(): object {
    return JSON.parse(this.#heard.text)
  }

  get snapshot(): ShownSnapshot {
    return shown(this.#heard.turn.group.call)
  }

  get taken(): readonly AnyTransitionDefinition[] {
    return this.#heard.turn.taken
  }

  get participants(): readonly ShownParticipant[] {
    const { turn, before } = this.#heard
    return [...turn.moved].flatMap((id) => {
      const snapshot = turn.group.participants.get(id)
      if (!snapshot) return []
      const isNew = before.participants.get(id) === undefined
      return [{ id, isNew, states: statesOf(snapshot), snapshot: shown(snapshot) }]
    })
  }

  toJSON(): object {
    return { ...this, states: this.states }
  }
}

/** The record of what a turn asked for. */
class AskTold implements Asked {
  readonly kind = 'asked'
  readonly atMs: number
  readonly key: string
  readonly effect: string
  readonly command: string
  readonly #params: unknown
  readonly #secret: unknown

  constructor(atMs: number, group: Group, { id, effect, params }: Command) {
    this.atMs = atMs
    this.key = group.key
    this.effect = effect
    this.command = id
    this.#params = params
    this.#secret = group.call.context.private
  }

  get params(): unknown {
    return withoutSecrets(this.#params, this.#secret).value
  }
}

/** The record of a commit. */
export class CommitTold implements Committed {
  readonly kind = 'committed'
  readonly atMs: number
  readonly calls: number
  readonly entries: number
  readonly durationMs: number
  readonly #changed: readonly { readonly key: string }[]

  constructor(
    atMs: number,
    changed: readonly { readonly key: string; readonly journal: readonly unknown[] }[],
    durationMs: number,
  ) {
    this.atMs = atMs
    this.calls = changed.length
    this.entries = changed.reduce((sum, { journal }) => sum + journal.length, 0)
    this.durationMs = durationMs
    this.#changed = changed
  }

  get keys(): readonly string[] {
    return this.#changed.map(({ key }) => key)
  }
}

/** A snapshot as whoever watches may see it. */
function shown({ status, value, context }: ChartSnapshot): ShownSnapshot {
  const { private: _hidden, ...told }: { readonly private?: unknown } = context
  return { status, value, context: told }
}
