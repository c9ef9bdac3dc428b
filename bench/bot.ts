/** A bot to measure: no scenario to speak of, calls that go on hold and come back. */

import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { callChart, callSetup } from 'callchart/machines'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { type Bot, type BotOptions, createBot } from '../src/bot.ts'
import type { Delivery } from '../src/engine/intake.ts'

const APP_ID = '0b5e0000-1111-4222-8333-444455556666'
const TENANT_ID = '0b5e0000-7777-4888-8999-aaaabbbbcccc'
const ISSUER = 'https://graph.microsoft.com'

const scenario = callSetup.createStateConfig({
  initial: 'talking',
  states: {
    talking: { on: { 'call.held': 'waiting' } },
    waiting: { on: { 'call.resumed': 'talking' } },
  },
})
const chart = callSetup.createMachine(
  callChart({ id: 'bench', version: '1', scenario, incoming: 'ask' }),
)

/** A bot with live calls, and what is needed to talk to it as Graph does. */
export type Bench = {
  readonly bot: Bot
  readonly url: string
  readonly token: string
  readonly callIds: readonly string[]
  readonly close: () => Promise<void>
}

/** Starts the bot with `calls` established calls in a database on this disk. */
export async function openBench(
  calls: number,
  options: Pick<BotOptions, 'intakeLimit'> = {},
): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), 'callchart-bench-'))
  const keys = await serveKeys()
  const bot = await createBot({
    ...options,
    chart,
    config: {
      port: 0,
      host: '127.0.0.1',
      publicUrl: 'http://127.0.0.1:0',
      databasePath: join(folder, 'calls.db'),
      appId: APP_ID,
      credential: { secret: 'none' },
      tenantId: TENANT_ID,
      graphUrl: 'http://127.0.0.1:9',
      loginUrl: 'http://127.0.0.1:9',
      keysUrl: keys.url,
      issuers: [ISSUER],
    },
  })
  const url = await bot.listen()
  const callIds = Array.from({ length: calls }, (_, index) => idOf(index))
  await bot.engine.intake(callIds.map((id) => delivery(id, 'created', 'incoming')))
  await bot.engine.intake(callIds.map((id) => delivery(id, 'updated', 'established')))
  return {
    bot,
    url,
    token: keys.token,
    callIds,
    close: async () => {
      await bot.close()
      keys.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function idOf(index: number): string {
  return `b0000000-0000-4000-8000-${String(index).padStart(12, '0')}`
}

/** A notification that tells a call's state, past the wire. */
export function delivery(callId: string, changeType: string, state: string): Delivery {
  return {
    tenantId: TENANT_ID,
    atMs: Date.now(),
    notification: {
      changeType,
      resourceUrl: `/communications/calls/${callId}`,
      callId,
      subject: 'call',
      resources: [{ '@odata.type': '#microsoft.graph.call', state, direction: 'incoming' }],
    },
  }
}

/** The same notification as Graph writes it. */
export function bodyOf(callId: string, state: string): string {
  return JSON.stringify({
    '@odata.type': '#microsoft.graph.commsNotifications',
    value: [
      {
        '@odata.type': '#microsoft.graph.commsNotification',
        changeType: 'updated',
        resource: `/app/calls/${callId}`,
        resourceUrl: `/communications/calls/${callId}`,
        resourceData: { '@odata.type': '#microsoft.graph.call', state },
      },
    ],
  })
}

async function serveKeys() {
  const { privateKey, publicKey } = await generateKeyPair('RS256')
  const jwk = { ...(await exportJWK(publicKey)), kid: 'bench', alg: 'RS256', use: 'sig' }
  const server = createServer((request, response) => {
    const { port } = server.address() as AddressInfo
    const document =
      request.url === '/keys'
        ? { keys: [jwk] }
        : { issuer: ISSUER, jwks_uri: `http://127.0.0.1:${port}/keys` }
    response.setHeader('content-type', 'application/json').end(JSON.stringify(document))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const token = await new SignJWT({ tid: TENANT_ID })
    .setProtectedHeader({ alg: 'RS256', kid: 'bench' })
    .setIssuer(ISSUER)
    .setAudience(APP_ID)
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(privateKey)
  return { url: `http://127.0.0.1:${port}/`, token, close: () => server.close() }
}
