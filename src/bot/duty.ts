/** A bot at work: how its parts begin, one after the other, and how they let go. */
import { pause } from '../clock.ts'
import { type Outlets, openOutlets } from '../telemetry/index.ts'
import { Door, unattended } from '../webhook/index.ts'
import type { Bot } from './bot.ts'
import { drain } from './drain.ts'
import type { BotOptions } from './options.ts'
import type { Parts } from './parts.ts'

/** How long requests that are under way, in or out, are waited for when a bot closes. */
const CLOSING_MS = 2_000

/** The bot that these parts are, at a door that may be open already. */
export function onDuty(options: BotOptions, parts: Parts, opened?: Door): Bot {
  const { config, clock, random, observers, presence, prompts } = parts
  const { admin, dispatcher, engine, registrations, store, webhook } = parts
  const away = unattended({
    health: () => presence.health,
    basePath: new URL(config.publicUrl).pathname,
    prompts,
  })
  let door = opened
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
    presence.health = { ready: true }
    await registrations.askForTokens()
  }

  return {
    app: webhook.app,
    engine,
    graph: (appId) => registrations.chosen(appId).client,
    call: (request, placing) => engine.call(request, placing),
    observe: (observer) => observers.add(observer),
    get metricsUrl() {
      return outlets?.metricsUrl
    },
    get inspectUrl() {
      return outlets?.inspectUrl
    },
    busy: () => engine.busy || dispatcher.inFlight > 0,
    start: async () => {
      await door?.close()
      door = undefined
      await start()
    },
    listen: async () => {
      door ??= await Door.open(config, webhook.listener, clock)
      door.leadTo(webhook.listener)
      // Port 0 asks for any free port: only now is it known which.
      presence.publicUrl = config.publicUrl.replace(/:0(?=\/|$)/, `:${door.port}`)
      await start()
      return presence.publicUrl
    },
    abandon: async () => {
      // First: what it can no longer do is no answer that a dead process would give.
      await door?.cut()
      dispatcher.stop()
      engine.abandon()
      admin?.close()
      await outlets?.close()
      await store.close()
    },
    drain: (asked) => drain(parts, asked),
    close: async () => {
      presence.health = { ready: false, reason: 'The bot is stopping.' }
      admin?.close()
      door?.leadTo(away)
      await engine.closeIntake()
      await door?.answered(CLOSING_MS)
      await Promise.race([dispatcher.finish(), pause(clock, CLOSING_MS)])
      dispatcher.stop()
      await engine.stop()
      // Before the store, whose next owner serves its own metrics at once.
      await outlets?.close()
      await store.close()
      await door?.close()
    },
  }
}
