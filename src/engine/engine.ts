/** The engine: mailboxes, turns, group commit, timers, invocations and recovery put together. */
import type { EffectParams } from '../../machines/effects.ts'
import type { AdminEvent } from '../../machines/events.ts'
import type { Call as GraphCall } from '../../machines/words.ts'
import type { DueTimer } from '../../snapshots/store.ts'
import { reasonOf } from '../errors.ts'
import { sameId } from '../graph/ids.ts'
import { Observers } from '../telemetry/observers.ts'
import { Call } from './call.ts'
import type { Carrier } from './carrier.ts'
import { createCarrier } from './carryOut.ts'
import { type Change, emptyChange, mergeInto, type OpenEffect } from './change.ts'
import { Changes } from './changes.ts'
import type { Chart } from './chart.ts'
import { Charts } from './charts.ts'
import { Committer } from './committer.ts'
import { withoutPeople } from './discreet.ts'
import { EndedCalls } from './endedCalls.ts'
import type { EngineOptions } from './engineOptions.ts'
import { Entrance, INTAKE_LIMIT } from './entrance.ts'
import { type StartEvent, statesOf } from './group.ts'
import { hearIncoming, hearNotification, hearTimer } from './hear.ts'
import type { Delivery, Intake, Verdict } from './intake.ts'
import { Invocations } from './invocations.ts'
import { type Asking, askedIn, responseTo } from './joining.ts'
import { loadCall } from './load.ts'
import { Mailboxes } from './mailboxes.ts'
import { newcomerOf, turnedAway } from './newcomers.ts'
import { operate } from './operate.ts'
import type { Outbound } from './outbound.ts'
import { Placements, type Placing } from './placing.ts'
import { Recovery } from './recovery.ts'
import { outcomeOf, type Settlement } from './settlement.ts'
import { Timers } from './timers.ts'
import { momentOf, tellNotified, tellTaken, type Watching } from './told.ts'
import { verdictOf } from './unavailable.ts'
import { Visits } from './visits.ts'
import { foreignPartOf, ofProvenTenant } from './whose.ts'

export class Engine {
  readonly charts: Charts
  /** Where in their charts calls have gone since this engine was made. */
  readonly visits = new Visits()
  /** Takes verified notifications; each verdict comes after its effect is durable. Never rejects. */
  readonly intake: Intake
  readonly #options: EngineOptions
  readonly #observers: Observers
  readonly #watching: Watching
  readonly #entrance: Entrance
  readonly #mailboxes: Mailboxes
  readonly #committer: Committer
  readonly #timers: Timers
  readonly #invocations: Invocations
  readonly #recovery: Recovery
  readonly #changes: Changes
  readonly #endedCalls: EndedCalls
  readonly #placements: Placements
  readonly #carrier: Carrier
  #notifications = 0
  #outbound: Outbound | undefined
  #turnedAway: Verdict | undefined

  constructor(options: EngineOptions) {
    this.#options = options
    this.#observers = options.observers ?? new Observers()
    this.#watching = {
      observers: this.#observers,
      clock: options.clock,
      visits: this.visits,
      roundTrip: options.roundTrip === true,
    }
    this.charts = new Charts(options.bot)
    this.#entrance = new Entrance(
      (deliveries) =>
        Promise.all(deliveries.map((delivery) => this.#accept(delivery).catch(verdictOf))),
      options.intakeLimit ?? INTAKE_LIMIT,
    )
    this.intake = this.#entrance.take
    this.#mailboxes = new Mailboxes({
      load: (key) => this.#load(key),
      hotCalls: options.hotCalls ?? 10_000,
      passivate: (call) => this.#passivate(call),
    })
    this.#committer = new Committer({
      store: options.store,
      clock: options.clock,
      observers: this.#observers,
      failed: (calls, error) => this.#commitFailed(calls, error),
    })
    this.#timers = new Timers({
      store: options.store,
      clock: options.clock,
      fire: (timer) => this.#fire(timer),
    })
    this.#invocations = new Invocations(this.#watching, (key, id, event) =>
      this.#withOpen(key, id, (call, open, change) => {
        const atMs = this.#options.clock.now()
        const status = event.type.startsWith('xstate.error.') ? 'failed' : 'done'
        call.settle(open, { status }, atMs, change)
        call.hear(event, atMs, change)
      }),
    )
    this.#recovery = new Recovery({
      ...options,
      observers: this.#observers,
      takeUp: (key) => this.#takeUp(key),
    })
    this.#placements = new Placements({
      ...options,
      charts: this.charts,
      mailboxes: this.#mailboxes,
      isClosed: () => this.#turnedAway !== undefined,
      begin: (chart, input) => this.#begin(chart, input),
    })
    this.#endedCalls = new EndedCalls(options.store, options.clock, options.retentionDays)
    this.#carrier = createCarrier({
      clock: options.clock,
      charts: this.charts,
      mailboxes: this.#mailboxes,
      changes: () => this.#changes,
      begin: (chart, input) => this.#begin(chart, input),
      settle: (key, id, settlement) => this.settle(key, id, settlement),
    })
    this.#changes = new Changes({
      clock: options.clock,
      committer: this.#committer,
      timers: this.#timers,
      invocations: this.#invocations,
      carrier: this.#carrier,
      outbound: () => this.#outbound,
      takenUp: (key, effects) => this.#recovery.takenUp(key, effects),
      ended: () => this.#endedCalls.expect(),
    })
  }

  /**
   * Notifications are taken from now on, and every stored call is gone on with: one that is spoken of or
   * due at once, the others in the background.
   */
  async start(outbound: Outbound): Promise<void> {
    await this.#recovery.start()
    this.#outbound = outbound
    await this.#timers.start()
    this.#recovery.takeUpAll()
    this.#endedCalls.start()
  }

  /** Takes no new calls from now on: Graph sends them again, or to `elsewhere`. Those it has go on. */
  turnAway(elsewhere?: string): void {
    this.#turnedAway = turnedAway(elsewhere)
  }

  /** Takes no notification from now on: Graph sends it again. Resolves once those under way are durable. */
  closeIntake(): Promise<void> {
    return this.#entrance.close()
  }

  /**
   * Places a call: the chart named, or the only one, starts in `creating` with this request. Resolves, once
   * durable, to its key. Throws `CallchartError` (`call.conflict`) where another call was placed under the
   * `idempotencyKey`, and `OverloadError` when no new calls are taken.
   */
  call(request: EffectParams['createCall'], placing: Placing = {}): Promise<string> {
    return this.#placements.place(request, placing)
  }

  /** Lets a live call hear what an operator asks of it; see `operate`. */
  operate(key: string, type: AdminEvent['type']): Promise<readonly string[] | undefined> {
    const { clock } = this.#options
    return this.#mailboxes.post(key, (call) => operate(call, type, this.#changes, clock.now()))
  }

  /** Tells what became of an effect. Resolves to false when its fate was known already. */
  async settle(key: string, id: string, settlement: Settlement): Promise<boolean> {
    let wasOpen = false
    await this.#withOpen(key, id, (call, open, change) => {
      if (open.effect === 'invoke') return
      wasOpen = true
      const atMs = this.#options.clock.now()
      const outcome = outcomeOf(open.effect, id, settlement)
      if (settlement.kind === 'answered') this.#bind(call, settlement.answer.call)
      call.settle(open, outcome, atMs, change)
      // First what the answer tells of the call, so that the outcome is heard with it known.
      for (const report of outcome.reports) hearIncoming(call, report, atMs, change)
      for (const event of outcome.events) call.hear(event, atMs, change)
    })
    return wasOpen
  }

  /** Resolves when no work is under way; what waits for time or for Graph is not work. */
  async settled(): Promise<void> {
    await this.#timers.settled()
    await this.#committer.settled()
    await this.#endedCalls.settled()
  }

  /** Whether work is waiting or not yet durable. */
  get busy(): boolean {
    const running = this.#invocations.running + this.#carrier.running
    return this.#mailboxes.busy || running > 0 || this.#recovery.isRunning
  }

  /** The active states of a call, where it is in memory. */
  statesOf(key: string): readonly string[] | undefined {
    const call = this.#mailboxes.peek(key)
    return call && statesOf(call.group.call)
  }

  /** How much work is in mailboxes, waiting or not yet durable. */
  get depth(): number {
    return this.#mailboxes.depth
  }

  /** How many calls have a mailbox in memory. */
  get mailboxes(): number {
    return this.#mailboxes.size
  }

  /** Finishes the work at hand and writes what memory holds; the store stays open. */
  async stop(): Promise<void> {
    this.#halt()
    await this.#timers.stop()
    const snapshots = [...this.#mailboxes.calls()]
      .filter((call) => call.unsnapshotted && !call.spoiled)
      .map((call) => this.#committer.stage(call, askSnapshot))
    await Promise.allSettled(snapshots)
    await this.#committer.settled()
    await this.#endedCalls.settled()
  }

  /** Lets go of timers and invocations, finishing nothing. */
  abandon(): void {
    this.#outbound = undefined
    this.#halt()
    this.#timers.halt()
  }

  #halt(): void {
    this.#recovery.stop()
    this.#endedCalls.stop()
    this.#invocations.stop()
    this.#carrier.stop()
  }

  async #load(key: string): Promise<Call | undefined> {
    const stored = await this.#options.store.load(key)
    if (!stored) return undefined
    const { call } = loadCall(this.charts, stored, this.#watching)
    if (this.#recovery.isLeftBehind(key)) call.isLeftBehind = true
    return call
  }

  #takeUp(key: string): Promise<void> {
    return this.#mailboxes.post(key, async (call) => {
      if (call) await this.#changes.make(call, () => {})
    })
  }

  /** Writes a call before it leaves memory; what it held in private is then lost, as after a restart. */
  async #passivate(call: Call): Promise<void> {
    await this.#committer.stage(call, askSnapshot)
    if (call.holdsPrivate) this.#recovery.leave(call.key)
  }

  async #accept(told: Delivery): Promise<Verdict> {
    if (!this.#outbound) {
      return { kind: 'unavailable', reason: 'The engine is starting.', retryAfterSeconds: 1 }
    }
    const delivery = ofProvenTenant(told)
    const key = delivery.key ?? (await this.#keyOf(delivery))
    const number = ++this.#notifications
    const isWatched = this.#observers.isWatched
    const beganMs = momentOf(this.#watching)
    const verdict = this.#mailboxes.post(key, (call) => this.#hear(key, call, delivery, number))
    return isWatched ? tellTaken(this.#watching, key, delivery, number, beganMs, verdict) : verdict
  }

  /** Lets a call hear a notification. */
  async #hear(
    key: string,
    call: Call | undefined,
    delivery: Delivery,
    number: number,
  ): Promise<Verdict> {
    const { notification, atMs } = delivery
    const foreign = call && foreignPartOf(call.address, delivery)
    if (foreign)
      return this.#refuse(key, atMs, `Call '${key}' is of another ${foreign} than the token.`)
    tellNotified(this.#watching, key, delivery, number)
    if (!call) return this.#meet(key, delivery)
    let asking: Asking = { responses: [], hasThrown: false }
    await this.#changes.make(call, (change) => {
      this.#bind(call, { id: notification.callId })
      asking = askedIn(change, () => hearNotification(call, notification, atMs, change))
    })
    return { kind: 'accepted', ...responseTo(notification, call.group.joinings, asking) }
  }

  #refuse(key: string, atMs: number, reason: string): Verdict {
    this.#observers.tell({ kind: 'refused', atMs, key, reason: withoutPeople(reason) })
    return { kind: 'refused', reason }
  }

  /** A notification about a call nobody knows. */
  async #meet(key: string, delivery: Delivery): Promise<Verdict> {
    const { notification, atMs } = delivery
    const newcomer = newcomerOf(delivery, this.#options.unknownCalls ?? 'adopt')
    const { kind } = newcomer
    if (this.#turnedAway && (kind === 'new' || kind === 'adopted')) return this.#turnedAway
    if (kind !== 'new') this.#observers.tell({ kind: 'unknownCall', atMs, key, outcome: kind })
    if (kind === 'over') return { kind: 'accepted' }
    if (kind === 'refused') {
      return { kind, reason: `No call '${notification.callId}' is known here.` }
    }
    const { call } = newcomer
    const chart = this.charts.chosen(call, delivery)
    if (typeof chart === 'string') return this.#refuse(key, atMs, chart)
    let begun: Promise<void>
    try {
      begun = this.#begin(chart, { key, direction: 'incoming', call }, notification.callId)
    } catch (error) {
      // Told again it would throw again.
      return this.#refuse(key, atMs, `The chart threw when the call started: ${reasonOf(error)}`)
    }
    await begun
    return { kind: 'accepted' }
  }

  async #keyOf({ notification }: Delivery): Promise<string> {
    const graphId = sameId(notification.callId)
    return (await this.#options.store.find(graphId)) ?? graphId
  }

  #begin(
    chart: Chart,
    input: Omit<StartEvent['input'], 'appId' | 'permissions'>,
    graphId?: string,
  ): Promise<void> {
    const atMs = this.#options.clock.now()
    const change = emptyChange()
    const appId = this.charts.appIdOf(chart.id)
    const permissions = this.#options.permissions?.(appId)
    const event: StartEvent = {
      type: 'call.started',
      input: {
        ...input,
        ...(appId !== undefined && { appId }),
        ...(permissions && { permissions }),
      },
    }
    const call = Call.started(chart, event, atMs, change, this.#watching)
    call.appId = appId
    if (graphId !== undefined) call.graphId = sameId(graphId)
    this.#mailboxes.keep(call.key, call)
    return this.#changes.make(call, (staged) => mergeInto(staged, change))
  }

  #bind(call: Call, told: GraphCall | undefined): void {
    if (told?.id && call.graphId === undefined) call.graphId = sameId(told.id)
  }

  async #withOpen(
    key: string,
    id: string,
    work: (call: Call, open: OpenEffect, change: Change) => void,
  ): Promise<void> {
    await this.#mailboxes.post(key, async (call) => {
      const open = call?.open.get(id)
      if (!call || !open) return
      await this.#changes.make(call, (change) => {
        work(call, open, change)
        call.endIfOver(this.#options.clock.now(), change)
      })
    })
  }

  async #fire({ key, id }: DueTimer): Promise<void> {
    await this.#mailboxes.post(key, async (call) => {
      const atMs = this.#options.clock.now()
      if (!call || (call.timers.get(id)?.dueMs ?? 0) > atMs) return
      await this.#changes.make(call, (change) => hearTimer(this.#watching, call, id, atMs, change))
    })
  }

  #commitFailed(calls: readonly Call[], error: unknown): void {
    const keys = calls.map(({ key }) => key)
    for (const key of keys) this.#mailboxes.forget(key)
    const atMs = this.#options.clock.now()
    const reason = withoutPeople(reasonOf(error))
    this.#observers.tell({ kind: 'commitFailed', atMs, calls: calls.length, reason, keys })
  }
}

function askSnapshot(change: Change): void {
  change.snapshot = true
}
