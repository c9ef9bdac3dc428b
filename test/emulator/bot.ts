/** The test's own bot: a real webhook that verifies what it is sent, and serves its prompts. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { z } from 'zod'
import type { Clock } from '../../src/clock.ts'
import { silentWav } from '../../src/emulator/index.ts'

const notification = z.looseObject({
  changeType: z.string(),
  resourceUrl: z.string(),
  resource: z.string().optional(),
  callbackUri: z.string().optional(),
  resourceData: z.union([z.looseObject({}), z.array(z.looseObject({}))]).optional(),
})

const envelope = z.looseObject({ value: z.array(notification) })

export type Told = z.infer<typeof notification> & {
  readonly path: string
  readonly claims: Readonly<Record<string, unknown>>
}

/** What the webhook answers next; 202 when the list is empty. */
export type Answer = {
  readonly status: number
  readonly headers?: Record<string, string>
  readonly body?: unknown
}

export type Bot = {
  readonly url: string
  readonly told: Told[]
  /** Everything posted, in whatever format. */
  readonly bodies: unknown[]
  readonly answers: Answer[]
  readonly prompts: Map<string, Uint8Array<ArrayBuffer>>
  /** Called before a notification is answered. */
  onTold: (told: Told) => Promise<void> | void
  close(): Promise<void>
}

export async function startBot(emulatorUrl: string, appIds: string[], clock: Clock): Promise<Bot> {
  const configuration = z
    .object({ issuer: z.string(), jwks_uri: z.string() })
    .parse(await (await fetch(`${emulatorUrl}/v1/.well-known/OpenIdConfiguration`)).json())
  const keys = createRemoteJWKSet(new URL(configuration.jwks_uri), { cooldownDuration: 0 })
  const app = new Hono()
  const server = createServer(getRequestListener(app.fetch))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = z
    .object({ port: z.number() })
    .parse(server.address() satisfies AddressInfo | string | null)
  const bot: Bot = {
    url: `http://127.0.0.1:${port}`,
    told: [],
    bodies: [],
    answers: [],
    prompts: new Map([['welcome', silentWav(2_000)]]),
    onTold: () => undefined,
    close: async () => {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
  app.post('/api/calls/:key?', async (c) => {
    const token = c.req.header('authorization')?.replace('Bearer ', '') ?? ''
    const verified = await jwtVerify(token, keys, {
      audience: appIds,
      issuer: configuration.issuer,
      currentDate: new Date(clock.now()),
      algorithms: ['RS256'],
    })
    const body = await c.req.json()
    bot.bodies.push(body)
    const answer = bot.answers.shift() ?? { status: 202 }
    const parsed = envelope.safeParse(body)
    for (const each of parsed.success ? parsed.data.value : []) {
      const told = { ...each, path: c.req.path, claims: verified.payload }
      if (answer.status < 300 && answer.status !== 204) bot.told.push(told)
      await bot.onTold(told)
    }
    const { body: said, headers = {}, status } = answer
    return said === undefined
      ? new Response(null, { status, headers })
      : Response.json(said, { status, headers })
  })
  app.get('/prompts/:name', (c) => {
    const wav = bot.prompts.get(c.req.param('name'))
    return wav ? c.body(wav, 200, { 'Content-Type': 'audio/wav' }) : c.notFound()
  })
  return bot
}
