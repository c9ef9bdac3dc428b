/** The world of a test: a bot, the emulated Graph, and a clock, network and disk that are simulated. */
import type { AnyStateMachine } from 'xstate'
import { type EffectName, type EffectParams, effects } from '../../machines/effects.ts'
import { type Bot, promptFoldersOf } from '../bot/index.ts'
import { SimulatedClock } from '../clock.ts'
import { calling } from '../code.ts'
import {
  createEmulator,
  type EmulatedCall,
  type Emulator,
  type Meeting,
  type MeetingOptions,
  type PolicyCallOptions,
  type Script,
} from '../emulator/index.ts'
import { type BotCharts, Charts, chartsOf } from '../engine/charts.ts'
import { CallchartError } from '../errors.ts'
import { seededRandom } from '../random.ts'
import type { EngineRecord } from '../telemetry/index.ts'
import { BotProcess } from './botProcess.ts'
import { Deeds } from './deeds.ts'
import { Held, type HeldCall } from './held.ts'
import type { Invariant } from './invariants/invariant.ts'
import { Passage } from './passage.ts'
import { Person } from './person.ts'
import { commandsOf, type TestNames, testOf } from './script/test.ts'
import { trafficCode } from './script/traffic.ts'
import { sim, Transcript } from './script/transcript.ts'
import { SimulatedDisk } from './simulation/disk.ts'
import { Mishaps } from './simulation/faults.ts'
import { Judge } from './simulation/judge/judge.ts'
import { keyRing } from './simulation/keys.ts'
import { SimulatedNetwork } from './simulation/network.ts'
import { finish, play } from './simulation/play.ts'
import { watchQuiet } from './simulation/quiet.ts'
import { sound } from './simulation/sabotage.ts'
import { tellTime } from './simulation/systemTime.ts'
import type { Traffic } from './simulation/traffic.ts'
import { TestCall } from './testCall.ts'
import { config, GRAPH_HOSTS, registrationsOf, WEBHOOK } from './underTest.ts'
import { acquit, refuseTooLate, waitedInVain } from './verdict.ts'
import type { WorldOptions } from './worldOptions.ts'

export class World {
  readonly clock = new SimulatedClock()
  readonly emulator: Emulator
  readonly disk: SimulatedDisk
  /** What goes wrong, and what has. */
  readonly mishaps = new Mishaps()
  /** Everything the engine told of itself, in order. */
  readonly records: EngineRecord[] = []
  readonly judge: Judge
  readonly passage: Passage
  readonly process: BotProcess
  /** What is under way. */
  readonly deeds = new Deeds()
  /** What was done to this world, as code. */
  readonly transcript = new Transcript()
  readonly #held: Held
  readonly #calls = new Map<string, TestCall>()
  readonly #options: WorldOptions
  readonly #unwatch = watchQuiet()
  readonly #untell = tellTime(() => this.clock.now() + this.process.aheadMs)
  #isOver = false

  constructor(bot: AnyStateMachine | BotCharts, options: WorldOptions) {
    const { seed = 1, sabotage = sound, roundTrip = true } = options
    const { clock, mishaps } = this
    this.#options = options
    const network = new SimulatedNetwork({ clock, mishaps, random: seededRandom(seed + 2) })
    const charts = this.#given(bot)
    const disk = new SimulatedDisk({ keepsSync: sabotage.keepsSync })
    const judge = new Judge(new Charts(charts), disk, options.invariants ?? [])
    this.disk = disk
    this.judge = judge
    this.passage = new Passage(clock, network)
    this.process = new BotProcess(charts, {
      ...{ clock, network, disk, mishaps, judge, sabotage, roundTrip, choices: options },
      random: seededRandom(seed),
      observe: (record) => {
        this.records.push(record)
        options.coverage?.hear(record)
      },
    })
    this.#held = new Held(disk, () => judge.charts)
    this.emulator = createEmulator({
      clock,
      random: seededRandom(seed + 1),
      keys: keyRing(),
      fetch: network.from('delivery'),
      switches: { prompts: 'manual', ...options.switches },
      ...(options.faults && { faults: options.faults }),
    })
    const asked = sabotage.graph(async (request) => this.emulator.fetch(request))
    const graph = judge.asking(asked)
    for (const host of GRAPH_HOSTS) network.attach(host, graph)
    this.#register(charts)
  }

  /** The bot that runs; throws `world.noBot` while none does. */
  get bot(): Bot {
    return this.process.bot
  }

  /** Whether the bot's process is up. */
  get isUp(): boolean {
    return this.process.isUp
  }

  /** What becomes of an effect whose fate could not be found out: as the bot's author, or its rule, says. */
  unresolved(effect: EffectName): 'resend' | 'drop' {
    return this.#options.unresolved?.[effect] ?? effects[effect].unresolved
  }

  /** Graph's actions the bot has asked for, in order: `['answer', 'playPrompt', …]`. */
  get requests(): readonly string[] {
    return this.emulator.requests
  }

  /** All calls there have been, as Graph knows them, in order. */
  get calls(): readonly TestCall[] {
    return this.emulator.calls.map((call, index) => this.#named(call, `world.callAt(${index})`))
  }

  /** The call that began as the nth, counted from 0; throws `world.noCall`. */
  callAt(index: number): TestCall {
    const call = this.calls[index]
    if (call) return call
    throw new CallchartError({
      code: 'world.noCall',
      what: `There is no call ${index} in this world, which has seen ${this.calls.length}.`,
      fix: 'Ring, or let the bot call, first.',
    })
  }

  /** What the bot holds of its calls, as the disk tells. */
  get heldCalls(): readonly HeldCall[] {
    return this.#held.calls
  }

  /** What the bot holds of the call that Graph knows by this id, as the disk tells. */
  held(callId: string): HeldCall | undefined {
    return this.#held.byId(callId)
  }

  /** Somebody who acts: `world.person('ann@contoso.com').ring()`. */
  person(address: string): Person {
    return new Person(this, address)
  }

  /** A person rings the bot, of several apps the first or `to`; resolves when it has done all it does at once. */
  ring({ from, to }: { readonly from: string; readonly to?: string }): Promise<TestCall> {
    return this.deeds.begin(async () => {
      const ringing = to === undefined ? { from } : { from, to }
      const name = this.transcript.begin(
        calling('world.ring', ringing),
        sim('ring', '--from', from, to && '--to', to),
      )
      const call = this.emulator.ring(ringing)
      await this.passage.settle()
      return this.#named(call, name)
    })
  }

  /** The bot places a call, of several charts on the one named; resolves to it once Graph has taken it. */
  call(
    request: EffectParams['createCall'],
    placing: { readonly chart?: string } = {},
  ): Promise<TestCall> {
    return this.deeds.begin(async () => {
      const asked = placing.chart === undefined ? [request] : [request, placing]
      const name = this.transcript.begin(calling('world.call', ...asked))
      const before = new Set(this.emulator.calls.map(({ id }) => id))
      await this.bot.call(request, placing)
      const placed = () => this.emulator.calls.find(({ id }) => !before.has(id))
      await this.comesAbout('the bot has placed its call', () => placed() !== undefined)
      const call = placed()
      if (!call) throw new Error('unreachable: waited for the call')
      return this.#named(call, name)
    })
  }

  /** A user whom a policy obliges to be recorded joins a meeting, and the bot is called. */
  policyCall(options: PolicyCallOptions): Promise<TestCall> {
    return this.deeds.begin(async () => {
      const name = this.transcript.begin(calling('world.policyCall', options))
      const call = this.emulator.policyCall(options)
      await this.passage.settle()
      return this.#named(call, name)
    })
  }

  /** Schedules a meeting that the bot and people can join. */
  meeting(options: MeetingOptions = {}): Meeting {
    return this.emulator.meeting(options)
  }

  /** A person joins a meeting, whether or not the bot is in it. */
  join(meeting: Meeting, address: string): Promise<void> {
    return this.deeds.begin(async () => {
      this.emulator.join(meeting, address)
      await this.passage.settle()
    })
  }

  /** A person leaves a meeting. */
  leave(meeting: Meeting, address: string): Promise<void> {
    return this.deeds.begin(async () => {
      this.emulator.leave(meeting, address)
      await this.passage.settle()
    })
  }

  /** Sets what a person does when it rings: `answer` (default), `decline`, `ignore` or `manual`. */
  script(address: string, script: Script): void {
    this.transcript.write(calling('world.script', address, script), sim('script', address, script))
    this.emulator.script(address, script)
  }

  /** A person picks up, once it rings at their address. */
  pickUp(address: string): Promise<void> {
    return this.deeds.begin(async () => {
      this.transcript.write(`await ${calling('world.pickUp', address)}`, sim('pick-up', address))
      await this.#rings(address)
      this.emulator.pickUp(address)
      await this.passage.settle()
    })
  }

  /** A person declines, once it rings at their address. */
  decline(address: string): Promise<void> {
    return this.deeds.begin(async () => {
      this.transcript.write(`await ${calling('world.decline', address)}`, sim('decline', address))
      await this.#rings(address)
      this.emulator.decline(address)
      await this.passage.settle()
    })
  }

  /** What the bot's chart remembers of a call, as the disk holds it; undefined before it does. */
  async contextOf(callId: string): Promise<unknown> {
    return this.held(callId)?.snapshot.context
  }

  /** Lets everything happen that needs no more time than the network takes. */
  settle(): Promise<void> {
    return this.deeds.begin(async () => {
      this.transcript.write('await world.settle()')
      await this.passage.settle()
    })
  }

  /** Lets time pass: timers, deadlines and messages, each at its own moment. */
  advance(ms: number): Promise<void> {
    return this.deeds.begin(async () => {
      this.transcript.passed(ms)
      await this.passage.advance(ms)
    })
  }

  /** Lets time pass until something is so; throws when it does not come about. */
  until(what: string, isSo: () => boolean): Promise<void> {
    return this.deeds.begin(async () => {
      const fromMs = this.clock.now()
      await this.comesAbout(what, isSo).finally(() =>
        this.transcript.passed(this.clock.now() - fromMs),
      )
    })
  }

  /** As `until`, for deeds that wait by themselves when a script does them again. */
  async comesAbout(what: string, isSo: () => boolean): Promise<void> {
    if (!(await this.passage.until(isSo))) throw waitedInVain(what, this.emulator)
  }

  /** Ends the bot without letting it finish anything, and starts it again on its database. */
  restart(): Promise<void> {
    return this.deeds.begin(async () => {
      this.transcript.write('await world.restart()')
      await this.#restart()
    })
  }

  /** Ends the bot as `restart` does, and starts another release of it on the same database. */
  deploy(bot: AnyStateMachine | BotCharts): Promise<void> {
    return this.deeds.begin(async () => {
      const charts = this.#given(bot)
      this.judge.charts = new Charts(charts)
      this.process.charts = charts
      this.#register(charts)
      this.transcript.write('await world.deploy(/* another release */)')
      await this.#restart()
      await this.comesAbout('the new release has started', () => this.isUp)
    })
  }

  /** Lets people and faults do as the traffic says, then lets peace return and everybody hang up. */
  play(traffic: Traffic): Promise<void> {
    return this.deeds.begin(async () => {
      this.transcript.write(`await world.play(${trafficCode(traffic)})`)
      this.#isOver = true
      await play(this, traffic)
    })
  }

  /** Lets peace return, everybody hang up, and so much time pass that every call must have ended. */
  finish(): Promise<void> {
    return this.deeds.begin(async () => {
      this.transcript.write('await world.finish()')
      await this.#finish()
    })
  }

  /**
   * Throws `world.broken`, naming each and with a test that does the same again, when a promise was broken
   * in this world: the engine's own, those given to `emulate`, and those named here. If one of these speaks
   * of peace or of the end, the world is finished first.
   */
  checkInvariants(...invariants: readonly Invariant[]): Promise<void> {
    return this.deeds.begin(async () => {
      this.transcript.checked(invariants.map(({ name }) => name))
      const unjudged = invariants.filter((each) => !this.judge.judges(each))
      if (!this.#isOver && unjudged.some(({ when }) => when !== 'always')) {
        this.judge.add(unjudged)
        await this.#finish()
      } else {
        refuseTooLate(unjudged)
        await this.judge.judge(this, 'always')
        await this.judge.examine(this, unjudged)
      }
      acquit(this.judge.violations, (title) => this.asTest({ title }))
    })
  }

  /** A test that does to such a world what was done to this one. */
  asTest(names: TestNames = {}): string {
    const { lines, imports } = this.transcript
    const [{ id: chartId } = { id: '' }] = this.judge.charts.current
    return testOf({ chartId, options: this.#options, lines, imports }, names)
  }

  /** The commands by which a terminal does it, beside a running emulator: `callchart sim …`. */
  asCommands(): string {
    return commandsOf(this.transcript.lines)
  }

  /** Puts the clock of the bot's machine forward, or back by a negative number. */
  jumpClock(byMs: number): void {
    this.process.aheadMs += byMs
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.passage.still()
    this.process.end()
    await this.emulator.close()
    this.disk.close()
    this.#options.coverage?.save()
    this.#unwatch()
    this.#untell()
    this.deeds.tell()
  }

  #given(bot: AnyStateMachine | BotCharts): BotCharts {
    const { charts, choose } = chartsOf('root' in bot ? { chart: bot } : bot)
    const { sabotage = sound } = this.#options
    const sabotaged = charts.map((each) => ({ ...each, chart: sabotage.chart(each.chart) }))
    return { charts: sabotaged, choose }
  }

  #register(charts: BotCharts): void {
    const { promptsFolder, roles } = this.#options
    // Told to whoever makes the world; a process that cannot start would only be started again.
    promptFoldersOf(charts, promptsFolder)
    for (const app of registrationsOf(charts, config, WEBHOOK))
      this.emulator.register({ ...app, roles })
  }

  async #finish(): Promise<void> {
    this.#isOver = true
    await finish(this)
  }

  async #restart(): Promise<void> {
    this.process.kill()
    await this.passage.settle()
  }

  #rings(address: string): Promise<void> {
    return this.comesAbout(`it rings at ${address}`, () => this.emulator.rings(address))
  }

  #named(call: EmulatedCall, name: string): TestCall {
    const named = this.#calls.get(call.id) ?? new TestCall(this, call, name)
    this.#calls.set(call.id, named)
    return named
  }
}
