/**
 * The admin API: what operators see of calls and do to them. One router for the console's page, the command
 * line and scripts, below `<basePath>/admin` of the bot's own server.
 *
 * May import: engine/ (to replay what is stored), snapshots/, machines/, telemetry, clock, errors; Hono and
 * zod. It reads the store and, while somebody looks, hears the engine's records; it can't slow a turn: whoever
 * looks waits, and whoever is slow to look is told less often.
 * Read: protocol (what crosses the wire), door (who may come in), attention (whether anybody looks), then what each route file is made of: book,
 * liveCall and rates (the list), calls, retrace, ladder, now and moment (one call), pulse, ways, viewers and the
 * two sources (streams); explain (why a call stands where it does) and reasons (why a request failed); deeds (what is done to calls).
 * Not here: the page (console/), what a call decides (machines/), and the emulated Graph, which is handed in.
 */
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Store } from '../../snapshots/index.ts'
import type { Clock } from '../clock.ts'
import type { Engine } from '../engine/index.ts'
import type { Observers } from '../telemetry/index.ts'
import { callchartVersion } from '../version.ts'
import { answerTo, refuse } from './answers.ts'
import { MOST_BYTES } from './asked.ts'
import { Attention } from './attention.ts'
import { Book } from './book.ts'
import { CallDetails } from './callDetails.ts'
import { callRoutes } from './callRoutes.ts'
import { Calls } from './calls.ts'
import { chartRoutes } from './chartRoutes.ts'
import { type Deeds, deedRoutes } from './deeds.ts'
import { createDoor } from './door.ts'
import { erasureRoutes } from './erasures.ts'
import { listRoutes } from './listRoutes.ts'
import type { About } from './protocol.ts'
import { Pulse } from './pulse.ts'
import { RateMeter } from './rates.ts'
import { streamRoutes } from './streamRoutes.ts'
import { Viewers } from './viewers.ts'
import { Ways } from './ways.ts'
import type { World } from './world.ts'
import { worldRoutes } from './worldRoutes.ts'

export type AdminOptions = {
  readonly token: string
  readonly store: Store
  readonly engine: Pick<Engine, 'charts' | 'visits' | 'statesOf'>
  readonly observers: Observers
  readonly clock: Clock
  /** The emulated Graph in this process, if one runs. */
  readonly world?: World | undefined
  /** Where the bot is reached; the API stands below `/admin` there. */
  readonly publicUrl: () => string
  readonly deeds: Deeds
}

export type Admin = {
  /** To be mounted at `/admin` of the bot's app. */
  readonly app: Hono
  /** Ends the streams. */
  readonly close: () => void
}

export function createAdmin(options: AdminOptions): Admin {
  const { token, store, engine, observers, clock, publicUrl, world, deeds } = options
  const { charts, visits } = engine
  const now = () => clock.now()
  const startedMs = now()
  const meter = new RateMeter()
  const rates = () => meter.rates(now())
  const pulse = new Pulse(clock, () => Object.values(rates()).some((rate) => rate > 0))
  const viewers = new Viewers(clock)
  const ways = new Ways()
  const calls = new Calls(store, charts)
  const statesOf = async (key: string) => engine.statesOf(key) ?? calls.statesOf(key)
  const book = new Book({ store, now, statesOf })
  const details = new CallDetails({ calls, now, rowOf: (key) => book.row(key) })

  const attention = new Attention({
    clock,
    observers,
    observe: (record) => {
      meter.note(record)
      book.note(record)
      ways.note(record)
      // What is told at a beat has to be on disk.
      if (pulse.isHeard && 'keys' in record) for (const key of record.keys) pulse.note(key)
    },
    isWatched: () => viewers.size > 0,
    began: () => meter.begin(now()),
    ended: () => book.clear(),
  })

  const app = new Hono()
  app.use(bodyLimit({ maxSize: MOST_BYTES, onError: (context) => refuse(context, 413, tooLong) }))
  app.route('/', createDoor({ token, publicUrl }))
  app.use((_, next) => {
    attention.look()
    return next()
  })
  app.get('/about', (context) => {
    const names = charts.all.map(({ id, version }) => ({ id, version }))
    const about: About = {
      callchart: callchartVersion(),
      node: process.versions.node,
      startedMs,
      nowMs: now(),
      charts: names,
      ...(world && { world: { aheadMs: world.aheadMs, faults: world.faults } }),
    }
    return context.json(about)
  })
  app.route('/', listRoutes({ book, store, rates }))
  app.route('/', streamRoutes({ book, pulse, rates, now, details, viewers, ways }))
  app.route('/', callRoutes(details))
  app.route('/', chartRoutes({ charts, store, visits, world }))
  if (world) app.route('/', worldRoutes(world))
  app.route('/', deedRoutes(deeds, store))
  app.route('/', erasureRoutes(store, clock))
  app.onError(answerTo)

  return {
    app,
    close: () => {
      attention.close()
      pulse.stop()
      viewers.close()
    },
  }
}

const tooLong = {
  code: 'admin.tooLong',
  what: `The body is longer than ${MOST_BYTES} bytes.`,
  fix: 'Send less.',
}
