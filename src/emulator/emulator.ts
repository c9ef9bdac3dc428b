/** Puts the service together: world, login, Graph's methods, notifications, control. */
import { serve } from '@hono/node-server'
import type { Clock } from '../clock.ts'
import { SimulatedClock, SystemClock } from '../clock.ts'
import type { RandomBytes } from '../random.ts'
import { secureRandom } from '../random.ts'
import { Activity } from './activity.ts'
import { Deliveries } from './deliveries.ts'
import { EmulatedCall } from './emulatedCall.ts'
import { EmulatorError } from './errors.ts'
import type { FaultDials, Faults } from './faults.ts'
import { noFaults, seededFaults } from './faults.ts'
import { serviceApp } from './http/app.ts'
import type { Connection, Service } from './http/parts.ts'
import { Throttle } from './http/throttle.ts'
import { KeyRing } from './keys.ts'
import type { LedgerEntry, LedgerListener } from './ledger.ts'
import { Ledger } from './ledger.ts'
import { Postman } from './postman.ts'
import { PromptStore } from './prompts.ts'
import type { Switches } from './switches.ts'
import { defaultSwitches } from './switches.ts'
import { AccessTokens, NotificationTokens } from './tokens.ts'
import type { App, AppOptions } from './world/apps.ts'
import type { Script } from './world/directory.ts'
import { placeCall } from './world/incoming.ts'
import type { MeetingRecording } from './world/meetingRecordings.ts'
import { recordMeeting } from './world/meetingRecordings.ts'
import type { Meeting, MeetingOptions } from './world/meetings.ts'
import type { PolicyCallOptions } from './world/policyRecording.ts'
import { policyCall } from './world/policyRecording.ts'
import { World } from './world/world.ts'

export type EmulatorOptions = {
  readonly clock?: Clock
  readonly random?: RandomBytes
  readonly apps?: readonly AppOptions[]
  readonly switches?: Partial<Switches>
  /** What goes wrong: a seam of your own, or dials for one driven by `random`. */
  readonly faults?: Faults | Partial<FaultDials>
  /** The keys that sign notifications; many short-lived emulators do well to share them. */
  readonly keys?: KeyRing
  /** The way to bots and their prompts. Default: the network. */
  readonly fetch?: typeof fetch
  /**
   * How a clock of your own is moved on when the control API is asked to; resolves once what fell due is
   * done. Without it only a `SimulatedClock` can be moved.
   */
  readonly advance?: (ms: number) => Promise<unknown>
}

/** A person rings a bot. */
export type RingOptions = {
  /** An address: `bob@fabrikam.com`, `+14255550100`. */
  readonly from: string
  /** The bot's app id, or the id or number of one of its application instances; the first bot by default. */
  readonly to?: string | undefined
  /** For whom the caller calls, when not for themselves: an address. */
  readonly onBehalfOf?: string | undefined
  /** `['audio']` by default. */
  readonly modalities?: readonly string[] | undefined
}

// One for the process: making a key takes longer than a whole simulated call.
const loginKeys = new KeyRing()

export class Emulator {
  /** The whole service as one fetch function, for use without a socket. */
  readonly fetch: (request: Request) => Response | Promise<Response>
  readonly clock: Clock
  readonly switches: Switches
  readonly #service: Service
  readonly #activity = new Activity()
  readonly #ledger: Ledger
  readonly #deliveries: Deliveries
  readonly #prompts: PromptStore
  readonly #random: RandomBytes
  readonly #moveOn: EmulatorOptions['advance']
  #dials: FaultDials
  #server: ReturnType<typeof serve> | undefined

  constructor(options: EmulatorOptions) {
    const clock = options.clock ?? new SystemClock()
    const random = options.random ?? secureRandom
    const switches = { ...defaultSwitches, ...options.switches }
    const { fetch = globalThis.fetch } = options
    const activity = this.#activity
    const ledger = new Ledger(switches.ledgerEntriesMax)
    const notificationKeys = options.keys ?? new KeyRing()
    const tokens = new NotificationTokens({ clock, random, switches, keys: notificationKeys })
    const postman = new Postman({ clock, random, switches, tokens, fetch })
    const faults = () => this.#service.faults
    const deliveries = new Deliveries({ clock, switches, activity, ledger, postman, faults })
    const prompts = new PromptStore({ clock, activity, switches, fetch })
    const world = new World({ clock, random, switches, ledger, activity, deliveries, prompts })
    for (const app of options.apps ?? []) world.register(app)
    this.clock = clock
    this.switches = switches
    this.#random = random
    this.#moveOn = options.advance
    this.#dials = dialsOf(options.faults)
    this.#ledger = ledger
    this.#deliveries = deliveries
    this.#prompts = prompts
    this.#service = {
      world,
      deliveries,
      loginKeys,
      notificationKeys,
      throttle: new Throttle(clock, switches),
      accessTokens: new AccessTokens({ clock, random, switches, keys: loginKeys }),
      faults: faultsOf(options.faults, random),
      rotateKeys: async () => {
        await notificationKeys.rotate()
        tokens.forget()
      },
    }
    this.fetch = (request) => this.#answer(request)
  }

  /** Starts serving; port 0 takes any free one. Resolves to the service's base URL. */
  listen(port = 0, host = '127.0.0.1'): Promise<string> {
    return new Promise((resolve, reject) => {
      const fetch = (request: Request, connection: Connection) => this.#answer(request, connection)
      const server = serve({ fetch, port, hostname: host }, (address) =>
        resolve(`http://${host.includes(':') ? `[${host}]` : host}:${address.port}`),
      )
      server.once('error', (cause) => reject(listenError(cause, host, port)))
      this.#server = server
    })
  }

  /** Stops serving and delivering. */
  async close(): Promise<void> {
    this.#deliveries.close()
    this.#prompts.close()
    const server = this.#server
    if (!server) return
    this.#server = undefined
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    if ('closeAllConnections' in server) server.closeAllConnections()
    await closed
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  /** Registers a bot, or registers it anew. */
  register(app: AppOptions): App {
    return this.#service.world.register(app)
  }

  /** A person rings a bot; throws `app.unknown` when there is none. */
  ring(options: RingOptions): EmulatedCall {
    const { world } = this.#service
    const { modalities = ['audio'], onBehalfOf, to } = options
    const from = world.directory.person(options.from)
    const behalf = onBehalfOf === undefined ? undefined : world.directory.person(onBehalfOf)
    const call = placeCall(world, { from, to, modalities, onBehalfOf: behalf })
    return new EmulatedCall(call, from)
  }

  /** A handle on any call by its id, ended or not; throws `call.unknown`. */
  call(id: string): EmulatedCall {
    const { world } = this.#service
    const call = world.call(id)
    if (!call) {
      throw new EmulatorError({
        code: 'call.unknown',
        what: `There is no call ${id}.`,
        fix: 'List the calls first.',
      })
    }
    const target = call.start.direction === 'incoming' ? call.start.source : call.start.targets[0]
    return new EmulatedCall(call, target ? world.directory.find(target) : undefined)
  }

  /** All calls there have been. */
  get calls(): readonly EmulatedCall[] {
    return [...this.#service.world.calls.keys()].map((id) => this.call(id))
  }

  /** Schedules a meeting that bots and people can join. */
  meeting(options: MeetingOptions = {}): Meeting {
    return this.#service.world.meetings.schedule(options)
  }

  /** A person joins a meeting, whether or not a bot is in it. */
  join(meeting: Meeting, address: string): void {
    const { world } = this.#service
    const person = world.directory.person(address)
    if (meeting.conversation.find(person)) return
    world.deed(person, 'joined the meeting')
    meeting.conversation.join(person)
  }

  /** A person leaves a meeting; throws `participant.unknown` when they are not in it. */
  leave(meeting: Meeting, address: string): void {
    const { world } = this.#service
    const person = world.directory.person(address)
    const participant = meeting.conversation.find(person)
    if (!participant) {
      throw new EmulatorError({
        code: 'participant.unknown',
        what: `${address} is not in the meeting ${meeting.joinMeetingId}.`,
        fix: 'Let them join it first.',
      })
    }
    world.deed(person, 'left the meeting')
    meeting.conversation.leave(participant)
  }

  /** Adds a recording, of `durationMs` that end now, to a meeting. */
  recordMeeting(meeting: Meeting, durationMs = 60_000): MeetingRecording {
    return recordMeeting(this.#service.world, meeting, durationMs)
  }

  /** The meeting with this id, thread or joinMeetingId; throws `meeting.unknown`. */
  meetingOf(id: string): Meeting {
    return this.#service.world.meetings.named(id)
  }

  /** A user whom a policy obliges to be recorded joins a meeting, and the recording bot is called. */
  policyCall(options: PolicyCallOptions): EmulatedCall {
    const { world } = this.#service
    const call = policyCall(world, options)
    return new EmulatedCall(call, world.directory.person(options.user))
  }

  /** Sets what a person does when it rings; without a script people answer. */
  script(address: string, script: Script): void {
    const { directory } = this.#service.world
    directory.setScript(directory.person(address), script)
  }

  /** A person whose script is `manual` picks up; throws `ringing.none` when nothing rings. */
  pickUp(address: string): void {
    this.#ringingAt(address).answer()
  }

  /** A person whose script is `manual` declines; throws `ringing.none` when nothing rings. */
  decline(address: string): void {
    this.#ringingAt(address).decline()
  }

  /** Replaces what goes wrong from now on. */
  setFaults(faults: Faults | Partial<FaultDials>): void {
    this.#service.faults = faultsOf(faults, this.#random)
    this.#dials = dialsOf(faults)
  }

  /** How often what goes wrong; at rest where a seam of one's own decides. */
  get faultDials(): FaultDials {
    return this.#dials
  }

  /** Replaces the key that signs notifications; earlier keys stay published for a while. */
  rotateKeys(): Promise<void> {
    return this.#service.rotateKeys()
  }

  /** Refuses every access token used so far, as after a change of secret. */
  revokeTokens(): void {
    this.#service.accessTokens.revoke()
  }

  /** Resolves when no request, delivery or prompt download is in flight; waits for the clock do not count. */
  idle(): Promise<void> {
    return this.#activity.idle()
  }

  /** Everything that was asked, told and done, in order. */
  get record(): readonly LedgerEntry[] {
    return this.#ledger.entries
  }

  /** The names of all POST and DELETE requests on calls, in order, e.g. `['answer', 'playPrompt']`. */
  get requests(): readonly string[] {
    return this.#ledger.requests
  }

  /** Hears each entry of the record as it is settled; returns the function that ends it. */
  events(listener: LedgerListener): () => void {
    return this.#ledger.subscribe(listener)
  }

  /** Moves a simulated clock on by `ms`; throws `clock.real` on any other. */
  advance(ms: number): void {
    if (!(this.clock instanceof SimulatedClock)) {
      throw new EmulatorError({
        code: 'clock.real',
        what: 'The clock is the real one and cannot be moved.',
        fix: 'Start it with callchart emulate --simulated-clock, or give createEmulator a SimulatedClock.',
      })
    }
    this.clock.moveTo(this.clock.now() + ms)
  }

  /** Moves its clock on by `ms` in the way it was given, else as `advance` does; resolves once all is done. */
  async moveOn(ms: number): Promise<void> {
    if (this.#moveOn) {
      await this.#moveOn(ms)
      return
    }
    this.advance(ms)
    await this.idle()
  }

  /** Whether it rings at a person's. */
  rings(address: string): boolean {
    return this.#ringing(address) !== undefined
  }

  #answer(request: Request, connection: Connection = {}): Response | Promise<Response> {
    return serviceApp.fetch(request, { ...connection, emulator: this, service: this.#service })
  }

  #ringing(address: string) {
    const { directory, ringing } = this.#service.world
    const person = directory.person(address)
    return [...ringing].find((each) => each.person.id === person.id)
  }

  #ringingAt(address: string) {
    const found = this.#ringing(address)
    if (found) return found
    throw new EmulatorError({
      code: 'ringing.none',
      what: `Nothing rings at ${address}.`,
      fix: 'Have a bot call, invite or transfer to this person first.',
    })
  }
}

/** Makes a Graph calling service on this machine; call `listen` to serve it over HTTP. */
export function createEmulator(options: EmulatorOptions = {}): Emulator {
  return new Emulator(options)
}

function faultsOf(faults: EmulatorOptions['faults'], random: RandomBytes): Faults {
  if (!faults) return {}
  return isSeam(faults) ? faults : seededFaults(random, faults)
}

function dialsOf(faults: EmulatorOptions['faults'] = {}): FaultDials {
  return isSeam(faults) ? noFaults : { ...noFaults, ...faults }
}

function isSeam(faults: Faults | Partial<FaultDials>): faults is Faults {
  return 'onNotification' in faults || 'onRequest' in faults
}

function listenError(cause: unknown, host: string, port: number): EmulatorError {
  return new EmulatorError({
    code: 'listen.failed',
    what: `The emulator cannot listen on ${host}:${port}.`,
    fix: 'Choose another port, or stop what holds it.',
    cause,
  })
}
