/** The world of a test: a bot, the emulated Graph, and a clock, network and disk that are simulated. */
import type { AnyStateMachine } from 'xstate'
import { type EffectName, type EffectParams, effects } from '../../machines/effects.ts'
import { type Bot, type BotOptions, createBot } from '../bot.ts'
import { SimulatedClock } from '../clock.ts'
import type { Config } from '../config.ts'
import {
  createEmulator,
  type Emulator,
  type EmulatorOptions,
  type Meeting,
  type MeetingOptions,
  type PolicyCallOptions,
  type Script,
  silentWav,
} from '../emulator/index.ts'
import { type BotCharts, Charts, chartsOf } from '../engine/charts.ts'
import { CallchartError } from '../errors.ts'
import { type RandomBytes, seededRandom } from '../random.ts'
import type { EngineRecord } from '../telemetry/index.ts'
import { SimulatedDisk } from './simulation/disk.ts'
import { Mishaps } from './simulation/faults.ts'
import { Judge } from './simulation/judge/judge.ts'
import { revive } from './simulation/judge/stored.ts'
import { keyRing } from './simulation/keys.ts'
import { Life } from './simulation/life.ts'
import { SimulatedNetwork } from './simulation/network.ts'
import { play } from './simulation/play.ts'
import { quiet, watchQuiet } from './simulation/quiet.ts'
import { type Sabotage, sound } from './simulation/sabotage.ts'
import { tellTime } from './simulation/systemTime.ts'
import type { Traffic } from './simulation/traffic.ts'
import { TestCall } from './testCall.ts'

export type WorldOptions = Pick<EmulatorOptions, 'switches' | 'faults'> &
  Pick<BotOptions, 'promptsFolder' | 'evidenceMs' | 'unresolved' | 'checkPermissions' | 'beta'> & {
    /** Decides everything that chance decides. Default 1. */
    readonly seed?: number
    /** Whether every call is read back from its own text after each turn, as if after a restart. Default true. */
    readonly roundTrip?: boolean
    /** Application permissions of the bot. Default: all calling permissions. */
    readonly roles?: readonly string[]
    /** For tests of the judge: breaks a promise on purpose. */
    readonly sabotage?: Sabotage
  }

const BOT_HOST = 'bot.example'
const GRAPH_HOSTS = ['graph.microsoft.com', 'login.microsoftonline.com', 'api.aps.skype.com']

const config: Config = {
  port: 443,
  publicUrl: `https://${BOT_HOST}`,
  databasePath: ':memory:',
  appId: '0f1c2d3e-0000-4000-8000-00000000b071',
  credential: { secret: 'emulated' },
  tenantId: '0f1c2d3e-0000-4000-8000-00000000c0de',
  graphUrl: 'https://graph.microsoft.com',
  loginUrl: 'https://login.microsoftonline.com',
  keysUrl: 'https://api.aps.skype.com/v1/.well-known/OpenIdConfiguration',
  issuers: ['https://graph.microsoft.com', 'https://api.botframework.com'],
}

/** How much simulated time may pass while a test waits for something to come about. */
const PATIENCE_MS = 2 * 60_000

/** How often something may be due at one and the same moment. */
const STEPS_AT_ONCE = 1_000

/** How long a process that could not start is down. */
const DOWN_MS = 1_000

/**
 * A bot under test, answering calls in an emulated Graph: its chart, or all that it runs.
 *
 * @example
 * await using world = await emulate(frontDesk)
 * const call = await world.ring({ from: 'bob@fabrikam.com' })
 */
export async function emulate(
  bot: AnyStateMachine | BotCharts,
  options: WorldOptions = {},
): Promise<World> {
  const world = new World(bot, options)
  world.boot()
  await world.settle()
  return world
}

export class World {
  readonly clock = new SimulatedClock()
  readonly emulator: Emulator
  readonly disk: SimulatedDisk
  /** What goes wrong, and what has. */
  readonly mishaps = new Mishaps()
  /** Everything the engine told of itself, in order. */
  readonly records: EngineRecord[] = []
  readonly judge: Judge
  #charts: BotCharts
  readonly #options: WorldOptions
  readonly #sabotage: Sabotage
  readonly #network: SimulatedNetwork
  readonly #random: RandomBytes
  readonly #unwatch = watchQuiet()
  #aheadMs = 0
  readonly #untell = tellTime(() => this.clock.now() + this.#aheadMs)
  #stepsAtOnce = 0
  #life: Life | undefined
  #bot: Bot | undefined

  constructor(bot: AnyStateMachine | BotCharts, options: WorldOptions) {
    const { seed = 1, sabotage = sound } = options
    const { clock, mishaps } = this
    this.#options = options
    this.#sabotage = sabotage
    this.#charts = this.#given(bot)
    this.#random = seededRandom(seed)
    this.#network = new SimulatedNetwork({ clock, mishaps, random: seededRandom(seed + 2) })
    this.disk = new SimulatedDisk({ keepsSync: sabotage.keepsSync })
    this.judge = new Judge(new Charts(this.#charts), this.disk)
    this.emulator = createEmulator({
      clock,
      random: seededRandom(seed + 1),
      keys: keyRing(),
      fetch: this.#network.from('delivery'),
      switches: { prompts: 'manual', ...options.switches },
      ...(options.faults && { faults: options.faults }),
    })
    const asked = sabotage.graph(async (request) => this.emulator.fetch(request))
    const graph = this.judge.asking(asked)
    for (const host of GRAPH_HOSTS) this.#network.attach(host, graph)
    const { appId: id, tenantId } = config
    const webhook = `${config.publicUrl}/api/calls`
    this.emulator.register({ id, secret: 'emulated', tenantId, webhook, roles: options.roles })
  }

  get bot(): Bot {
    if (this.#bot) return this.#bot
    throw new CallchartError({
      code: 'world.noBot',
      what: 'The bot of this world is not running.',
      fix: 'Call world.restart() first.',
    })
  }

  /** Whether the bot's process is up. */
  get isUp(): boolean {
    return this.#bot !== undefined
  }

  /** What becomes of an effect whose fate could not be found out: as the bot's author, or its rule, says. */
  unresolved(effect: EffectName): 'resend' | 'drop' {
    return this.#options.unresolved?.[effect] ?? effects[effect].unresolved
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

  /** A user whom a policy obliges to be recorded joins a meeting, and the bot is called. */
  async policyCall(options: PolicyCallOptions): Promise<TestCall> {
    const call = this.emulator.policyCall(options)
    await this.settle()
    return new TestCall(this, call)
  }

  /** Schedules a meeting that the bot and people can join. */
  meeting(options: MeetingOptions = {}): Meeting {
    return this.emulator.meeting(options)
  }

  /** Sets what a person does when it rings: `answer` (default), `decline`, `ignore` or `manual`. */
  script(address: string, script: Script): void {
    this.emulator.script(address, script)
  }

  /** A person whose script is `manual` picks up. */
  async pickUp(address: string): Promise<void> {
    this.emulator.pickUp(address)
    await this.settle()
  }

  /** What the bot's chart remembers of a call, as the disk holds it; undefined before it does. */
  async contextOf(callId: string): Promise<unknown> {
    const calls = this.disk.commits.flatMap((commit) => commit.calls)
    const key = calls.find(({ graphId }) => graphId === callId)?.key
    const stored = key === undefined ? undefined : await this.disk.store.load(key)
    return stored && revive(new Charts(this.#charts), stored).group.call.context
  }

  /** Lets everything happen that needs no more time than the network takes. */
  async settle(): Promise<void> {
    await this.#still()
    while (this.#network.busy) await this.#step(Number.POSITIVE_INFINITY)
  }

  /** Lets time pass: timers, deadlines and messages, each at its own moment. */
  async advance(ms: number): Promise<void> {
    const toMs = this.clock.now() + ms
    await this.#still()
    while (await this.#step(toMs));
    this.clock.moveTo(toMs)
  }

  /** Lets time pass until something is so; throws when it does not come about. */
  async until(what: string, isSo: () => boolean): Promise<void> {
    const toMs = this.clock.now() + PATIENCE_MS
    await this.settle()
    while (!isSo()) if (!(await this.#step(toMs))) throw this.#waitedInVain(what)
  }

  /** Ends the bot without letting it finish anything, and starts it again on its database. */
  async restart(): Promise<void> {
    this.#life?.die(0)
    await this.settle()
  }

  /** Ends the bot as `restart` does, and starts another release of it on the same database. */
  async deploy(bot: AnyStateMachine | BotCharts): Promise<void> {
    this.#charts = this.#given(bot)
    this.judge.charts = new Charts(this.#charts)
    await this.restart()
    await this.until('the new release has started', () => this.isUp)
  }

  /** Lets people and faults do as the traffic says, then lets peace return and everybody hang up. */
  async play(traffic: Traffic): Promise<void> {
    await play(this, traffic)
  }

  /** Throws, naming each, when a promise was broken in this world. */
  checkInvariants(): void {
    this.judge.acquit()
  }

  /** Puts the clock of the bot's machine forward, or back by a negative number. */
  jumpClock(byMs: number): void {
    this.#aheadMs += byMs
  }

  /** Starts the bot's process; it dies, and is started again, when it cannot. */
  boot(): void {
    const life = new Life({
      clock: this.clock,
      aheadMs: () => this.#aheadMs,
      fetch: this.#network.from('request'),
      disk: this.disk,
      mishaps: this.mishaps,
      died: (downMs) => this.#died(downMs),
    })
    this.#life = life
    this.#start(life).catch(() => life.die(DOWN_MS))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#still()
    this.#life?.end()
    await this.emulator.close()
    this.disk.close()
    this.#unwatch()
    this.#untell()
  }

  async #start(life: Life): Promise<void> {
    const bot = await createBot({
      ...this.#charts,
      config,
      clock: life.clock,
      fetch: life.fetch,
      store: this.#sabotage.store(life.store),
      random: this.#random,
      roundTrip: this.#options.roundTrip ?? true,
      observe: (record) => life.alive && this.records.push(record),
      ...pick(this.#options),
    })
    if (this.#options.promptsFolder === undefined) serveSilence(bot)
    const serve = this.#sabotage.serve(async (request) => bot.app.fetch(request))
    this.#network.attach(BOT_HOST, life.serving(this.judge.hearing(serve)))
    this.#bot = bot
    await bot.start()
  }

  #given(bot: AnyStateMachine | BotCharts): BotCharts {
    const { charts, choose } = chartsOf('root' in bot ? { chart: bot } : bot)
    const sabotaged = charts.map((each) => ({ ...each, chart: this.#sabotage.chart(each.chart) }))
    return { charts: sabotaged, choose }
  }

  #died(downMs: number): void {
    this.#bot = undefined
    this.#network.attach(BOT_HOST, undefined)
    this.clock.setTimeout(() => this.boot(), downMs)
  }

  async #still(): Promise<void> {
    await quiet()
    this.#network.depart()
  }

  /** Moves to the next moment at which anything is due, unless that is after `toMs`. */
  async #step(toMs: number): Promise<boolean> {
    const dueMs = this.clock.nextDueMs()
    if (dueMs === undefined || dueMs > toMs) return false
    this.#refuseStandstill(dueMs)
    this.clock.moveTo(dueMs)
    await this.#still()
    return true
  }

  #refuseStandstill(dueMs: number): void {
    this.#stepsAtOnce = dueMs > this.clock.now() ? 0 : this.#stepsAtOnce + 1
    if (this.#stepsAtOnce <= STEPS_AT_ONCE) return
    throw new CallchartError({
      code: 'world.standstill',
      what: `Something is due again and again at the same moment, ${STEPS_AT_ONCE} times by now.`,
      fix: 'Look at world.records for what goes round in a circle.',
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

function pick({ promptsFolder, evidenceMs, unresolved, checkPermissions, beta }: WorldOptions) {
  return {
    ...(promptsFolder !== undefined && { promptsFolder }),
    ...(evidenceMs !== undefined && { evidenceMs }),
    ...(unresolved && { unresolved }),
    ...(checkPermissions !== undefined && { checkPermissions }),
    ...(beta !== undefined && { beta }),
  }
}

const silence = silentWav(1_000)

/** A test of a chart needs no recordings: every prompt is a second of silence. */
function serveSilence({ app }: Bot): void {
  const headers = { 'content-type': 'audio/wav' }
  app.get('/prompts/:name', (context) => context.body(silence, 200, headers))
}
