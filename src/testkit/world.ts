/** The world of a test: a bot, the emulated Graph and a simulated clock, speaking real HTTP. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AnyStateMachine } from 'xstate'
import type { EffectParams } from '../../machines/effects.ts'
import { type Bot, type BotOptions, createBot } from '../bot.ts'
import { SimulatedClock } from '../clock.ts'
import { createEmulator, type Emulator, type EmulatorOptions, KeyRing } from '../emulator/index.ts'
import { CallchartError } from '../errors.ts'
import { seededRandom } from '../random.ts'
import type { EngineRecord } from '../telemetry.ts'
import { TestCall } from './testCall.ts'

export type WorldOptions = Pick<EmulatorOptions, 'switches' | 'faults'> &
  Pick<BotOptions, 'promptsFolder' | 'evidenceMs' | 'unresolved'> & {
    /** Decides everything that chance decides. Default 1. */
    readonly seed?: number
    /** Application permissions of the bot. Default: all calling permissions. */
    readonly roles?: readonly string[]
  }

/** Making a key takes longer than most tests; one serves every world of the process. */
const keys = new KeyRing()

const APP_ID = '0f1c2d3e-0000-4000-8000-00000000b071'
const TENANT_ID = '0f1c2d3e-0000-4000-8000-00000000c0de'

/** How much simulated time may pass while a test waits for something to come about. */
const PATIENCE_MS = 2 * 60_000

/**
 * A bot under test, answering calls in an emulated Graph.
 *
 * @example
 * await using world = await emulate(frontDesk)
 * const call = await world.ring({ from: 'bob@fabrikam.com' })
 */
export async function emulate(chart: AnyStateMachine, options: WorldOptions = {}): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'callchart-world-'))
  const world = new World(chart, options, folder)
  await world.begin()
  return world
}

export class World {
  readonly clock = new SimulatedClock()
  readonly emulator: Emulator
  /** Everything the engine told of itself, in order. */
  readonly records: EngineRecord[] = []
  readonly #chart: AnyStateMachine
  readonly #options: WorldOptions
  readonly #folder: string
  readonly #random: ReturnType<typeof seededRandom>
  #emulatorUrl = ''
  /** Kept over restarts, because Graph keeps calling the callbackUri it was given. */
  #port = 0
  #bot: Bot | undefined

  constructor(chart: AnyStateMachine, options: WorldOptions, folder: string) {
    this.#chart = chart
    this.#options = options
    this.#folder = folder
    const seed = options.seed ?? 1
    this.#random = seededRandom(seed)
    this.emulator = createEmulator({
      clock: this.clock,
      random: seededRandom(seed + 1),
      keys,
      switches: { prompts: 'manual', ...options.switches },
      ...(options.faults && { faults: options.faults }),
    })
  }

  /** Starts Graph and the bot. */
  async begin(): Promise<void> {
    this.#emulatorUrl = await this.emulator.listen()
    await this.#startBot()
  }

  get bot(): Bot {
    if (this.#bot) return this.#bot
    throw new CallchartError({
      code: 'world.noBot',
      what: 'The bot of this world is not running.',
      fix: 'Call world.restart() first.',
    })
  }

  /** Graph's actions the bot has asked for, in order: `['answer', 'playPrompt', …]`. */
  get requests(): readonly string[] {
    return this.emulator.requests
  }

  /** A person rings the bot; resolves when the bot has done all it does at once. */
  async ring(who: { readonly from: string }): Promise<TestCall> {
    const call = this.emulator.ring({ from: who.from })
    await this.settle()
    return new TestCall(this, call)
  }

  /** The bot places a call; resolves to it once Graph has taken it. */
  async call(request: EffectParams['createCall']): Promise<TestCall> {
    const before = new Set(this.emulator.calls.map(({ id }) => id))
    await this.bot.call(request)
    const placed = () => this.emulator.calls.find(({ id }) => !before.has(id))
    await this.until('the bot has placed its call', () => placed() !== undefined)
    const call = placed()
    if (!call) throw new Error('unreachable: waited for the call')
    return new TestCall(this, call)
  }

  /** Lets everything happen that needs no time to pass. */
  async settle(): Promise<void> {
    do {
      await this.emulator.idle()
      await macrotask()
    } while (this.bot.busy())
    await this.emulator.idle()
    if (this.bot.busy()) await this.settle()
  }

  /** Lets time pass: timers and deadlines run, each at its own moment. */
  async advance(ms: number): Promise<void> {
    const toMs = this.clock.now() + ms
    await this.settle()
    for (
      let dueMs = this.clock.nextDueMs();
      dueMs !== undefined && dueMs <= toMs;
      dueMs = this.clock.nextDueMs()
    ) {
      this.clock.moveTo(dueMs)
      await this.settle()
    }
    this.clock.moveTo(toMs)
  }

  /** Lets time pass until something is so; throws when it does not come about. */
  async until(what: string, isSo: () => boolean): Promise<void> {
    const toMs = this.clock.now() + PATIENCE_MS
    await this.settle()
    while (!isSo()) {
      const dueMs = this.clock.nextDueMs()
      if (dueMs === undefined || dueMs > toMs) throw this.#waitedInVain(what)
      this.clock.moveTo(dueMs)
      await this.settle()
    }
  }

  /** Ends the bot without letting it finish anything, and starts it again on its database. */
  async restart(): Promise<void> {
    await this.#bot?.abandon()
    await this.#startBot()
    await this.settle()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#bot?.close()
    await this.emulator.close()
    await rm(this.#folder, { recursive: true, force: true })
  }

  async #startBot(): Promise<void> {
    const url = this.#emulatorUrl
    this.#bot = await createBot({
      chart: this.#chart,
      config: {
        port: this.#port,
        host: '127.0.0.1',
        publicUrl: `http://127.0.0.1:${this.#port}`,
        databasePath: join(this.#folder, 'calls.db'),
        appId: APP_ID,
        credential: { secret: 'emulated' },
        tenantId: TENANT_ID,
        graphUrl: url,
        loginUrl: url,
        keysUrl: `${url}/v1/.well-known/OpenIdConfiguration`,
        issuers: ['https://graph.microsoft.com', 'https://api.botframework.com'],
      },
      clock: this.clock,
      random: this.#random,
      roundTrip: true,
      observe: (record) => this.records.push(record),
      ...pick(this.#options),
    })
    const publicUrl = await this.#bot.listen()
    this.#port = Number(new URL(publicUrl).port)
    this.emulator.register({
      id: APP_ID,
      secret: 'emulated',
      tenantId: TENANT_ID,
      webhook: `${publicUrl}/api/calls`,
      roles: this.#options.roles,
    })
  }

  #waitedInVain(what: string): CallchartError {
    const calls = this.emulator.calls.map((call) => `${call.id}: ${call.state}`).join(', ')
    return new CallchartError({
      code: 'world.waitedInVain',
      what: `Waited ${PATIENCE_MS / 1000} s of simulated time until ${what}, in vain. The bot asked for ${this.requests.join(', ') || 'nothing'}; calls are ${calls || 'none'}.`,
      fix: 'Look at world.records for what the chart heard and where it stands.',
    })
  }
}

function pick({ promptsFolder, evidenceMs, unresolved }: WorldOptions) {
  return {
    ...(promptsFolder !== undefined && { promptsFolder }),
    ...(evidenceMs !== undefined && { evidenceMs }),
    ...(unresolved && { unresolved }),
  }
}

function macrotask(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
