/** createBot: the composition root. A chart and a configuration become a running bot. */

import type { MeterProvider, TracerProvider } from '@opentelemetry/api'
import type { Hono } from 'hono'
import type { EffectName, EffectParams } from '../machines/effects.ts'
import { openSqliteStore, type Store } from '../snapshots/index.ts'
import { createAdmin } from './admin/index.ts'
import type { World } from './admin/world.ts'
import { appsOf, withApps } from './apps.ts'
import { type Clock, SystemClock } from './clock.ts'
import { type Config, readConfig } from './config.ts'
import { createConsole } from './console/index.ts'
import { Dispatcher } from './dispatch/index.ts'
import { type BotCharts, Engine, type Placing, refuseForeignCharts } from './engine/index.ts'
import { type GraphClient, registeredApp, requestFor } from './graph/index.ts'
import { type RandomBytes, secureRandom } from './random.ts'
import {
  type Inspect,
  type Observer,
  Observers,
  type Outlets,
  openOutlets,
} from './telemetry/index.ts'
import { safeAddress } from './telemetry/inspection/link.ts'
import { createVerifier, createWebhook, Door, type Health, unattended } from './webhook/index.ts'

export type BotOptions = BotCharts & {
  /** Default: read from the environment (`CALLCHART_…`). */
  readonly config?: Config
  /** Folder of WAV files that charts name in playPrompt; served to Graph below `/prompts`. */
  readonly promptsFolder?: string | undefined
  readonly clock?: Clock
  readonly random?: RandomBytes
  /** The way to Graph, its login and its keys. Default: the network. */
  readonly fetch?: typeof fetch
  /** Where metrics go besides the Prometheus page. Default: OpenTelemetry's global provider, when installed. */
  readonly meterProvider?: MeterProvider
  /** Where traces go, one a call. Default: OpenTelemetry's global provider, when installed. */
  readonly tracerProvider?: TracerProvider
  /** Shows live calls, private parts hidden, in Stately's inspector. Default: nobody is told. */
  readonly inspect?: Inspect
  /** Told of everything that happens, from the start. More may come and go later: `Bot.observe`. */
  readonly observe?: Observer
  /** Default: the SQLite file that the configuration names. */
  readonly store?: Store
  /** For tests: after every turn the call is read back from its own text, as after a restart. */
  readonly roundTrip?: boolean
  /** An emulated Graph in this process, for the deeds of the admin API: `callchart start` gives its own. */
  readonly world?: World | undefined
  /** What to do with a live call nobody knows: take it up (`adopt`, default), or `refuse` it. */
  readonly unknownCalls?: 'adopt' | 'refuse'
  /** Calls kept in memory; the longest idle beyond this are passivated. Default 10,000. */
  readonly hotCalls?: number
  /** Days after which ended calls are removed for good. Default: the configuration's, or never. */
  readonly retentionDays?: number
  /** Notifications taken in at once; more are answered 503 with Retry-After. Default 10,000. */
  readonly intakeLimit?: number
  /** Requests to Graph at once, not counting those that are slow to be answered. Default 64. */
  readonly parallel?: number
  /**
   * Requests a second that only ask Graph how calls stand, as all do after a restart; what calls are about
   * does not wait for them. Default 500, of the 3,333 that Graph takes from an application in a tenant.
   */
  readonly reconcilingPerSecond?: number
  /**
   * Whether an effect the token's roles do not allow fails before it is sent, naming the permission.
   * Default true; false where a tenant allows what Graph's pages do not say.
   */
  readonly checkPermissions?: boolean
  /** Allows the effects that only Graph's beta knows: updateMetadata, muteAll … Default false. */
  readonly beta?: boolean
  /** How long to look for evidence of a request in doubt. Default 30 s. */
  readonly evidenceMs?: number
  /** Whether an effect that stayed in doubt is sent again or given up, where its own rule shall not hold. */
  readonly unresolved?: { readonly [Name in EffectName]?: 'resend' | 'drop' }
}

/** A bot on duty. */
export type Bot = {
  /** The web server's app, for use without a socket. */
  readonly app: Hono
  readonly engine: Engine
  /** Takes up the stored calls without listening: notifications are given to `app`. */
  readonly start: () => Promise<void>
  /**
   * Listens for Graph, at a door that is open already if one is given, and takes up the stored calls;
   * resolves to the public URL.
   */
  readonly listen: (door?: Door) => Promise<string>
  /** Graph under the tokens of the configuration's app, for what is no call's: `createOnlineMeetings(bot.graph, …)`. */
  readonly graph: GraphClient
  /**
   * Places a call; resolves, once it is durable, to the call's key. Throws `CallchartError` when the bot has
   * several charts and none of them is named, or when another call was placed under the idempotency key.
   */
  readonly call: (request: EffectParams['createCall'], options?: Placing) => Promise<string>
  /** Tells this observer of everything that happens from now on, until the function given back is called. */
  readonly observe: (observer: Observer) => () => void
  /** Where Prometheus finds the metrics, once the bot has started and a port for them is configured. */
  readonly metricsUrl: string | undefined
  /** Where calls are shown to Stately's inspector, once the bot has started with `inspect`. */
  readonly inspectUrl: string | undefined
  /** Whether anything is being worked on: turns, requests on their way, invocations. */
  readonly busy: () => boolean
  /** Lets go of everything at once, finishing nothing: what a crash does, short of ending the process. */
  readonly abandon: () => Promise<void>
  /**
   * Takes no new calls from now on and resolves once the live ones have ended, or when the time is up, to how
   * many still live. They go on all the while; `close` hands them over.
   */
  readonly drain: (options: DrainOptions) => Promise<number>
  /**
   * Stops taking notifications, finishes the work at hand, and lets go of the store and then of the port, so
   * that a process that waits for them goes on with every call.
   */
  readonly close: () => Promise<void>
}

export type DrainOptions = {
  /** How long live calls are waited for. */
  readonly forMs: number
  /**
   * The https URL of another deployment's `/api/calls`: Graph is told to send new calls there (302). Absent:
   * Graph is told to send them again (503), for whoever takes over.
   */
  readonly elsewhere?: string | undefined
}

/** How often a bot that is drained counts its calls. */
const COUNT_EVERY_MS = 250

/** How long requests that are under way, in or out, are waited for when a bot closes. */
const CLOSING_MS = 2_000

/**
 * Makes a bot of a chart. Throws `ConfigurationError`, `ChartError` (a chart that cannot be kept durable)
 * or `StoreError` (a database that cannot be used), each saying how to mend it.
 *
 * @example
 * const bot = await createBot({ chart: frontDesk, promptsFolder: 'prompts' })
 * console.log(`listening on ${await bot.listen()}`)
 */
export async function createBot(options: BotOptions): Promise<Bot> {
  const config = options.config ?? readConfig(process.env)
  if (options.inspect?.address !== undefined) safeAddress(options.inspect.address)
  const store = options.store ?? openSqliteStore(config.databasePath)
  try {
    return await assemble(options, config, store)
  } catch (error) {
    await store.close()
    throw error
  }
}

async function assemble(options: BotOptions, config: Config, store: Store): Promise<Bot> {
  const clock = options.clock ?? new SystemClock()
  const random = options.random ?? secureRandom
  const { fetch } = options
  const observers = new Observers()
  if (options.observe) observers.add(options.observe)
  let publicUrl = config.publicUrl
  let health: Health = { ready: false, reason: 'The stored calls are being taken up again.' }
  const bot = withApps(options, config)
  const given = appsOf(bot)
  const atGraph = { ...config, clock, random, fetch }
  const apps = new Map(given.map((app) => [app.appId, registeredApp(app, atGraph)]))
  const own = apps.get(config.appId) ?? registeredApp(config, atGraph)
  const permissions = new Map<string | undefined, readonly string[]>()
  const engine = new Engine({
    ...options,
    bot,
    retentionDays: options.retentionDays ?? config.retentionDays,
    store,
    clock,
    random,
    observers,
    permissions: (appId) => permissions.get(appId),
  })
  await refuseForeignCharts(store, engine.charts)
  const dispatcher = new Dispatcher({
    ...options,
    app: (appId = own.appId) => apps.get(appId) ?? own,
    clock,
    random,
    observers,
    settle: (key, id, settlement) => engine.settle(key, id, settlement),
    callbackUri: (key) => `${publicUrl}/api/calls/${encodeURIComponent(key)}`,
    promptsUrl: () => `${publicUrl}/prompts`,
  })
  const webhook = createWebhook({
    verify: createVerifier({ ...config, appIds: [...apps.keys()], clock, fetch }),
    intake: engine.intake,
    mostPosts: options.intakeLimit,
    clock,
    observers,
    health: () => health,
    basePath: new URL(config.publicUrl).pathname,
    promptsFolder: options.promptsFolder,
  })
  const away = unattended({
    health: () => health,
    basePath: new URL(config.publicUrl).pathname,
    promptsFolder: options.promptsFolder,
  })
  let door: Door | undefined
  const { adminToken } = config
  const admin =
    adminToken === undefined
      ? undefined
      : createAdmin({
          token: adminToken,
          store,
          engine,
          observers,
          clock,
          publicUrl: () => publicUrl,
          world: options.world,
          deeds: {
            place: async (request, placing) => {
              // What Graph would refuse is told to whoever asks; in a chart it would be an event.
              requestFor('createCall', request, NO_CALL, { ...options, ...NO_COMMAND })
              return engine.call(request, placing)
            },
            operate: (key, type) => engine.operate(key, type),
          },
        })
  if (admin) {
    webhook.app.route('/admin', admin.app)
    webhook.app.get('/console', (context) => context.redirect('console/'))
    webhook.app.route('/console/', createConsole())
  }
  let outlets: Outlets | undefined

  async function start(): Promise<void> {
    outlets = await openOutlets({
      ...options,
      observers,
      clock,
      random,
      metrics: config.metrics,
      depths: async () => ({
        ...dispatcher.depths(),
        liveCalls: (await store.counts()).live,
        loadedCalls: engine.mailboxes,
        mailboxWork: engine.depth,
      }),
    })
    await engine.start(dispatcher)
    health = { ready: true }
    const known = [...apps.values()].map(({ appId, tenantId, tokens }) =>
      tokens.get(tenantId).then(({ roles }) => permissions.set(appId, roles)),
    )
    await Promise.allSettled(known)
  }

  return {
    app: webhook.app,
    engine,
    graph: own.client,
    call: (request, placing) => engine.call(request, placing),
    observe: (observer) => observers.add(observer),
    get metricsUrl() {
      return outlets?.metricsUrl
    },
    get inspectUrl() {
      return outlets?.inspectUrl
    },
    busy: () => engine.busy || dispatcher.inFlight > 0,
    start,
    listen: async (opened) => {
      door = opened ?? (await Door.open(config, webhook.listener, clock))
      door.leadTo(webhook.listener)
      // Port 0 asks for any free port: only now is it known which.
      publicUrl = config.publicUrl.replace(/:0(?=\/|$)/, `:${door.port}`)
      await start()
      return publicUrl
    },
    abandon: async () => {
      dispatcher.stop()
      engine.abandon()
      admin?.close()
      await outlets?.close()
      await store.close()
      await door?.close()
    },
    drain: async ({ forMs, elsewhere }) => {
      const untilMs = clock.now() + forMs
      engine.turnAway(elsewhere)
      let { live: calls } = await store.counts()
      observers.tell({ kind: 'draining', atMs: clock.now(), calls, untilMs })
      while (calls > 0 && clock.now() < untilMs) {
        health = draining(calls, untilMs)
        await wait(clock, Math.min(COUNT_EVERY_MS, untilMs - clock.now()))
        calls = (await store.counts()).live
      }
      observers.tell({ kind: 'drained', atMs: clock.now(), calls })
      return calls
    },
    close: async () => {
      health = { ready: false, reason: 'The bot is stopping.' }
      admin?.close()
      door?.leadTo(away)
      await door?.answered(CLOSING_MS)
      await Promise.race([dispatcher.finish(), wait(clock, CLOSING_MS)])
      dispatcher.stop()
      await engine.stop()
      // Before the store, whose next owner serves its own metrics at once.
      await outlets?.close()
      await store.close()
      await door?.close()
    },
  }
}

/** A request that is only looked at is of no call and is never sent. */
const NO_CALL = { key: '', graphId: undefined, tenantId: undefined, callbackUri: '' }
const NO_COMMAND = { commandId: '', promptsUrl: '' }

function draining(calls: number, untilMs: number): Health {
  const until = new Date(untilMs).toISOString()
  const reason = `The bot is being drained: it takes no new calls, and keeps its own until ${until}.`
  return { ready: false, reason, calls }
}

function wait(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => void clock.setTimeout(resolve, ms))
}
