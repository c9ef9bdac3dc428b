/** What operators do to calls: place one, ask how it stands, end it. Each is an event of the call's own chart. */
import { type Context, Hono } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { z } from 'zod'
import type { Store } from '../../snapshots/index.ts'
import type { Placing } from '../engine/index.ts'
import { CallchartError } from '../errors.ts'
import { Refusal, unknownCall } from './answers.ts'
import { name, readBody } from './asked.ts'
import type { Asked, Placed, Wish } from './protocol.ts'

/** What the bot does for an operator. */
export type Deeds = {
  /** Places a call; throws `CallchartError`. */
  readonly place: (request: Request, placing: Placing) => Promise<string>
  /** Resolves to the effects a live call asks for because of it; to nothing when none has this key. */
  readonly operate: (
    key: string,
    type: 'admin.nudged' | 'admin.hungUp',
  ) => Promise<readonly string[] | undefined>
}

type Request = Wish['request']

const placing = z.strictObject({
  chart: name.optional(),
  request: z.record(z.string(), z.json(), 'give what createCall takes'),
})

const idempotencyKey = z.string().regex(/^[\x21-\x7e]{1,255}$/)

/** What an error of the engine's is to whoever asked. */
const statuses: { readonly [code: string]: ContentfulStatusCode } = {
  'call.conflict': 409,
  'chart.unknown': 400,
  'chart.notNamed': 400,
  'effect.invalid': 400,
  'engine.draining': 503,
  'mailbox.full': 503,
}

export function deedRoutes(deeds: Deeds, store: Store): Hono {
  const routes = new Hono()
  routes.post('/calls', async (context) => {
    const { chart, request } = await readBody(context, placing)
    const given = keyGiven(context)
    const key = await answered(context, deeds.place(request, { chart, idempotencyKey: given }))
    return context.json({ key } satisfies Placed, 201)
  })
  routes.post('/calls/:key/nudge', async (context) =>
    context.json(await operate(context, context.req.param('key'), 'admin.nudged')),
  )
  routes.post('/calls/:key/end', async (context) =>
    context.json(await operate(context, context.req.param('key'), 'admin.hungUp')),
  )
  return routes

  async function operate(
    context: Context,
    key: string,
    type: 'admin.nudged' | 'admin.hungUp',
  ): Promise<Asked> {
    const asked = await answered(context, deeds.operate(key, type))
    if (asked) return { key, asked }
    throw (await store.brief(key)) ? ended(key) : unknownCall(key)
  }
}

function keyGiven({ req }: Context): string | undefined {
  const given = req.header('Idempotency-Key')
  if (given === undefined) return undefined
  const { data: key } = idempotencyKey.safeParse(given)
  if (key !== undefined) return key
  throw new Refusal(400, {
    code: 'admin.invalid',
    what: 'The Idempotency-Key is not 1 to 255 letters, digits and signs.',
    fix: 'Give each call a key of its own, such as a UUID.',
  })
}

async function answered<Result>(context: Context, deed: Promise<Result>): Promise<Result> {
  try {
    return await deed
  } catch (error) {
    const status = error instanceof CallchartError ? statuses[error.code] : undefined
    if (!(error instanceof CallchartError) || status === undefined) throw error
    if (status === 503) context.header('Retry-After', '1')
    const { code, message, fix } = error
    throw new Refusal(status, { code, what: message.slice(0, -fix.length).trimEnd(), fix })
  }
}

function ended(key: string): Refusal {
  return new Refusal(409, {
    code: 'call.ended',
    what: `Call '${key}' has ended.`,
    fix: 'Nothing is left to do; explain tells why it ended.',
  })
}
