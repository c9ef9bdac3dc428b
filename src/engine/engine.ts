/** The engine: mailboxes, turns, group commit, timers, invocations and recovery put together. */
import type { AnyStateMachine } from 'xstate'
import type { EffectParams } from '../../machines/effects.ts'
import type { Call as GraphCall } from '../../machines/words.ts'
import type { DueTimer, Store } from '../../snapshots/store.ts'
import type { Clock } from '../clock.ts'
import { OverloadError } from '../errors.ts'
import { callOf } from '../graph/entities.ts'
import { sameId } from '../graph/ids.ts'
import { reportsOf } from '../graph/route.ts'
import { type RandomBytes, uuid } from '../random.ts'
import { type Observer, unobserved } from '../telemetry.ts'
import { Call, type Change, emptyChange, type OpenEffect, type Watching } from './call.ts'
import { type Chart, loadChart } from './chart.ts'
import { Committer } from './committer.ts'
import { discreet } from './discreet.ts'
import type { StartEvent } from './group.ts'
import { hearIncoming } from './hear.ts'
import type { Delivery, Intake, Verdict } from './intake.ts'
import { INTAKE_LIMIT, limited } from './intakeLimit.ts'
import { Invocations } from './invocations.ts'
import { responseTo } from './joining.ts'
import { Mailboxes } from './mailboxes.ts'
import type { Outbound } from './outbound.ts'
import { outcomeOf, type Settlement } from './settlement.ts'
import { isOfAnother, ofProvenTenant } from './tenant.ts'
import { Timers } from './timers.ts'
import type { Command } from './turn.ts'

export type EngineOptions = {
  readonly chart: AnyStateMachine
  readonly store: Store
  readonly clock: Clock
  readonly random: RandomBytes
  readonly observe?: Observer
  /** Calls kept in memory; the longest idle beyond this are passivated. Default 10,000. */
  readonly hotCalls?: number
  /** Notifications taken in at once; more are answered 503 with Retry-After. Default 10,000. */
  readonly intakeLimit?: number
  /** For tests: after every turn the call is read back from its own text, as after a restart. */
  readonly roundTrip?: boolean
  /** What to do with a live call nobody knows: take it up (`adopt`, default), or `refuse` it. */
  readonly unknownCalls?: 'adopt' | 'refuse'
  /** The application permissions of the bot's token, when known. */
  readonly permissions?: () => readonly string[] | undefined
}

/** How many stored calls are woken at a time after a restart. */
const RECOVERY_PAGE = 100

export class Engine {
  readonly chart: Chart
  /** Takes verified notifications; each verdict comes after its effect is durable. Never rejects. */
  readonly intake: Intake
  readonly #options: EngineOptions
  readonly #observe: Observer
  readonly #watching: Watching
  readonly #mailboxes: Mailboxes
  readonly #committer: Committer
  readonly #timers: Timers
  readonly #invocations: Invocations
  #outbound: Outbound | undefined

  constructor(options: EngineOptions) {
    this.#options = options
    this.#observe = options.observe ?? unobserved
    this.#watching = { observe: this.#observe, roundTrip: options.roundTrip === true }
    this.chart = loadChart(options.chart)
    this.intake = limited(
      (deliveries) =>
        Promise.all(deliveries.map((delivery) => this.#accept(delivery).catch(verdictOf))),
      options.intakeLimit ?? INTAKE_LIMIT,
    )
    this.#mailboxes = new Mailboxes({
      load: (key) => this.#load(key),
      hotCalls: options.hotCalls ?? 10_000,
      passivate: (call) => this.#committer.stage(call, askSnapshot),
    })
    this.#committer = new Committer({
      store: options.store,
      failed: (calls, error) => this.#commitFailed(calls, error),
    })
    this.#timers = new Timers({
      store: options.store,
      clock: options.clock,
      fire: (timer) => this.#fire(timer),
    })
    this.#invocations = new Invocations(this.chart, options.clock, (key, id, event) =>
      this.#withOpen(key, id, (call, open, change) => {
        call.settle(open, 'done', change)
        call.hear(event, this.#options.clock.now(), change)
      }),
    )
  }

  /** Goes on with every stored call; notifications are taken from now on. */
  async start(outbound: Outbound): Promise<void> {
    this.#outbound = outbound
    await this.#recover()
    await this.#timers.start()
  }

  /** Places a call: the chart starts in `creating` with this request. Resolves, once durable, to its key. */
  async call(request: EffectParams['createCall']): Promise<string> {
    const key = uuid(this.#options.random)
    await this.#mailboxes.post(key, () => this.#begin(key, { key, direction: 'outgoing', request }))
    return key
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
      call.settle(open, outcome.status, change, outcome.operationId)
      this.#tellSettled(call, open, settlement)
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
  }

  /** Whether work is waiting or not yet durable. */
  get busy(): boolean {
    return this.#mailboxes.busy || this.#invocations.running > 0
  }

  /** How many calls have a mailbox in memory. */
  get mailboxes(): number {
    return this.#mailboxes.size
  }

  /** Finishes the work at hand and writes what memory holds; the store stays open. */
  async stop(): Promise<void> {
    this.#invocations.stop()
    await this.#timers.stop()
    const snapshots = [...this.#mailboxes.calls()]
      .filter((call) => call.unsnapshotted && !call.spoiled)
      .map((call) => this.#committer.stage(call, askSnapshot))
    await Promise.allSettled(snapshots)
    await this.#committer.settled()
  }

  /** Lets go of timers and invocations, finishing nothing. */
  abandon(): void {
    this.#outbound = undefined
    this.#invocations.stop()
    this.#timers.halt()
  }

  async #load(key: string): Promise<Call | undefined> {
    const stored = await this.#options.store.load(key)
    return stored && Call.loaded(this.chart, stored, this.#watching)
  }

  async #accept(told: Delivery): Promise<Verdict> {
    if (!this.#outbound) {
      return { kind: 'unavailable', reason: 'The engine is starting.', retryAfterSeconds: 1 }
    }
    const delivery = ofProvenTenant(told)
    const key = await this.#keyOf(delivery)
    return this.#mailboxes.post(key, async (call) => {
      if (call && isOfAnother(call.address, delivery))
        return { kind: 'refused', reason: `Call '${key}' is of another tenant than the token.` }
      this.#tellNotified(key, delivery)
      if (!call) return this.#takeUp(key, delivery)
      const responses = await this.#hear(call, delivery)
      return { kind: 'accepted', ...responseTo(delivery.notification, responses) }
    })
  }

  #tellNotified(key: string, { notification, atMs }: Delivery): void {
    const { changeType, subject } = notification
    this.#observe({ kind: 'notified', atMs, key, what: `${subject} ${changeType}` })
  }

  /** Lets a call hear a notification; resolves to what its chart responds with. */
  async #hear(call: Call, { notification, atMs }: Delivery): Promise<readonly Command[]> {
    let responses: readonly Command[] = []
    await this.#change(call, (change) => {
      const from = change.responses.length
      this.#bind(call, { id: notification.callId })
      for (const report of reportsOf(notification)) hearIncoming(call, report, atMs, change)
      responses = change.responses.slice(from)
    })
    return responses
  }

  /** A call nobody knows: one that rings is new, one that lives is adopted or refused by policy. */
  async #takeUp(key: string, delivery: Delivery): Promise<Verdict> {
    const { notification, atMs } = delivery
    const tell = (outcome: 'adopted' | 'refused' | 'over') =>
      this.#observe({ kind: 'unknownCall', atMs, key, outcome })
    if (notification.subject === 'call' && notification.changeType === 'deleted') {
      tell('over')
      return { kind: 'accepted' }
    }
    const call = startingCall(delivery)
    if (call.state !== 'incoming') {
      const isAdopting = this.#options.unknownCalls !== 'refuse'
      tell(isAdopting ? 'adopted' : 'refused')
      if (!isAdopting) {
        return { kind: 'refused', reason: `No call '${notification.callId}' is known here.` }
      }
    }
    await this.#begin(key, { key, direction: 'incoming', call }, notification.callId)
    return { kind: 'accepted' }
  }

  async #keyOf({ key, notification }: Delivery): Promise<string> {
    if (key !== undefined) return key
    return (
      (await this.#options.store.find(sameId(notification.callId))) ?? sameId(notification.callId)
    )
  }

  #begin(
    key: string,
    input: Omit<StartEvent['input'], 'permissions'>,
    graphId?: string,
  ): Promise<void> {
    const atMs = this.#options.clock.now()
    const change = emptyChange()
    const permissions = this.#options.permissions?.()
    const event: StartEvent = {
      type: 'call.started',
      input: { ...input, ...(permissions && { permissions }) },
    }
    const call = Call.started(this.chart, event, atMs, change, this.#watching)
    if (graphId !== undefined) call.graphId = sameId(graphId)
    this.#mailboxes.keep(key, call)
    return this.#change(call, (staged) => mergeInto(staged, change))
  }

  #bind(call: Call, told: GraphCall | undefined): void {
    if (told?.id && call.graphId === undefined) call.graphId = sameId(told.id)
  }

  /** Stages work on a call, and sees to what it asked for once it is durable. */
  async #change(call: Call, work: (change: Change) => void): Promise<void> {
    const asked: OpenEffect[] = []
    const closed: string[] = []
    let dueMs: number | undefined
    await this.#committer.stage(call, (change) => {
      const { effects, effectChanges, timers } = change
      const from = [effects.length, effectChanges.length] as const
      work(change)
      for (const { id } of effects.slice(from[0])) {
        const open = call.open.get(id)
        if (open) asked.push({ ...open })
      }
      for (const { id, status } of effectChanges.slice(from[1])) {
        if (status === 'done' || status === 'failed' || status === 'dropped') closed.push(id)
      }
      dueMs = timers.reduce<number | undefined>(
        (soonest, timer) => Math.min(soonest ?? timer.dueMs, timer.dueMs),
        undefined,
      )
    })
    if (dueMs !== undefined) this.#timers.arm(dueMs)
    for (const id of closed) this.#close(call, id)
    this.#outbound?.addressed(call.key, call.address)
    for (const open of asked) this.#owe(call, open)
    if (call.status === 'ended') this.#outbound?.ended(call.key)
  }

  #close(call: Call, id: string): void {
    this.#invocations.abort(id)
    this.#outbound?.closed(call.key, id)
  }

  #owe(call: Call, open: OpenEffect): void {
    if (open.effect === 'invoke') this.#invocations.run(call.key, open)
    else this.#outbound?.owe({ ...open, effect: open.effect, key: call.key }, call.address)
  }

  async #withOpen(
    key: string,
    id: string,
    work: (call: Call, open: OpenEffect, change: Change) => void,
  ): Promise<void> {
    await this.#mailboxes.post(key, async (call) => {
      const open = call?.open.get(id)
      if (!call || !open) return
      await this.#change(call, (change) => work(call, open, change))
    })
  }

  async #fire({ key, id }: DueTimer): Promise<void> {
    await this.#mailboxes.post(key, async (call) => {
      const timer = call?.timers.get(id)
      const atMs = this.#options.clock.now()
      if (!call || !timer || timer.dueMs > atMs) return
      await this.#change(call, (change) => {
        call.dropTimer(id, change)
        call.hear(JSON.parse(timer.event), atMs, change)
      })
    })
  }

  async #recover(): Promise<void> {
    let calls = 0
    let effects = 0
    let after: string | undefined
    for (;;) {
      const keys = await this.#options.store.liveKeys(after, RECOVERY_PAGE)
      const resumed = await Promise.all(keys.map((key) => this.#resume(key)))
      calls += keys.length
      effects += resumed.reduce((sum, count) => sum + count, 0)
      after = keys.at(-1)
      if (after === undefined) break
    }
    if (calls > 0)
      this.#observe({ kind: 'recovered', atMs: this.#options.clock.now(), calls, effects })
  }

  /** Goes on with one stored call: what it owed is owed again, and it hears that memory was lost. */
  #resume(key: string): Promise<number> {
    return this.#mailboxes.post(key, async (call) => {
      if (!call) return 0
      const open = [...call.open.values()].map((effect) => ({ ...effect }))
      for (const effect of open) this.#owe(call, effect)
      await this.#change(call, (change) =>
        call.hear({ type: 'engine.resumed' }, this.#options.clock.now(), change),
      )
      return open.length
    })
  }

  #commitFailed(calls: readonly Call[], error: unknown): void {
    for (const { key } of calls) this.#mailboxes.forget(key)
    const reason = error instanceof Error ? error.message : String(error)
    this.#observe({
      kind: 'commitFailed',
      atMs: this.#options.clock.now(),
      calls: calls.length,
      reason,
    })
  }

  #tellSettled(call: Call, { effect, id, status }: OpenEffect, settlement: Settlement): void {
    if (settlement.kind === 'sent') return
    const fault = settlement.kind === 'failed' ? discreet(settlement.fault) : undefined
    this.#observe({
      kind: 'settled',
      atMs: this.#options.clock.now(),
      key: call.key,
      effect,
      command: id,
      status,
      fault,
    })
  }
}

function askSnapshot(change: Change): void {
  change.snapshot = true
}

/** What a notification tells of an unknown call; where it tells no state, the chart asks for it. */
function startingCall({ notification, tenantId }: Delivery): GraphCall {
  const [resource] = notification.subject === 'call' ? notification.resources : []
  const told = resource ? callOf(resource) : {}
  const untold = resource && notification.changeType === 'created' ? 'incoming' : 'unknown'
  return { tenantId, ...told, state: told.state ?? untold }
}

function verdictOf(error: unknown): Verdict {
  const reason = error instanceof Error ? error.message : String(error)
  return { kind: 'unavailable', reason, retryAfterSeconds: error instanceof OverloadError ? 1 : 5 }
}

function mergeInto(staged: Change, change: Change): void {
  staged.journal.push(...change.journal)
  staged.effects.push(...change.effects)
  staged.effectChanges.push(...change.effectChanges)
  staged.timers.push(...change.timers)
  staged.timersRemoved.push(...change.timersRemoved)
  staged.quarantined.push(...change.quarantined)
  staged.responses.push(...change.responses)
  staged.snapshot ||= change.snapshot
}
