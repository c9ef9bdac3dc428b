import { once } from 'node:events'
import { mkdtemp, symlink, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { SimulatedClock } from '../../src/clock.ts'
import type { Delivery, Verdict } from '../../src/engine/intake.ts'
import { createVerifier, createWebhook, type Health } from '../../src/webhook/index.ts'
import { body, CALL, incoming, item } from '../graph/fixtures.ts'
import { APP, type Claims, claimsAt, ISSUER, keyServer, sign, TENANT } from './graph.ts'

const clock = new SimulatedClock()
const taken: Delivery[] = []
let verdictOf: (delivery: Delivery) => Verdict
let health: Health
/** Through Hono's app alone, or as Node's own server gets it. */
const faces = { app: 0, listener: 0 }
let port = 0
let url = ''
const closings: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  const keys = await keyServer()
  keys.publish('k1')
  const promptsFolder = await mkdtemp(join(tmpdir(), 'prompts-'))
  await writeFile(join(promptsFolder, 'hello.wav'), 'RIFF')
  await writeFile(join(promptsFolder, 'secret.txt'), 'x')
  await symlink(tmpdir(), join(promptsFolder, 'folder.wav'))
  const { app, listener } = createWebhook({
    verify: createVerifier({
      keysUrl: keys.keysUrl,
      issuers: [ISSUER],
      appIds: [APP],
      tenants: [TENANT],
      clock,
    }),
    intake: async (deliveries) => {
      const verdicts = deliveries.map(verdictOf)
      taken.push(...deliveries.filter((_, index) => verdicts[index]?.kind === 'accepted'))
      return verdicts
    },
    clock,
    health: () => health,
    prompts: { all: promptsFolder, own: new Map([['night desk', promptsFolder]]) },
    mostBytes: 20_000,
  })
  faces.app = await listening(createServer(getRequestListener(app.fetch)))
  faces.listener = await listening(createServer(listener))
  knockAt('listener')
  closings.push(() => keys[Symbol.asyncDispose]())
})

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closings.push(() => new Promise((closed) => server.close(closed)))
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

function knockAt(face: keyof typeof faces): void {
  port = faces[face]
  url = `http://127.0.0.1:${port}`
}

afterAll(() => Promise.all(closings.map((close) => close())))

beforeEach(() => {
  taken.length = 0
  verdictOf = () => ({ kind: 'accepted' })
  health = { ready: true }
})

const token = (claims: Claims = {}, kid = 'k1') =>
  sign(kid, { ...claimsAt(clock.now()), ...claims })

async function post(sent: unknown, path = '/api/calls', headers: Record<string, string> = {}) {
  const text = typeof sent === 'string' ? sent : JSON.stringify(sent)
  const response = await fetch(url + path, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${await token()}`,
      'Content-Type': 'application/json',
      ...headers,
    },
    body: text,
  })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

const good = body(item('created', '', incoming))

describe.each(['app', 'listener'] as const)('at the %s', (face) => {
  beforeAll(() => knockAt(face))

  describe('202', () => {
    test('says that every notification was taken, with its tenant, time and key', async () => {
      const two = body(item('updated', '', { state: 'establishing' }), item('deleted', ''))
      expect(await post(two, '/api/calls/key_1-A')).toMatchObject({ status: 202, text: '' })
      expect(taken).toMatchObject([
        { key: 'key_1-A', tenantId: TENANT, atMs: clock.now(), notification: { callId: CALL } },
        { key: 'key_1-A', notification: { changeType: 'deleted' } },
      ])
      expect(await post(good)).toMatchObject({ status: 202, text: '' })
      expect(taken[2]?.key).toBeUndefined()
    })

    test('takes the good among the bad, and lists the bad', async () => {
      const { status, text } = await post(body(7, item('deleted', ''), { changeType: 'updated' }))
      expect(status).toBe(202)
      expect(JSON.parse(text).refused).toMatchObject([{ index: 0 }, { index: 2 }])
      expect(taken).toHaveLength(1)
    })

    test('lists what the engine refused', async () => {
      verdictOf = ({ notification }) =>
        notification.changeType === 'created'
          ? { kind: 'refused', reason: 'Nobody knows it.' }
          : { kind: 'accepted' }
      const { status, text } = await post(body(item('created', ''), item('updated', '')))
      expect(status).toBe(202)
      expect(JSON.parse(text).refused).toEqual([{ callId: CALL, reason: 'Nobody knows it.' }])
    })
  })

  describe('a bad request changes nothing', () => {
    const old = { exp: Math.floor(clock.now() / 1000) - 600 }
    test.each<[number, string, () => Promise<string | undefined>]>([
      [401, 'no token', async () => undefined],
      [401, 'no bearer', async () => 'Basic YTpi'],
      [401, 'a malformed token', async () => 'Bearer a.b.c'],
      [401, 'an expired token', async () => `Bearer ${await token(old)}`],
      [401, 'a token of an unknown key', async () => `Bearer ${await token({}, 'stranger')}`],
      [403, 'another audience', async () => `Bearer ${await token({ aud: 'x' })}`],
      [403, 'another issuer', async () => `Bearer ${await token({ iss: 'x' })}`],
      [403, 'no tenant', async () => `Bearer ${await token({ tid: undefined })}`],
      [403, 'a tenant not allowed', async () => `Bearer ${await token({ tid: 'x' })}`],
    ])('%i for %s', async (status, _, authorization) => {
      const header = await authorization()
      const response = await fetch(`${url}/api/calls`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          ...(header === undefined ? {} : { Authorization: header }),
        },
        body: JSON.stringify(good),
      })
      expect(response.status).toBe(status)
      expect(response.headers.has('WWW-Authenticate')).toBe(status === 401)
      expect(await response.json()).toEqual({ error: expect.any(String) })
      expect(taken).toEqual([])
    })

    test.each<[number, string, unknown]>([
      [400, 'no JSON', '{'],
      [400, 'nothing', ''],
      [400, 'a number', 7],
      [400, 'no list', { hello: 1 }],
      [400, 'an empty list', body()],
      [400, 'only bad items', body(1, {}, item('updated', '', 'x'))],
      [413, 'too much', 'x'.repeat(20_001)],
    ])('%i for %s', async (status, _, sent) => {
      const response = await post(sent)
      expect(response.status).toBe(status)
      expect(JSON.parse(response.text).error).toEqual(expect.any(String))
      expect(taken).toEqual([])
    })

    test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp'])(
      '415 for %s',
      async (type) => {
        expect((await post(good, '/api/calls', { 'Content-Type': type })).status).toBe(415)
        expect(taken).toEqual([])
      },
    )

    test.each(['a.b', 'a%2Fb', '%2e%2e', 'a'.repeat(129), 'a/b'])(
      '404 for the key %s',
      async (key) => {
        expect((await post(good, `/api/calls/${key}`)).status).toBe(404)
        expect(taken).toEqual([])
      },
    )

    test('413 for a body that does not say how long it is', async () => {
      const chunk = new TextEncoder().encode(' '.repeat(1_000))
      let left = 30
      const stream = new ReadableStream({
        pull: (controller) => (left-- > 0 ? controller.enqueue(chunk) : controller.close()),
      })
      const response = await fetch(`${url}/api/calls`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${await token()}`, 'Content-Type': 'application/json' },
        body: stream,
        duplex: 'half',
      })
      expect(response.status).toBe(413)
      expect(taken).toEqual([])
    })

    test('401 before a single byte of the body is read', async () => {
      const socket = connect(port, '127.0.0.1')
      socket.write(
        'POST /api/calls HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n',
      )
      const [first] = await socket.take(1).toArray()
      socket.destroy()
      expect(String(first)).toMatch(/^HTTP\/1\.1 401/)
    })

    test('500 for what nobody foresaw, and the next notification is taken', async () => {
      verdictOf = () => {
        throw new Error('a mistake of ours')
      }
      const { status, text } = await post(good)
      expect([status, text]).toEqual([500, expect.not.stringContaining('mistake')])
      verdictOf = () => ({ kind: 'accepted' })
      expect((await post(good)).status).toBe(202)
    })

    test('400 lists the engine’s refusals when it refused everything', async () => {
      verdictOf = () => ({ kind: 'refused', reason: 'Nobody knows it.' })
      const { status, text } = await post(good)
      expect(status).toBe(400)
      expect(JSON.parse(text).refused).toEqual([{ callId: CALL, reason: 'Nobody knows it.' }])
    })
  })

  test('503 with the longest wait when one notification could not be taken', async () => {
    verdictOf = ({ notification }) =>
      notification.changeType === 'created'
        ? { kind: 'accepted' }
        : { kind: 'unavailable', reason: 'The mailbox is full.', retryAfterSeconds: 2.5 }
    const { status, headers, text } = await post(body(item('created', ''), item('updated', '')))
    expect(status).toBe(503)
    expect(headers.get('Retry-After')).toBe('3')
    expect(JSON.parse(text)).toEqual({ error: 'The mailbox is full.' })
  })

  test('302 when another deployment shall take it, but only a whole body goes there', async () => {
    const elsewhere: Verdict = { kind: 'elsewhere', url: 'https://other.example/api/calls' }
    verdictOf = ({ notification }) =>
      notification.changeType === 'created' ? elsewhere : { kind: 'accepted' }
    const bearer = await token()
    const sent = (...items: object[]) =>
      fetch(`${url}/api/calls`, {
        method: 'POST',
        redirect: 'manual',
        headers: { Authorization: `Bearer ${bearer}`, 'Content-Type': 'application/json' },
        body: JSON.stringify(body(...items)),
      })
    const whole = await sent(item('created', ''), item('created', ''))
    expect([whole.status, whole.headers.get('Location')]).toEqual([302, elsewhere.url])
    const part = await sent(item('created', ''), item('updated', ''))
    expect([part.status, part.headers.get('Retry-After')]).toEqual([503, '1'])
  })

  test.each([
    { id: CALL, callState: 'incoming', participants: [{ identity: '29:anna', originator: true }] },
    { id: CALL, callState: 'incoming', links: { call: `/app/calls/${CALL}` } },
  ])(
    '204 for the old form of a notification, so that Graph sends it in its own',
    async (legacy) => {
      expect(await post(legacy)).toMatchObject({ status: 204, text: '' })
      expect(taken).toEqual([])
    },
  )
})

describe('health', () => {
  test('healthz says that the process lives, ready or not', async () => {
    health = { ready: false, reason: 'Recovering.' }
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
  })

  test('readyz says whether to send traffic, and why not', async () => {
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
    health = { ready: false, reason: 'Recovering.' }
    const response = await fetch(`${url}/readyz`)
    expect(response.status).toBe(503)
    expect(await response.json()).toEqual(health)
  })
})

describe('prompts', () => {
  test('are served as WAV, to be kept, and not twice to whoever kept them', async () => {
    const response = await fetch(`${url}/prompts/hello.wav`)
    expect(response.status).toBe(200)
    expect(response.headers.get('Content-Type')).toBe('audio/wav')
    expect(response.headers.get('Cache-Control')).toMatch(/max-age/)
    expect(await response.text()).toBe('RIFF')
    const etag = response.headers.get('ETag') ?? ''
    const again = await fetch(`${url}/prompts/hello.wav`, { headers: { 'If-None-Match': etag } })
    expect(again.status).toBe(304)
  })

  test('of a chart with a folder of its own are below its id', async () => {
    const response = await fetch(`${url}/prompts/night%20desk/hello.wav`)
    expect([response.status, await response.text()]).toEqual([200, 'RIFF'])
  })

  test.each([
    'none.wav',
    'secret.txt',
    'folder.wav',
    '',
    '..%2Fsecret.txt',
    '%2e%2e%2fhello.wav',
    '..%5Chello.wav',
    'hello.wav%00',
    'a/hello.wav',
    'night%20desk/secret.txt',
    '.wav',
  ])('nothing else is: %s', async (name) => {
    expect((await fetch(`${url}/prompts/${name}`)).status).toBe(404)
  })
})

test('a webhook can live below a path, and without prompts', async () => {
  const { app } = createWebhook({
    verify: async () => ({ kind: 'unavailable', reason: 'The keys are away.' }),
    intake: async () => [],
    clock,
    health: () => ({ ready: true }),
    basePath: '/bots/desk',
  })
  expect((await app.request('/bots/desk/healthz')).status).toBe(200)
  expect((await app.request('/bots/desk/prompts/hello.wav')).status).toBe(404)
  const response = await app.request('/bots/desk/api/calls', { method: 'POST' })
  expect(response.status).toBe(503)
  expect(response.headers.get('Retry-After')).toBe('1')
})
