/** A bot's call: its leg of a conversation, from ringing to terminated. */
import type { Wake } from '../../clock.ts'
import type { Delivery } from '../deliveries.ts'
import type { Notice, Resource } from '../notifications.ts'
import type { App } from './apps.ts'
import { audioState, partiesOf } from './callResource.ts'
import type { Acceptance, CallOptions, CallStart } from './callStart.ts'
import type { Conversation } from './conversation.ts'
import type { Dtmf } from './dtmf.ts'
import { identitySet } from './identities.ts'
import { MediaQueue } from './media.ts'
import type { Operation } from './operations.ts'
import { resultResource } from './operations.ts'
import type { Participant } from './participants.ts'
import type { PolicyGroup } from './policyGroup.ts'
import type { ResultInfo } from './results.ts'
import { results } from './results.ts'
import type { Ring, RingOutcome } from './ringing.ts'
import { RosterFeed } from './rosterFeed.ts'
import type { World } from './world.ts'

export type CallState =
  | 'incoming'
  | 'establishing'
  | 'ringing'
  | 'established'
  | 'hold'
  | 'transferring'
  | 'transferAccepted'
  | 'redirecting'
  | 'terminating'
  | 'terminated'

export class Call {
  readonly id: string
  readonly world: World
  readonly app: App
  readonly conversation: Conversation
  readonly start: CallStart
  /** The bot itself in the roster. */
  readonly self: Participant
  readonly media = new MediaQueue()
  readonly operations = new Map<string, Operation>()
  readonly dtmf = new Set<Dtmf>()
  /** What rings on this call's behalf: invitations, a transfer, a redirect. */
  readonly rings = new Set<Ring>()
  /** What this bot has been told of the roster. */
  readonly feed = new RosterFeed()
  /** Whom it records, when it was called by a recording policy. */
  policy: PolicyGroup | undefined
  state: CallState
  callbackUri: string | undefined
  mediaConfig: Resource | undefined
  options: CallOptions | undefined
  modalities: readonly string[]
  /** chatInfo and meetingInfo, once the call has them. */
  coordinates: Resource
  rosterLive: boolean
  tonesSubscribed = false
  result: ResultInfo | undefined
  /** Told how an incoming call came out that rang for somebody else. */
  onSettled: ((outcome: RingOutcome) => void) | undefined
  #toneSequence = 0
  #etag = 0
  #deadline: Wake | undefined
  #keepAlive: Wake | undefined
  readonly #watchers = new Set<() => void>()

  constructor(world: World, app: App, conversation: Conversation, start: CallStart) {
    this.id = world.newId()
    this.world = world
    this.app = app
    this.conversation = conversation
    this.start = start
    this.state = start.direction === 'incoming' ? 'incoming' : 'establishing'
    this.callbackUri = start.callbackUri
    this.mediaConfig = start.mediaConfig
    this.options = start.options ?? undefined
    this.modalities = start.modalities
    this.coordinates = start.coordinates ?? {}
    this.rosterLive = conversation.multiparty
    const bot = start.self ?? identitySet('application', { id: app.id, displayName: app.name })
    this.self = conversation.add(start.direction === 'outgoing' ? start.source : bot, undefined)
    conversation.calls.add(this)
    world.calls.set(this.id, this)
    this.keptAlive()
  }

  get live(): boolean {
    return this.state !== 'terminated'
  }

  get serviceHosted(): boolean {
    return String(this.mediaConfig?.['@odata.type']).endsWith('serviceHostedMediaConfig')
  }

  /** Whether the bot is in the conversation, not before it or on the way out. */
  get flowing(): boolean {
    return this.state === 'established' || this.state === 'hold'
  }

  /** Whether this bot is sent rosters now. */
  get followsRoster(): boolean {
    return this.conversation.multiparty && this.rosterLive && this.flowing
  }

  /** Tells the bot of the incoming call; it must react before the deadline. */
  announce(): void {
    this.post({
      changeType: 'created',
      tail: '',
      what: 'call',
      resource: this.part({ ...partiesOf(this), ...this.coordinates, ...this.start.extras }),
    })
    this.#deadline = this.world.clock.setTimeout(
      () => this.end(this.world.switches.missedResult),
      this.start.answerTimeoutMs ?? this.world.switches.answerTimeoutMs,
    )
  }

  /** The bot takes the incoming call. */
  accept(acceptance: Acceptance): void {
    this.settle('answered')
    this.callbackUri = acceptance.callbackUri ?? this.callbackUri
    this.mediaConfig = acceptance.mediaConfig
    this.modalities = acceptance.acceptedModalities ?? this.modalities
    this.options = acceptance.callOptions ?? undefined
    if (this.policy) this.policy.capacity = acceptance.participantCapacity ?? 1
    this.establishing()
    this.#deadline = this.world.after(this.world.switches.establishDelayMs, () => this.establish())
  }

  /** The bot has reacted: the deadline no longer counts. */
  stopDeadline(): void {
    if (this.#deadline) this.world.clock.clearTimeout(this.#deadline)
    this.#deadline = undefined
  }

  /** Says how an incoming call came out, to whoever had it ring. */
  settle(outcome: RingOutcome): void {
    this.stopDeadline()
    const settled = this.onSettled
    this.onSettled = undefined
    settled?.(outcome)
  }

  establishing(): void {
    this.become('establishing', this.coordinates)
  }

  /** Media flows; group calls get their first roster. */
  establish(): void {
    if (!this.live) return
    const { mediaState } = this.world.switches
    this.become('established', {
      direction: this.start.direction,
      ...this.coordinates,
      ...(mediaState === 'included' ? audioState('active') : {}),
    })
    if (mediaState === 'separate') this.update(audioState('active'))
    this.conversation.rosterChanged()
  }

  /** Enters a state and says so. */
  become(state: CallState, extras: Resource = {}): void {
    this.state = state
    this.update(extras)
    this.#changed()
  }

  /** Posts a change to the call, with the state it is in. */
  update(extras: Resource): Promise<Delivery> {
    return this.post({ changeType: 'updated', tail: '', what: 'call', resource: this.part(extras) })
  }

  /** The far end is gone; whether `terminating` comes first is a switch. */
  endByFarEnd(result: ResultInfo): void {
    if (this.world.switches.farEndTerminating) this.become('terminating')
    this.end(result)
  }

  /** Ends the call, with why; everything still pending on it is called off. */
  end(result: ResultInfo): void {
    this.endWith({ resultInfo: resultResource(result, this.world.switches) }, result)
  }

  /** Ends the call with these fields in its last notification. */
  endWith(extras: Resource, result?: ResultInfo): void {
    if (!this.live) return
    this.state = 'terminated'
    this.result = result
    this.#release()
    this.post({ changeType: 'deleted', tail: '', what: 'call', resource: this.part(extras) })
    this.conversation.leave(this.self)
    this.settle('unanswered')
    this.#changed()
  }

  /** Rejected calls end without saying a state. */
  endRejected(): void {
    this.settle('declined')
    this.endWith({ state: undefined })
  }

  /** The bot has shown it is alive. */
  keptAlive(): void {
    const { clock, switches } = this.world
    if (this.#keepAlive) clock.clearTimeout(this.#keepAlive)
    this.#keepAlive = clock.setTimeout(
      () => this.end(results.keepAliveTimeout),
      switches.keepAliveTimeoutMs,
    )
  }

  /** A participant pressed a key; `undefined` when the bot has not asked to hear of tones. */
  toneHeard(tone: string): Promise<Delivery> | undefined {
    if (!this.tonesSubscribed || !this.flowing) return undefined
    const sequenceId = ++this.#toneSequence
    return this.update({
      toneInfo: { '@odata.type': '#microsoft.graph.toneInfo', sequenceId, tone },
    })
  }

  post(notice: Notice): Promise<Delivery> {
    return this.world.deliveries.post(
      { ...notice, callId: this.id, callbackUri: this.callbackUri },
      {
        appId: this.app.id,
        tenantId: this.start.tenantId,
        address: this.callbackUri ?? this.app.webhook,
        chainId: this.conversation.id,
      },
    )
  }

  /** Calls `watcher` after every change of state; returns the function that ends it. */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher)
    return () => this.#watchers.delete(watcher)
  }

  /** A partial call, as notifications carry it. */
  part(extras: Resource): Resource {
    return {
      '@odata.type': '#microsoft.graph.call',
      '@odata.id': `/communications/calls/${this.id}`,
      '@odata.etag': `W/"${++this.#etag}"`,
      id: this.id,
      state: this.state,
      ...extras,
    }
  }

  #release(): void {
    if (this.#keepAlive) this.world.clock.clearTimeout(this.#keepAlive)
    this.stopDeadline()
    this.media.stopAll()
    for (const sending of this.dtmf) sending.stop()
    for (const ring of this.rings) ring.cancel()
    this.rings.clear()
    this.conversation.calls.delete(this)
    this.world.prompts.forget(this.id)
    this.world.recordings.callEnded(this.id)
  }

  #changed(): void {
    for (const watcher of [...this.#watchers]) watcher()
  }
}
