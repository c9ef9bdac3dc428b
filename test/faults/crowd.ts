/** A bot with thousands of calls and an emulated Graph, on one simulated clock and without sockets. */
import { join } from 'node:path'
import type { AnyStateMachine } from 'xstate'
import { type Bot, createBot } from '../../src/bot/index.ts'
import { SimulatedClock } from '../../src/clock.ts'
import { createEmulator, type Emulator, type Switches, tenantOf } from '../../src/emulator/index.ts'
import { seededRandom } from '../../src/random.ts'
import { temporaryFolder } from '../snapshots/folder.ts'

const APP_ID = '5a5a0000-1111-4222-8333-444455557777'
const TENANT_ID = tenantOf('fabrikam.com')
const BOT_URL = 'http://localhost:1'
const GRAPH_URL = 'http://localhost:2'

/** How many ring at once: Graph rings for 15 s, and none may be missed. */
const RING_AT_ONCE = 250

export class Crowd {
  readonly clock = new SimulatedClock()
  readonly emulator: Emulator
  readonly #chart: AnyStateMachine
  readonly #databasePath = join(temporaryFolder(), 'calls.db')
  #bot: Bot | undefined

  constructor(chart: AnyStateMachine, switches: Partial<Switches>) {
    this.#chart = chart
    this.emulator = createEmulator({
      clock: this.clock,
      random: seededRandom(2),
      switches,
      apps: [
        { id: APP_ID, secret: 'emulated', tenantId: TENANT_ID, webhook: `${BOT_URL}/api/calls` },
      ],
      fetch: async (url, init) =>
        this.#bot?.app.fetch(new Request(url, init)) ?? new Response(null, { status: 502 }),
    })
  }

  /** Starts the bot on what is stored. */
  async start(): Promise<void> {
    this.#bot = await createBot({
      chart: this.#chart,
      config: {
        port: 0,
        publicUrl: BOT_URL,
        databasePath: this.#databasePath,
        appId: APP_ID,
        credential: { secret: 'emulated' },
        tenantId: TENANT_ID,
        graphUrl: GRAPH_URL,
        loginUrl: GRAPH_URL,
        keysUrl: `${GRAPH_URL}/v1/.well-known/OpenIdConfiguration`,
        issuers: ['https://graph.microsoft.com'],
      },
      clock: this.clock,
      random: seededRandom(1),
      fetch: async (url, init) => this.emulator.fetch(new Request(url, init)),
    })
    await this.#bot.start()
  }

  /** What a crash does, short of ending the process. */
  async crash(): Promise<void> {
    await this.#bot?.abandon()
    this.#bot = undefined
  }

  /** So many people ring; resolves when all have been let talk. */
  async ring(calls: number): Promise<void> {
    for (let rung = 0; rung < calls; rung += RING_AT_ONCE) {
      for (let count = 0; count < Math.min(RING_AT_ONCE, calls - rung); count++)
        this.emulator.ring({ from: `caller${rung + count}@fabrikam.com` })
      await this.advance(1_000)
    }
  }

  /** Lets everything happen that needs no time. */
  async settle(): Promise<void> {
    do {
      await this.emulator.idle()
      await new Promise((resolve) => setImmediate(resolve))
    } while (this.#bot?.busy())
  }

  /** Lets time pass, every wake-up at its own moment. */
  async advance(ms: number): Promise<void> {
    const toMs = this.clock.now() + ms
    await this.settle()
    for (let dueMs = this.clock.nextDueMs(); dueMs !== undefined && dueMs <= toMs; ) {
      this.clock.moveTo(dueMs)
      await this.settle()
      dueMs = this.clock.nextDueMs()
    }
    this.clock.moveTo(toMs)
    await this.settle()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.crash()
    await this.emulator.close()
  }
}
