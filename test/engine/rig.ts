/** A bot and an emulated Graph on one simulated clock, with the engine's innards in reach of its tests. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AnyStateMachine } from 'xstate'
import { openSqliteStore, type SqliteStoreOptions } from '../../snapshots/index.ts'
import { type Bot, type BotOptions, createBot } from '../../src/bot/index.ts'
import { SimulatedClock } from '../../src/clock.ts'
import type { Config } from '../../src/config.ts'
import {
  createEmulator,
  type EmulatedCall,
  type Emulator,
  KeyRing,
  silentWav,
  tenantOf,
} from '../../src/emulator/index.ts'
import type { BotCharts } from '../../src/engine/index.ts'
import type { Delivery, Verdict } from '../../src/engine/intake.ts'
import type { Subject } from '../../src/graph/index.ts'
import { seededRandom } from '../../src/random.ts'
import type { EngineRecord } from '../../src/telemetry/index.ts'

/** Making a key takes longer than most tests; one serves them all. */
export const keys = new KeyRing()

export const APP_ID = '5a5a0000-1111-4222-8333-444455556666'
/** Of the bot and of who rings: a token of another tenant is refused. */
export const TENANT_ID = tenantOf('fabrikam.com')

export type RigOptions = Pick<
  BotOptions,
  | 'hotCalls'
  | 'retentionDays'
  | 'evidenceMs'
  | 'unresolved'
  | 'unknownCalls'
  | 'tracerProvider'
  | 'meterProvider'
  | 'inspect'
> & {
  readonly metrics?: Config['metrics']
  readonly store?: SqliteStoreOptions
  /** Opens the admin API. */
  readonly adminToken?: string
  /** Where the bot believes to be reached, when not where it listens. */
  readonly publicUrl?: string
}

export class Rig {
  readonly clock = new SimulatedClock()
  readonly emulator: Emulator = createEmulator({
    clock: this.clock,
    random: seededRandom(2),
    switches: { prompts: 'manual' },
    keys,
  })
  readonly records: EngineRecord[] = []
  folder = ''
  #url = ''
  /** Kept over restarts, because Graph keeps calling the callbackUri it was given. */
  #port = 0
  #bot: Bot | undefined

  static async open(bot: AnyStateMachine | BotCharts, options: RigOptions = {}): Promise<Rig> {
    const rig = new Rig()
    rig.folder = await mkdtemp(join(tmpdir(), 'callchart-rig-'))
    await mkdir(join(rig.folder, 'prompts'))
    await writeFile(join(rig.folder, 'prompts', 'welcome.wav'), silentWav(1_000))
    rig.#url = await rig.emulator.listen()
    await rig.start(bot, options)
    return rig
  }

  get database(): string {
    return join(this.folder, 'calls.db')
  }

  get bot(): Bot {
    if (!this.#bot) throw new Error('The bot of this rig is not running.')
    return this.#bot
  }

  /** Where the bot listens. */
  get publicUrl(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  async start(
    bot: AnyStateMachine | BotCharts,
    { store, metrics, adminToken, publicUrl: told, ...options }: RigOptions = {},
  ): Promise<void> {
    const url = this.#url
    this.#bot = await createBot({
      ...('root' in bot ? { chart: bot } : bot),
      config: {
        port: this.#port,
        host: '127.0.0.1',
        publicUrl: told ?? `http://127.0.0.1:${this.#port}`,
        databasePath: this.database,
        appId: APP_ID,
        credential: { secret: 'emulated' },
        tenantId: TENANT_ID,
        graphUrl: url,
        loginUrl: url,
        keysUrl: `${url}/v1/.well-known/OpenIdConfiguration`,
        issuers: ['https://graph.microsoft.com'],
        adminToken,
        metrics,
      },
      clock: this.clock,
      random: seededRandom(1),
      roundTrip: true,
      observe: (record) => this.records.push(record),
      promptsFolder: join(this.folder, 'prompts'),
      store: openSqliteStore(this.database, store),
      ...options,
    })
    const publicUrl = await this.#bot.listen()
    this.#port = Number(new URL(publicUrl).port)
    const webhook = `${publicUrl}/api/calls`
    this.emulator.register({ id: APP_ID, secret: 'emulated', tenantId: TENANT_ID, webhook })
  }

  /** What a crash does, short of ending the process. */
  async crash(): Promise<void> {
    await this.#bot?.abandon()
    this.#bot = undefined
  }

  async ring(from = 'bob@fabrikam.com'): Promise<EmulatedCall> {
    const call = this.emulator.ring({ from })
    await this.settle()
    return call
  }

  /** Tells the bot that Graph reports a state of a call, bypassing the wire. */
  async report(call: EmulatedCall, state: string): Promise<Verdict | undefined> {
    const [verdict] = await this.bot.engine.intake([
      this.delivery(call.id, 'call', 'updated', [{ state }]),
    ])
    return verdict
  }

  /** A notification about a call, as the webhook would hand it over. */
  delivery(
    callId: string,
    subject: Subject,
    changeType: string,
    resources: Delivery['notification']['resources'] = [],
  ): Delivery {
    const resourceUrl = `/communications/calls/${callId}`
    return {
      tenantId: TENANT_ID,
      appId: APP_ID,
      atMs: this.clock.now(),
      notification: { changeType, resourceUrl, callId, subject, resources },
    }
  }

  /** Lets everything happen that needs no time. */
  async settle(): Promise<void> {
    do {
      await this.emulator.idle()
      await new Promise((resolve) => setImmediate(resolve))
    } while (this.#bot?.busy())
    await this.emulator.idle()
    if (this.#bot?.busy()) await this.settle()
  }

  /** Lets time pass, every wake-up at its own moment. */
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
    await this.settle()
  }

  /** The keys of all calls in the database, packed ones too. */
  async stored(): Promise<readonly string[]> {
    const store = openSqliteStore(this.database, { readOnly: true })
    const pages = [
      await store.page('live', undefined, 99),
      await store.page('ended', undefined, 99),
    ]
    await store.close()
    return pages.flatMap((page) => page.map(({ key }) => key)).toSorted()
  }

  /** The active states after the latest turn of a call. */
  states(key: string): readonly string[] {
    const turns = this.records.filter((record) => record.kind === 'turned' && record.key === key)
    const last = turns.at(-1)
    return last?.kind === 'turned' ? last.states : []
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#bot?.close()
    await this.emulator.close()
    await rm(this.folder, { recursive: true, force: true })
  }
}
