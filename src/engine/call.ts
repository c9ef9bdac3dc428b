/** A call in memory: its group, its timers, its open effects; one instance while it is loaded. */

import type { CallContext } from '../../machines/call/context.ts'
import { isCallEffect } from '../../machines/effects.ts'
import { privateParts } from '../../machines/privacy.ts'
import type { Call as GraphCall } from '../../machines/words.ts'
import { decodeEvent, encodeEvent } from '../../snapshots/codec.ts'
import type { CallCommit, CallStatus, StoredCall, TimerEntry } from '../../snapshots/store.ts'
import { reasonOf } from '../errors.ts'
import { refuseTellingSecrets } from './between.ts'
import { type Change, type Fate, invocationOf, type OpenEffect } from './change.ts'
import type { Chart } from './chart.ts'
import { withoutPeople } from './discreet.ts'
import {
  atRest,
  decodeActors,
  encodeActors,
  type Group,
  goneActors,
  readBack,
  retired,
  type StartEvent,
} from './group.ts'
import { answerIn, isAnswered } from './joining.ts'
import type { CallAddress } from './outbound.ts'
import { withoutSecrets } from './secrets.ts'
import {
  momentOf,
  tellAsked,
  tellEnded,
  tellSettled,
  tellTimers,
  tellTurn,
  type Watching,
} from './told.ts'
import { type CallChartEvent, startTurn, type Turn, takeTurn } from './turn.ts'
import { refuseForeign, UnreadableError } from './unreadable.ts'
import type { Upgraded } from './upgrade.ts'
import { type Owed, refuseLosingOwn, writtenOf } from './written.ts'

/** A snapshot is written after this many journal entries, so that a load replays no more than these. */
const SNAPSHOT_EVERY = 16

const UNREPLAYABLE = 'what it heard since its last snapshot can be replayed by that version only'

/** Events that do more than the chart hears of them. */
const moveTheGroup: ReadonlySet<string> = new Set(['roster.changed', 'call.told'])

const DROPPED = { status: 'dropped' } as const

/** The version a call goes on under. */
type Next = { readonly chart: Chart; readonly upgraded: Upgraded }

export class Call {
  readonly key: string
  readonly timers = new Map<string, TimerEntry>()
  readonly open = new Map<string, OpenEffect>()
  graphId: string | undefined
  /** The app whose call it is: its chart's, when it began. */
  appId: string | undefined
  group: Group
  status: CallStatus = 'live'
  /** A process before this one, or a passivation, lost what was in its memory; it has not heard so yet. */
  isLeftBehind = false
  /** Set when a commit failed: what this instance holds is ahead of the store and must be dropped. */
  spoiled = false
  #chart: Chart
  #next: Next | undefined
  #sinceSnapshot = 0
  readonly #moved = new Set<string>()
  readonly #watching: Watching

  private constructor(chart: Chart, group: Group, watching: Watching) {
    this.key = group.key
    this.#chart = chart
    this.group = group
    this.#watching = watching
  }

  /** A new call; throws what the chart throws. */
  static started(
    chart: Chart,
    event: StartEvent,
    atMs: number,
    change: Change,
    watching: Watching,
  ): Call {
    const beganMs = momentOf(watching)
    const turn = startTurn(chart, event)
    refuseLosingOwn(turn)
    const call = new Call(chart, turn.group, watching)
    change.snapshot = true
    call.#keep(turn, event, atMs, change, beganMs)
    return call
  }

  /**
   * A stored call: its last snapshot, or the group `known` of a later entry, and the journal after it.
   * Throws when the chart cannot read it.
   */
  static loaded(chart: Chart, stored: StoredCall, watching: Watching, known?: Group): Call {
    refuseForeign(chart, stored)
    const group = known ?? decodeActors(chart, stored.key, stored.snapshotSequence, stored.actors)
    if (!group) throw new UnreadableError(stored, ['it has no snapshot'])
    const call = new Call(chart, group, watching)
    for (const entry of stored.journal) {
      if (entry.sequence <= group.sequence) continue
      const turn = takeTurn(chart, call.group, decodeEvent(entry.event))
      call.group = turn.group
      for (const id of turn.moved) call.#moved.add(id)
    }
    call.#sinceSnapshot = stored.journal.length
    call.#remember(stored)
    return call
  }

  /** A stored call without its chart: one that has ended, or goes on under another version. */
  static resting(stored: StoredCall, watching: Watching): Call {
    const group = atRest(stored)
    if (!group) throw new UnreadableError(stored, ['it has no snapshot'])
    if (stored.journal.length > 0) throw new UnreadableError(stored, [UNREPLAYABLE])
    const call = new Call(retired, group, watching)
    call.#remember(stored)
    return call
  }

  #remember(stored: StoredCall): void {
    this.graphId = stored.graphId
    this.status = stored.status
    for (const timer of stored.timers) this.timers.set(timer.id, timer)
    for (const { params, ...entry } of stored.outbox) {
      const effect = entry.effect as OpenEffect['effect']
      this.open.set(entry.id, {
        ...entry,
        effect,
        params: JSON.parse(params),
        operationId: entry.operationId,
      })
    }
  }

  /** Before anything else it hears, the call goes on under this chart. */
  goOnUnder(chart: Chart, upgraded: Upgraded): void {
    this.#next = { chart, upgraded }
    this.isLeftBehind = true
  }

  /** Hears what happened while it was not in memory. */
  takeUp(atMs: number, change: Change): void {
    this.isLeftBehind = false
    if (this.#next) this.#upgrade(this.#next, atMs, change)
    this.hear({ type: 'engine.resumed' }, atMs, change)
  }

  #upgrade({ chart, upgraded }: Next, atMs: number, change: Change): void {
    const { event, timersRemoved, timersMoved, uninvoked } = upgraded
    this.#next = undefined
    this.#chart = chart
    for (const id of timersRemoved) this.dropTimer(id, change)
    for (const timer of timersMoved) this.#setTimer(timer, change)
    for (const id of uninvoked) {
      const open = this.open.get(id)
      if (open) this.settle(open, DROPPED, atMs, change)
    }
    change.snapshot = true
    const beganMs = momentOf(this.#watching)
    this.#keep(takeTurn(chart, this.group, event), event, atMs, change, beganMs)
    // A new base is ours alone: to its author the chart is what it was.
    if (event.from === chart.version) return
    this.hear({ type: 'engine.upgraded', from: event.from }, atMs, change)
  }

  /** Lets the call hear an event. A chart that throws is left as it was, and the event quarantined. */
  hear(event: CallChartEvent, atMs: number, change: Change): void {
    if (this.status === 'ended') return
    if (!moveTheGroup.has(event.type) && !this.chart.hears(event.type)) return
    if (isAnswered(this.group.joinings, event)) return
    const beganMs = momentOf(this.#watching)
    try {
      const turn = takeTurn(this.chart, this.group, event)
      refuseTellingSecrets(turn.commands, turn.group.call.context.private)
      refuseLosingOwn(turn, this.group)
      // Throws where somebody's joining would be answered with what Graph does not take.
      answerIn(turn.commands)
      if (!isIdle(turn, this.group)) this.#keep(turn, event, atMs, change, beganMs)
    } catch (error) {
      this.#quarantine(event, atMs, change, error)
    }
  }

  #quarantine(event: CallChartEvent, atMs: number, change: Change, error: unknown): void {
    const { text, hadPrivate } = encodeEvent(event, privateParts)
    const reason = reasonKept(error, hadPrivate, this.group.call.context.private)
    change.quarantined.push({ atMs, event: text, reason })
    this.#watching.observers.tell({
      kind: 'quarantined',
      atMs,
      key: this.key,
      event: event.type,
      reason: withoutPeople(reason),
    })
    if (event.type !== 'engine.error') {
      this.hear({ type: 'engine.error', eventType: event.type, reason }, atMs, change)
    }
  }

  #keep(turn: Turn, event: CallChartEvent, atMs: number, change: Change, beganMs: number): void {
    const sequence = turn.group.sequence
    // What cannot be written down leaves the call as it was.
    const { text, hadPrivate, timers, owed } = writtenOf(turn, event, atMs)
    const { chart, group: before } = this
    const group = this.#watching.roundTrip ? readBack(chart, turn.group) : turn.group
    this.#watching.visits.note(chart, turn)
    if (this.#watching.observers.isWatched) {
      tellTurn(this.#watching, { atMs, beganMs, event: event.type, text, chart, turn, before })
    }
    this.group = group
    for (const id of turn.moved) this.#moved.add(id)
    change.journal.push({ sequence, atMs, chartVersion: chart.version, event: text })
    this.#sinceSnapshot += 1
    if (hadPrivate || this.#sinceSnapshot >= SNAPSHOT_EVERY) change.snapshot = true
    this.#leave(turn.uninvoked, atMs, change)
    tellTimers(this.#watching, this.key, turn, this.timers, atMs)
    for (const id of turn.timersCancelled) this.dropTimer(id, change)
    for (const timer of timers) this.#setTimer(timer, change)
    for (const each of owed) this.#owe(each, atMs, change)
    if (this.#isOver()) this.#end(atMs, change)
  }

  #setTimer(timer: TimerEntry, change: Change): void {
    this.timers.set(timer.id, timer)
    change.timers.push(timer)
  }

  /** Forgets a timer that fired or was called off. */
  dropTimer(id: string, change: Change): void {
    if (!this.timers.delete(id)) return
    const unwritten = change.timers.findIndex((timer) => timer.id === id)
    if (unwritten >= 0) change.timers.splice(unwritten, 1)
    change.timersRemoved.push(id)
  }

  #owe({ command, entry }: Owed, atMs: number, change: Change): void {
    const { effect, params } = command
    tellAsked(this.#watching, this.group, command, atMs)
    if (!entry) {
      change.responses.push(command)
      return
    }
    this.open.set(entry.id, { ...entry, effect, params, operationId: undefined })
    change.effects.push(entry)
  }

  #leave(invocationIds: readonly string[], atMs: number, change: Change): void {
    for (const invocationId of invocationIds) {
      for (const open of this.open.values()) {
        if (open.effect === 'invoke' && invocationOf(open).id === invocationId) {
          this.settle(open, DROPPED, atMs, change)
        }
      }
    }
  }

  /** Writes down how an effect stands; one whose fate is known is no longer open. */
  settle(open: OpenEffect, fate: Fate, atMs: number, change: Change): void {
    const { status, operationId } = fate
    open.status = status
    if (operationId !== undefined) open.operationId = operationId
    change.effectChanges.push({ id: open.id, status, operationId: open.operationId })
    if (status === 'done' || status === 'failed' || status === 'dropped') this.open.delete(open.id)
    tellSettled(this.#watching, this.key, open, fate, atMs)
  }

  /** Nothing can move the call any more: it is terminated, nothing is due and no invocation runs. */
  #isOver(): boolean {
    const { call } = this.group
    if (!call.matches({ signalling: 'terminated' })) return false
    const effects = [...this.open.values()].map(({ effect }) => effect)
    // What it has to say to other calls is said, even where it is the last thing it does.
    if (effects.some(isCallEffect)) return false
    return call.status === 'done' || (this.timers.size === 0 && !effects.includes('invoke'))
  }

  /** Ends it where nothing can move it any more, after something it waited for came to nothing. */
  endIfOver(atMs: number, change: Change): void {
    if (this.status === 'live' && this.#isOver()) this.#end(atMs, change)
  }

  #end(atMs: number, change: Change): void {
    this.status = 'ended'
    change.snapshot = true
    for (const open of [...this.open.values()]) this.settle(open, DROPPED, atMs, change)
    for (const id of [...this.timers.keys()]) this.dropTimer(id, change)
    tellEnded(this.#watching, this.key, atMs)
  }

  /** The chart it runs on. */
  get chart(): Chart {
    return this.#chart
  }

  /** How Graph knows the call. */
  get address(): CallAddress {
    const { call }: { call: GraphCall } = this.group.call.context
    const tenantId = call.tenantId ?? undefined
    return { graphId: this.graphId, tenantId, appId: this.appId, chartId: this.chart.id }
  }

  /** Whether it holds anything that is never written down. */
  get holdsPrivate(): boolean {
    const { private: held }: CallContext = this.group.call.context
    return Object.values(held).some((value) => value !== undefined)
  }

  /** Whether the store holds less than a snapshot of this call would. */
  get unsnapshotted(): boolean {
    return this.#sinceSnapshot > 0
  }

  /** The commit that writes a change down. */
  commitOf(change: Change): CallCommit {
    // No turn has been taken since the last of this change.
    const afterSequence = this.group.sequence - change.journal.length
    return {
      key: this.key,
      afterSequence,
      graphId: this.graphId,
      status: this.status,
      chartId: this.chart.id,
      journal: change.journal,
      snapshot: change.snapshot ? this.#snapshot(afterSequence === 0) : undefined,
      effects: change.effects,
      effectChanges: change.effectChanges,
      timers: change.timers,
      timersRemoved: change.timersRemoved,
      quarantined: change.quarantined,
    }
  }

  #snapshot(isFirst: boolean): CallCommit['snapshot'] {
    const actors = encodeActors(this.chart, this.group, isFirst ? undefined : this.#moved)
    const actorsGone = goneActors(this.group, this.#moved)
    this.#moved.clear()
    this.#sinceSnapshot = 0
    return { sequence: this.group.sequence, chartVersion: this.chart.version, actors, actorsGone }
  }
}

/** Why a chart threw; not in its own words where those may tell what it heard in private. */
function reasonKept(error: unknown, hadPrivate: boolean, secret: unknown): string {
  const reason = reasonOf(error)
  return hadPrivate || withoutSecrets(reason, secret).isLacking
    ? 'The chart threw; what it said is not kept, for it heard something private.'
    : reason
}

/** A repetition or an echo: nothing moved and nothing was asked, so there is nothing to remember. */
function isIdle(turn: Turn, before: Group): boolean {
  return (
    turn.group.call === before.call &&
    turn.group.heard === before.heard &&
    turn.group.joinings === before.joinings &&
    turn.moved.size === 0 &&
    turn.commands.length === 0 &&
    turn.emitted.length === 0
  )
}
