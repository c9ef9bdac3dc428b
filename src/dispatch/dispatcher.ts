/**
 * The dispatcher: an owed effect becomes a request, its answer an event. In order within a call, side by
 * side across calls. What may be repeated is repeated; what may not is marked as sent before it is sent,
 * and looked for before it is sent again.
 */
import { type EffectName, effects } from '../../machines/effects.ts'
import type { Clock } from '../clock.ts'
import type { CallAddress, Outbound, Owed } from '../engine/outbound.ts'
import type { RequestSettlement } from '../engine/settlement.ts'
import {
  missingPermission,
  permissionFault,
  type RegisteredApp,
  type Reply,
  readAnswer,
  requestFor,
  rolesIn,
} from '../graph/index.ts'
import type { RandomBytes } from '../random.ts'
import type { Depths } from '../telemetry/metrics.ts'
import type { Observers } from '../telemetry/observers.ts'
import { evidenceOf, looksByAsking } from './evidence.ts'
import { depthsOf, Gate, type Lane, standing, takeNext, type Waiting } from './lanes.ts'
import { ownFaultOf, unendedFault, unknownAppFault, unresolvedFault } from './ownFaults.ts'
import { Pace } from './pace.ts'
import {
  backoffMs,
  isPassing,
  isReconciling,
  isRepeatable,
  isRunning,
  isUrgent,
  OPERATION_LIMIT_MS,
  PLACE_MS,
  RECONCILING_PER_SECOND,
  REQUEST_TIMEOUT_MS,
  tryForMs,
} from './rules.ts'
import { type Asking, tellRetrying, told } from './told.ts'
import { Wakes } from './wakes.ts'

export type DispatcherOptions = {
  /** The app whose a call is, at work, if the bot brings it; of calls that tell none, the bot's own. */
  readonly app: (appId: string | undefined) => RegisteredApp | undefined
  readonly clock: Clock
  readonly random: RandomBytes
  readonly observers: Observers
  /** Tells the engine; resolves, once durable, to whether the effect was still open. */
  readonly settle: (key: string, id: string, settlement: RequestSettlement) => Promise<boolean>
  /** The per-call callbackUri. */
  readonly callbackUri: (key: string) => string
  /** Where Graph fetches prompts that a chart names by file name. */
  readonly promptsUrl: (chartId: string | undefined) => string
  /** Whether an effect that the token's roles do not allow fails before it is sent. Default true. */
  readonly checkPermissions?: boolean
  /** Allows the effects that only Graph's beta knows. Default false. */
  readonly beta?: boolean
  /** Requests to Graph at once, not counting those that are slow to be answered. Default 64. */
  readonly parallel?: number
  /** Requests a second that only ask how calls stand; the others do not wait for them. Default 500. */
  readonly reconcilingPerSecond?: number
  /** How long to look for evidence of a request in doubt. Default 30 s. */
  readonly evidenceMs?: number
  /** What to do when none turned up, where the effect's own rule shall not hold. */
  readonly unresolved?: { readonly [Name in EffectName]?: 'resend' | 'drop' }
}

/** How often evidence is looked for while an effect is in doubt. */
const LOOKS = 3

/** How long to wait before telling the engine again what its store could not take. */
const STORE_RETRY_MS = 1_000

export class Dispatcher implements Outbound {
  readonly #options: DispatcherOptions
  readonly #gate: Gate
  readonly #pace: Pace
  readonly #lanes = new Map<string, Lane>()
  readonly #wakes: Wakes
  #inFlight = 0
  #answered: (() => void) | undefined
  /** Nothing more is sent. */
  #finishing = false
  /** Nor is anything more told to the engine. */
  #stopped = false

  constructor(options: DispatcherOptions) {
    this.#options = options
    const { clock, parallel = 64, reconcilingPerSecond = RECONCILING_PER_SECOND } = options
    this.#gate = new Gate(parallel, PLACE_MS, clock)
    this.#pace = new Pace(reconcilingPerSecond, clock)
    this.#wakes = new Wakes(clock)
  }

  readonly owe = (owed: Owed, address: CallAddress): void => {
    const lane = this.#lane(owed.key)
    lane.address = address
    // A call that turns before it is taken up again is owed what it asked for twice over.
    if (lane.open.has(owed.id)) return
    lane.open.set(owed.id, { status: standing(owed), askedMs: owed.askedMs })
    if (owed.status === 'owed') {
      this.#enter(owed)
    } else if (owed.status === 'running') {
      this.#awaitOperation(owed)
    } else {
      this.#look(lane, owed, 1)
    }
  }

  readonly addressed = (key: string, address: CallAddress): void => {
    const lane = this.#lanes.get(key)
    if (!lane) return
    lane.address = address
    this.#advance(lane)
  }

  readonly closed = (key: string, commandId: string): void => {
    const wasWaiting = this.#wakes.calm(commandId)
    const lane = this.#lanes.get(key)
    if (!lane) return
    lane.open.delete(commandId)
    if (lane.open.size === 0) this.#lanes.delete(key)
    if (wasWaiting && lane.sending?.id === commandId) this.#leave(lane, lane.sending)
  }

  readonly ended = (key: string): void => {
    this.#lanes.delete(key)
    this.#wakes.calmCall(key)
  }

  /** The effects whose fate is open, and how long the oldest that is to be sent has been owed. */
  depths(): Pick<Depths, 'outbox' | 'oldestOwedMs'> {
    return depthsOf(this.#lanes.values(), this.#options.clock.now())
  }

  /** Requests on their way. */
  get inFlight(): number {
    return this.#inFlight
  }

  /**
   * Sends nothing more, and resolves once what is on its way has been answered and the engine knows: what
   * nobody waits for would be in doubt for whoever comes next.
   */
  async finish(): Promise<void> {
    this.#finish()
    while (this.#inFlight > 0) {
      await new Promise<void>((resolve) => {
        this.#answered = resolve
      })
    }
  }

  /** Sends nothing more and waits for nothing; what is owed stays stored. */
  stop(): void {
    this.#stopped = true
    this.#finish()
  }

  #finish(): void {
    this.#finishing = true
    this.#wakes.calmAll()
  }

  #lane(key: string): Lane {
    const known = this.#lanes.get(key)
    if (known) return known
    const lane: Lane = {
      key,
      address: {
        graphId: undefined,
        tenantId: undefined,
        appId: undefined,
        chartId: undefined,
      },
      open: new Map(),
      waiting: [],
      sending: undefined,
    }
    this.#lanes.set(key, lane)
    return lane
  }

  /** Joins the call's lane: what only asks how the call stands does so once the pace allows. */
  #enter(waiting: Waiting): void {
    const enter = (lane: Lane) => {
      lane.waiting.push(waiting)
      this.#advance(lane)
    }
    if (isReconciling(waiting)) this.#atPace(waiting, enter)
    else enter(this.#lane(waiting.key))
  }

  /** Goes on as soon as the pace allows, if that is still wanted then. */
  #atPace(owed: Owed, goOn: (lane: Lane) => void): void {
    this.#pace.admit(() => {
      const lane = this.#lanes.get(owed.key)
      if (!this.#finishing && lane?.open.has(owed.id)) goOn(lane)
    })
  }

  #advance(lane: Lane): void {
    if (this.#finishing) return
    for (let owed = takeNext(lane, isUrgent); owed; owed = takeNext(lane, isUrgent)) {
      if (!isUrgent(owed)) lane.sending = owed
      this.#track(this.#begin(lane, owed))
    }
  }

  #track(work: Promise<void>): void {
    this.#inFlight += 1
    void work.finally(() => this.#land())
  }

  #land(): void {
    this.#inFlight -= 1
    if (this.#inFlight === 0) this.#answered?.()
  }

  async #begin(lane: Lane, owed: Waiting): Promise<void> {
    const isOpen = isRepeatable(owed) || (await this.#settle(owed, { kind: 'sent' }))
    if (isOpen) await this.#attempt(lane, owed, owed.tries ?? 1)
    else this.#leave(lane, owed)
  }

  /** The lane's next effect may go. */
  #leave(lane: Lane, owed: Owed): void {
    if (lane.sending === owed) lane.sending = undefined
    this.#advance(lane)
  }

  async #attempt(lane: Lane, owed: Owed, tries: number): Promise<void> {
    const { effect, params, id: commandId } = owed
    const reply = await this.#request(lane, { effect, params, commandId, attempt: tries })
    if (this.#stopped) return
    const canRepeat = isPassing(reply) || (reply.kind === 'unknown' && isRepeatable(owed))
    if (reply.kind !== 'answered' && canRepeat && this.#leftMs(owed) > 0) {
      this.#retry(lane, owed, tries, reply)
      return
    }
    await this.#conclude(lane, owed, reply)
  }

  /** Tells what became of a request; the lane's next may go. */
  async #conclude(lane: Lane, owed: Owed, reply: Reply): Promise<void> {
    if (reply.kind === 'answered') {
      const answer = readAnswer(owed.effect, reply.body)
      const isOpen = await this.#settle(owed, { kind: 'answered', answer })
      if (isOpen && isRunning(owed, answer.operation?.status)) this.#awaitOperation(owed)
    } else if (reply.kind === 'unknown' && !isRepeatable(owed)) {
      if (await this.#settle(owed, { kind: 'inDoubt' })) this.#look(lane, owed, 1)
    } else {
      await this.#settle(owed, { kind: 'failed', fault: reply.fault })
    }
    this.#leave(lane, owed)
  }

  #retry(lane: Lane, owed: Owed, tries: number, reply: Reply): void {
    const asked = reply.kind === 'refused' ? reply.retryAfterMs : undefined
    const leftMs = this.#leftMs(owed)
    // What the call is about does not wait until a question may be repeated.
    if (isReconciling(owed)) this.#leave(lane, owed)
    if (asked !== undefined && asked > leftMs) {
      // Graph would take it when it is of no use any more.
      this.#later(owed, leftMs, () => this.#conclude(lane, owed, reply))
      return
    }
    const waitMs = asked ?? backoffMs(tries, this.#chance())
    tellRetrying(this.#options, owed, tries + 1, waitMs, reply)
    this.#later(owed, waitMs, async () => {
      if (isReconciling(owed)) this.#enter({ ...owed, tries: tries + 1 })
      else await this.#attempt(lane, owed, tries + 1)
    })
  }

  /** Looks for evidence now and again until the deadline, then does as the rule says. */
  #look(lane: Lane, owed: Owed, looks: number): void {
    const waitMs = (this.#options.evidenceMs ?? 30_000) / LOOKS
    const lookNow = async () => {
      const answer = await evidenceOf(owed, lane.address, (effect) =>
        this.#request(lane, {
          effect,
          params: {},
          commandId: owed.id,
          attempt: looks,
          isEvidence: true,
        }),
      )
      if (answer) await this.#settle(owed, { kind: 'answered', answer })
      else if (looks < LOOKS) this.#look(lane, owed, looks + 1)
      else await this.#giveUpLooking(lane, owed)
    }
    this.#later(owed, waitMs, async () => {
      if (looksByAsking(owed)) this.#atPace(owed, () => this.#track(lookNow()))
      else await lookNow()
    })
  }

  async #giveUpLooking(lane: Lane, owed: Owed): Promise<void> {
    const policy = this.#options.unresolved?.[owed.effect] ?? effects[owed.effect].unresolved
    if (policy === 'drop') {
      await this.#settle(owed, { kind: 'failed', fault: unresolvedFault(owed.effect) })
      return
    }
    lane.waiting.push({ ...owed, status: 'owed', askedMs: this.#options.clock.now() })
    this.#advance(lane)
  }

  #awaitOperation(owed: Owed): void {
    const leftMs = owed.askedMs + OPERATION_LIMIT_MS - this.#options.clock.now()
    this.#later(owed, leftMs, async () => {
      await this.#settle(owed, { kind: 'failed', fault: unendedFault(owed.effect) })
    })
  }

  #later(owed: Owed, waitMs: number, work: () => Promise<void>): void {
    if (!this.#finishing) this.#wakes.set(owed, waitMs, () => this.#track(work()))
  }

  /** For how much longer it is tried. */
  #leftMs(owed: Owed): number {
    return owed.askedMs + tryForMs(owed.effect) - this.#options.clock.now()
  }

  async #request(lane: Lane, asking: Asking): Promise<Reply> {
    const { effect, params, commandId } = asking
    const { callbackUri, promptsUrl, checkPermissions = true, beta = false } = this.#options
    const { key, address } = lane
    const app = this.#options.app(address.appId)
    if (!app) return { kind: 'refused', fault: unknownAppFault(address.appId) }
    const tenantId = address.tenantId ?? app.tenantId
    const ref = { key, ...address, callbackUri: callbackUri(key) }
    try {
      const writing = { commandId, promptsUrl: promptsUrl(address.chartId), beta }
      const request = requestFor(effect, params, ref, writing)
      const roles = checkPermissions ? await rolesIn(app, tenantId) : []
      const missing = missingPermission(effect, params, roles)
      if (missing) return { kind: 'refused', fault: permissionFault(effect, missing) }
      const options = { commandId, scenarioId: key, tenantId, timeoutMs: REQUEST_TIMEOUT_MS }
      const send = () => told(this.#options, key, asking, () => app.client.send(request, options))
      return await this.#gate.run(send, !isReconciling({ effect }))
    } catch (error) {
      return { kind: 'refused', fault: ownFaultOf(error) }
    }
  }

  /** Tells the engine; again after a while, for as long as the store cannot take it. */
  async #settle(owed: Owed, settlement: RequestSettlement): Promise<boolean> {
    for (;;) {
      try {
        const isOpen = await this.#options.settle(owed.key, owed.id, settlement)
        this.#note(owed, settlement)
        return isOpen
      } catch {
        await this.#rest(owed)
      }
    }
  }

  /** Notes how an effect stands; whose fate is known has been closed by now. */
  #note({ key, id }: Owed, { kind }: RequestSettlement): void {
    const open = this.#lanes.get(key)?.open.get(id)
    if (open && kind !== 'failed') open.status = kind === 'answered' ? 'running' : kind
  }

  /** Waits until the store may be well again, which is not work; never returns once stopped or closed. */
  #rest(owed: Owed): Promise<void> {
    this.#land()
    return new Promise((resolve) => {
      if (this.#finishing) return
      this.#wakes.set(owed, STORE_RETRY_MS, () => {
        this.#inFlight += 1
        resolve()
      })
    })
  }

  #chance(): number {
    const [byte = 0] = this.#options.random(new Uint8Array(1))
    return byte / 256
  }
}
