/** The world of `callchart start`: an emulated Graph, and an engine that can be killed and started again. */
import { setImmediate } from 'node:timers/promises'
import type { AnyStateMachine } from 'xstate'
import type { Coverage } from '../../admin/protocol.ts'
import type { World } from '../../admin/world.ts'
import type { Bot } from '../../bot/index.ts'
import { pause } from '../../clock.ts'
import type { Emulator, FaultDials } from '../../emulator/index.ts'
import { coverageIn } from '../../testkit/covered/coverage.ts'
import type { AheadClock } from './aheadClock.ts'

/** How long what fell due may work before time moves on; some of it waits for time itself. */
const SETTLING_MS = 200

export type LivingWorldOptions = {
  readonly emulator: Emulator
  readonly clock: AheadClock
  /** Makes the bot, on the same database each time, and has it listen. */
  readonly start: (world: World) => Promise<Bot>
  /** The folder where tests wrote what they have seen of charts. */
  readonly coverage?: string | undefined
  /** Told when the engine is killed and when it is there again. */
  readonly tell: (what: 'killed' | 'back') => void
}

export class LivingWorld implements World {
  readonly #options: LivingWorldOptions
  #bot: Bot | undefined
  #rising: Promise<void> | undefined
  #moving: Promise<unknown> = Promise.resolve()

  constructor(options: LivingWorldOptions) {
    this.#options = options
  }

  async begin(): Promise<void> {
    this.#bot = await this.#options.start(this)
  }

  fetch(request: Request): Response | Promise<Response> {
    return this.#options.emulator.fetch(request)
  }

  get aheadMs(): number {
    return this.#options.clock.aheadMs
  }

  get faults(): FaultDials {
    return this.#options.emulator.faultDials
  }

  tested(chart: AnyStateMachine): Coverage | undefined {
    const { coverage } = this.#options
    return coverage === undefined ? undefined : coverageIn(coverage, chart)
  }

  /** One move after another, whoever asks: the console or `callchart sim`. */
  advance(ms: number): Promise<number> {
    const moved = this.#moving.then(() => this.#options.clock.advance(ms, () => this.#settled()))
    this.#moving = moved.catch(() => {})
    return moved
  }

  restart(downMs: number): void {
    this.#rising ??= this.#restart(downMs).finally(() => {
      this.#rising = undefined
    })
  }

  async close(): Promise<void> {
    await this.#rising
    await this.#bot?.close()
  }

  async #restart(downMs: number): Promise<void> {
    const { clock, tell } = this.#options
    const bot = this.#bot
    this.#bot = undefined
    await bot?.abandon()
    tell('killed')
    await pause(clock, downMs)
    await this.begin()
    tell('back')
  }

  async #settled(): Promise<void> {
    const { clock, emulator } = this.#options
    const untilMs = clock.elapsedMs() + SETTLING_MS
    const isIdle = () => {
      let isSo = false
      void emulator.idle().then(() => {
        isSo = true
      })
      return setImmediate().then(() => isSo)
    }
    do await setImmediate()
    while (clock.elapsedMs() < untilMs && (this.#bot?.busy() || !(await isIdle())))
  }
}
