/** The bot's process in a world: started, killed, started again, on one disk. */
import { type Bot, createBot } from '../bot/index.ts'
import type { SimulatedClock } from '../clock.ts'
import type { BotCharts } from '../engine/charts.ts'
import { CallchartError } from '../errors.ts'
import type { RandomBytes } from '../random.ts'
import type { EngineRecord } from '../telemetry/index.ts'
import type { SimulatedDisk } from './simulation/disk.ts'
import type { Mishaps } from './simulation/faults.ts'
import type { Judge } from './simulation/judge/judge.ts'
import { Life } from './simulation/life.ts'
import type { SimulatedNetwork } from './simulation/network.ts'
import type { Sabotage } from './simulation/sabotage.ts'
import { BOT_HOST, type BotChoices, choicesOf, config, serveSilence } from './underTest.ts'

/** How long a process that could not start is down. */
const DOWN_MS = 1_000

export type ProcessParts = {
  readonly clock: SimulatedClock
  readonly network: SimulatedNetwork
  readonly disk: SimulatedDisk
  readonly mishaps: Mishaps
  readonly judge: Judge
  readonly sabotage: Sabotage
  readonly random: RandomBytes
  readonly choices: BotChoices
  readonly roundTrip: boolean
  readonly observe: (record: EngineRecord) => void
}

export class BotProcess {
  /** What it runs from its next start on. */
  charts: BotCharts
  /** How far the clock of its machine is ahead. */
  aheadMs = 0
  readonly #parts: ProcessParts
  #life: Life | undefined
  #bot: Bot | undefined

  constructor(charts: BotCharts, parts: ProcessParts) {
    this.charts = charts
    this.#parts = parts
  }

  /** The bot that runs; throws `world.noBot` while none does. */
  get bot(): Bot {
    if (this.#bot) return this.#bot
    throw new CallchartError({
      code: 'world.noBot',
      what: 'The bot of this world is not running.',
      fix: 'Call world.restart() first.',
    })
  }

  get isUp(): boolean {
    return this.#bot !== undefined
  }

  /** Starts it; it dies, and is started again, when it cannot. */
  boot(): void {
    const { clock, disk, mishaps, network } = this.#parts
    const life = new Life({
      ...{ clock, disk, mishaps, fetch: network.from('request') },
      aheadMs: () => this.aheadMs,
      died: (downMs) => this.#died(downMs),
    })
    this.#life = life
    this.#start(life).catch(() => life.die(DOWN_MS))
  }

  /** Ends it without letting it finish anything; it is started again at once. */
  kill(): void {
    this.#life?.die(0)
  }

  /** Ends it for good. */
  end(): void {
    this.#life?.end()
  }

  async #start(life: Life): Promise<void> {
    const { choices, judge, network, observe, random, roundTrip, sabotage } = this.#parts
    const bot = await createBot({
      ...this.charts,
      ...{ config, random, roundTrip },
      ...{ clock: life.clock, fetch: life.fetch, store: sabotage.store(life.store) },
      observe: (record) => life.alive && observe(record),
      ...choicesOf(choices),
    })
    if (choices.promptsFolder === undefined) serveSilence(bot)
    const serve = sabotage.serve(async (request) => bot.app.fetch(request))
    network.attach(BOT_HOST, life.serving(judge.hearing(serve)))
    this.#bot = bot
    await bot.start()
  }

  #died(downMs: number): void {
    const { clock, network } = this.#parts
    this.#bot = undefined
    network.attach(BOT_HOST, undefined)
    clock.setTimeout(() => this.boot(), downMs)
  }
}
