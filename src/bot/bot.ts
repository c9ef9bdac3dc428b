/** A bot, as whoever runs it has it. */
import type { Hono } from 'hono'
import type { EffectParams } from '../../machines/effects.ts'
import type { Engine, Placing } from '../engine/index.ts'
import type { GraphClient } from '../graph/index.ts'
import type { Observer } from '../telemetry/index.ts'
import type { DrainOptions } from './drain.ts'

/** A bot on duty. */
export type Bot = {
  /** The web server's app, for use without a socket. */
  readonly app: Hono
  readonly engine: Engine
  /** Takes up the stored calls without listening: notifications are given to `app`. */
  readonly start: () => Promise<void>
  /** Listens for Graph and takes up the stored calls; resolves to the public URL. */
  readonly listen: () => Promise<string>
  /**
   * Graph under the tokens of an app, for what is no call's: `createOnlineMeetings(bot.graph(), …)`. Throws
   * `CallchartError` when the bot has several apps and none of them is named, or has none of that name.
   */
  readonly graph: (appId?: string) => GraphClient
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
