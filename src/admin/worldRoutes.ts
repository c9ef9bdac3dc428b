/** Deeds in the emulated Graph: the emulator's own control API, behind the same door as the rest. */
import type { HttpBindings } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { Refusal } from './answers.ts'
import { needJson, readBody } from './asked.ts'
import type { World } from './world.ts'

/** A person's name and an id of Graph as they stand in a path. */
const NAME = '[^/]{1,300}'

/** What people do, and what is looked at; apps, keys and the record stay the emulator's own. */
const deeds = new RegExp(
  [
    '^(ring|policy-calls|meetings|faults',
    `people/${NAME}/(script|pick-up|decline)`,
    `calls/${NAME}/(press|finish-prompt|say|hangup|join|escalate|leave|mute|unmute|share|change-shared|camera`,
    'hold|resume|transcribe|end|policy-join|policy-leave|remove-bot|admit))$',
  ].join('|'),
)
const looks = new RegExp(`^calls(/${NAME})?$`)

/** Moved ahead at a time, at most. */
const MOST_MS = 7 * 24 * 60 * 60_000

/** How long a killed engine is down, at most and by default. */
const MOST_DOWN_MS = 60_000
const DOWN_MS = 1_000

const advanceWish = z.strictObject({ ms: z.int().min(0).max(MOST_MS) })
const restartWish = z.strictObject({ downMs: z.int().min(0).max(MOST_DOWN_MS).default(DOWN_MS) })

/** Absent where a request comes over no connection. */
type Connection = { readonly Bindings: Partial<HttpBindings> }

export function worldRoutes(world: World): Hono<Connection> {
  const routes = new Hono<Connection>()
  let isMoving = false

  routes.post('/world/clock/advance', async (context) => {
    const { ms } = await readBody(context, advanceWish)
    if (isMoving) throw alreadyMoving
    isMoving = true
    try {
      const nowMs = await world.advance(ms)
      return context.json({ nowMs, aheadMs: world.aheadMs })
    } finally {
      isMoving = false
    }
  })

  routes.post('/world/engine/restart', async (context) => {
    const { downMs } = await readBody<{ downMs: number }>(context, restartWish)
    onceAnswered(context, () => world.restart(downMs))
    return context.json({ downMs }, 202)
  })

  routes.post('/world/*', async (context) => {
    needJson(context)
    return ask(context, deeds, await context.req.text())
  })
  routes.get('/world/*', (context) => ask(context, looks))

  async function ask(context: Context, allowed: RegExp, body?: string): Promise<Response> {
    const path = context.req.path.slice(context.req.path.indexOf('/world/') + '/world/'.length)
    if (!allowed.test(path)) throw unknownDeed(path)
    const request = new Request(`http://127.0.0.1/emulator/${path}`, {
      method: context.req.method,
      ...(body !== undefined && { body }),
    })
    const response = await world.fetch(request)
    const type = response.headers.get('Content-Type')
    return new Response(response.body, {
      status: response.status,
      headers: { 'Cache-Control': 'no-store', ...(type !== null && { 'Content-Type': type }) },
    })
  }
  return routes
}

/** Whoever asks for a kill is answered first: what dies answers nobody. */
function onceAnswered({ env }: Context<Connection>, act: () => void): void {
  if (env.outgoing) env.outgoing.once('close', act)
  else act()
}

const alreadyMoving = new Refusal(409, {
  code: 'world.moving',
  what: 'The clock is being moved already.',
  fix: 'Wait for the answer to the first request.',
})

function unknownDeed(path: string): Refusal {
  return new Refusal(404, {
    code: 'world.unknownDeed',
    what: `Nothing is done by '${path.slice(0, 100)}'.`,
    fix: "See the table of deeds in the admin API's protocol.",
  })
}
