/** Deployments of bots that are embedded with createBot: the next one is made while the one before still has calls. */
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { expect, test } from 'vitest'
import { type Bot, createBot } from '../../src/bot/index.ts'
import type { StartsEngine } from '../../src/cli/demo/engineProcess.ts'
import { Scene } from '../../src/cli/demo/scene.ts'
import { readConfig } from '../../src/config.ts'
import { patientDesk } from '../kill/chart.ts'

/** How a bot comes to hear Graph; resolves to what ends that, and the bot. */
type Standing = (bot: Bot, port: number) => Promise<() => Promise<void>>

/** At the bot's own port. */
const alone: Standing = async (bot) => {
  await bot.listen()
  return () => bot.close()
}

/** In a server of the author's, as docs/guides/deploying.md has it. */
const inAServer: Standing = async (bot, port) => {
  const server = createServer(getRequestListener(bot.app.fetch))
  await listen(server, port)
  await bot.start()
  return async () => {
    server.close()
    await bot.close()
    server.closeAllConnections()
  }
}

/** Makes a bot in this process, which waits for the one before it. */
function embedded(stand: Standing, atPort: boolean): StartsEngine {
  return (environment) => {
    const config = readConfig(environment)
    const waiting = Promise.withResolvers<void>()
    let takenUp = 0
    const made = createBot({
      chart: patientDesk,
      config,
      takeOver: { forMs: 20_000, waiting: () => waiting.resolve(), atPort },
      observe: (record) => {
        if (record.kind === 'recovering') takenUp = record.calls
      },
    })
    const standing = made.then((bot) => stand(bot, config.port))
    const end = async () => {
      await (await standing)()
      return 0
    }
    return {
      pid: process.pid,
      get takenUp() {
        return takenUp
      },
      listening: standing.then(() => {}),
      waiting: waiting.promise,
      kill: async () => void (await end()),
      stop: end,
    }
  }
}

test.each([
  ['at a port of its own', embedded(alone, true)],
  ['in a server of its author', embedded(inAServer, false)],
])(
  'twelve calls go through two deployments of a bot %s: no notification is lost, nothing is asked twice',
  async (_, engine) => {
    await using scene = await Scene.open({
      engine,
      switches: { answerTimeoutMs: 600_000, redeliveryLongestMs: 200 },
    })
    const deploy = async () => {
      const before = scene.engine
      const next = scene.start()
      await next.waiting
      const gone = before.stop()
      await next.listening
      expect(await gone).toBe(0)
      expect(next.takenUp).toBeGreaterThan(0)
    }
    scene.staffDesk(true)
    const stages = ['prompt', 'choosing', undefined, 'connected'] as const
    for (let index = 0; index < 8; index++) scene.ring(stages[index % 4])
    await scene.asked('playPrompt')
    await deploy()
    for (const caller of scene.callers.slice(0, 2)) caller.goOn()
    for (let index = 8; index < 12; index++) scene.ring(stages[index % 4])
    await scene.asked('answer')
    await deploy()
    for (const caller of scene.callers) caller.goOn()
    expect(await scene.verdict()).toMatchObject({
      calls: 12,
      ended: 12,
      repeated: 0,
      violations: [],
    })
  },
  60_000,
)

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
}
