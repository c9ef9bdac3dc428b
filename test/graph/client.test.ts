import type { ServerResponse } from 'node:http'
import { describe, expect, test } from 'vitest'
import { SimulatedClock } from '../../src/clock.ts'
import { ConfigurationError } from '../../src/errors.ts'
import type { GraphRequest } from '../../src/graph/ask.ts'
import { createGraphClient } from '../../src/graph/client.ts'
import type { Tokens } from '../../src/graph/token.ts'
import { seededRandom } from '../../src/random.ts'
import { CALL } from './fixtures.ts'
import { type Heard, json, serve } from './server.ts'

const answer: GraphRequest = {
  method: 'POST',
  path: `/communications/calls/${CALL}/answer`,
  body: { callbackUri: 'https://desk.example/api/calls/k1' },
}
const options = { commandId: 'c-1', scenarioId: 's-1', tenantId: 't-1', timeoutMs: 10_000 }

/** Tokens that count: each forgotten one is followed by the next. */
function counting(): Tokens {
  let issued = 1
  return {
    get: async (tenantId) => ({ token: `${tenantId}#${issued}`, roles: [] }),
    warm: async () => true,
    forget: () => {
      issued++
    },
  }
}

async function world(respond: (heard: Heard, response: ServerResponse) => void) {
  const graph = await serve(respond)
  const clock = new SimulatedClock()
  const random = seededRandom(1)
  const client = createGraphClient({ graphUrl: graph.url, tokens: counting(), clock, random })
  return { ...graph, clock, client, [Symbol.asyncDispose]: graph.close }
}

const says = (status: number, body: unknown, headers = {}) =>
  world((_, response) => json(response, status, body, headers))

describe('what is sent', () => {
  test('carries the token, the scenario and an id of its own for every try', async () => {
    await using graph = await says(202, {})
    await graph.client.send(answer, options)
    await graph.client.send(answer, options)
    const [first, second] = graph.heard
    expect(first).toMatchObject({
      method: 'POST',
      url: `/v1.0/communications/calls/${CALL}/answer`,
      headers: {
        authorization: 'Bearer t-1#1',
        'scenario-id': 's-1',
        'content-type': 'application/json',
      },
    })
    expect(JSON.parse(first?.body ?? '')).toEqual(answer.body)
    const ids = [first, second].map((heard) => heard?.headers['client-request-id'])
    expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/)
    expect(ids[0]).not.toBe(ids[1])
  })

  test.each(['GET', 'DELETE', 'POST', 'PATCH'] as const)('uses the method %s', async (method) => {
    await using graph = await says(200, {})
    await graph.client.send({ method, path: answer.path }, options)
    expect(graph.heard).toMatchObject([{ method, body: '' }])
  })
})

describe('answered', () => {
  test('with body, Location and request id', async () => {
    const headers = { Location: 'https://graph.example/x', 'request-id': 'r-1' }
    await using graph = await says(201, { id: CALL }, headers)
    expect(await graph.client.send(answer, options)).toEqual({
      kind: 'answered',
      status: 201,
      body: { id: CALL },
      location: 'https://graph.example/x',
      requestId: 'r-1',
    })
  })

  test.each([
    [204, undefined],
    [202, ''],
    [200, '<html>a proxy</html>'],
  ])('%i with a body that says nothing', async (status, text) => {
    await using graph = await world((_, response) => response.writeHead(status).end(text))
    expect(await graph.client.send(answer, options)).toEqual({
      kind: 'answered',
      status,
      body: undefined,
    })
  })
})

describe('a collection in pages', () => {
  const list: GraphRequest = { method: 'GET', path: `/communications/calls/${CALL}/participants` }
  const linkTo = (url: string) => ({ '@odata.nextLink': url })
  const pages = (last: (response: ServerResponse) => void) =>
    world(({ url }, response) => {
      if (url.includes('skip')) last(response)
      else
        json(response, 200, {
          value: [{ id: 'a' }],
          ...linkTo(`https://graph.microsoft.com${url}?$skiptoken=skip`),
        })
    })

  test('is answered whole, asked of no other host', async () => {
    await using graph = await pages((response) => json(response, 200, { value: [{ id: 'b' }] }))
    expect(await graph.client.send(list, options)).toMatchObject({
      kind: 'answered',
      body: { value: [{ id: 'a' }, { id: 'b' }] },
    })
    expect(graph.heard.map(({ url }) => url)).toEqual([
      `/v1.0${list.path}`,
      `/v1.0${list.path}?$skiptoken=skip`,
    ])
  })

  test('fails as the page fails that could not be had', async () => {
    await using graph = await pages((response) => json(response, 404, {}))
    expect(await graph.client.send(list, options)).toMatchObject({
      kind: 'refused',
      fault: { status: 404 },
    })
  })

  test.each([
    'https://graph.microsoft.com/v1.0/users?$skiptoken=x',
    '/v1.0/x',
    7,
    `https://graph.microsoft.com/v1.0${list.path}?$skiptoken=the-same-for-ever`,
  ])('is unreadable when its link is %s', async (link) => {
    await using graph = await says(200, { value: [], '@odata.nextLink': link })
    expect(await graph.client.send(list, options)).toMatchObject({
      kind: 'unknown',
      fault: { code: 'unreadable' },
    })
    expect(graph.heard.length).toBeLessThanOrEqual(100)
  })
})

describe('refused', () => {
  test("with Graph's code, subcode, request id and what to do", async () => {
    const error = {
      code: '7504',
      subCode: 12,
      message: 'Insufficient enterprise tenant permissions.',
      innerError: { 'request-id': 'r-2' },
    }
    await using graph = await says(403, { error })
    expect(await graph.client.send(answer, options)).toEqual({
      kind: 'refused',
      fault: {
        status: 403,
        code: '7504',
        subcode: '12',
        message: error.message,
        requestId: 'r-2',
        fix: expect.stringMatching(/consent/),
      },
    })
  })

  test('with a code that hides in the message', async () => {
    const message = '{"errorCode":"7503","message":"Not registered.","instanceAnnotations":[]}'
    await using graph = await says(403, { error: { code: 'UnknownError', message } })
    expect(await graph.client.send(answer, options)).toMatchObject({
      fault: {
        code: '7503',
        message: 'Not registered.',
        fix: expect.stringMatching(/calling bot/),
      },
    })
  })

  test.each([
    [400, undefined],
    [404, undefined],
    [409, undefined],
    [429, undefined],
    [301, undefined],
    [429, 7_000],
    [503, 7_000],
  ])('%i with Retry-After %s is surely not done', async (status, retryAfterMs) => {
    const headers = retryAfterMs === undefined ? {} : { 'Retry-After': String(retryAfterMs / 1000) }
    await using graph = await says(status, {}, headers)
    const reply = await graph.client.send(answer, options)
    expect(reply).toMatchObject({ kind: 'refused', fault: { status, code: String(status) } })
    expect('retryAfterMs' in reply ? reply.retryAfterMs : undefined).toBe(retryAfterMs)
    expect(graph.heard).toHaveLength(1)
  })

  test('until a date is until then on the clock given', async () => {
    await using graph = await world((_, response) =>
      json(response, 429, {}, { 'Retry-After': 'Thu, 01 Jan 2026 00:01:00 GMT' }),
    )
    expect(await graph.client.send(answer, options)).toMatchObject({ retryAfterMs: 60_000 })
  })

  test('for its token asks once more, with a new one', async () => {
    await using graph = await world((heard, response) =>
      json(response, heard.headers.authorization === 'Bearer t-1#2' ? 202 : 401, {}),
    )
    expect(await graph.client.send(answer, options)).toMatchObject({ kind: 'answered' })
    expect(graph.heard).toHaveLength(2)
  })

  test('for every token is refused', async () => {
    await using graph = await says(401, {})
    expect(await graph.client.send(answer, options)).toMatchObject({
      kind: 'refused',
      fault: { status: 401, fix: expect.stringMatching(/secret/) },
    })
    expect(graph.heard).toHaveLength(2)
  })
})

describe('not sent', () => {
  const sendTo = (graphUrl: string, tokens = counting()) =>
    createGraphClient({
      graphUrl,
      tokens,
      clock: new SimulatedClock(),
      random: seededRandom(1),
    }).send(answer, options)

  test('when nobody listens', async () => {
    const { url, close } = await serve(() => {})
    await close()
    expect(await sendTo(url)).toMatchObject({
      kind: 'notSent',
      fault: {
        status: 0,
        code: 'notConnected',
        message: expect.stringMatching(/c-1.*ECONNREFUSED/),
      },
    })
  })

  test('when the name is nowhere', async () => {
    expect(await sendTo('https://nowhere.invalid')).toMatchObject({ kind: 'notSent' })
  })

  test('to a plain http URL of another machine', () => {
    expect(() => sendTo('http://graph.example')).toThrow(ConfigurationError)
  })

  test('when there is no token', async () => {
    await using graph = await says(202, {})
    const get = async () => {
      throw new Error('AADSTS7000215')
    }
    expect(await sendTo(graph.url, { ...counting(), get })).toMatchObject({
      kind: 'notSent',
      fault: { code: 'noToken', message: expect.stringMatching(/AADSTS7000215/) },
    })
    expect(graph.heard).toEqual([])
  })
})

describe('unknown', () => {
  test.each([500, 502, 503, 504])('%i may have been done', async (status) => {
    await using graph = await says(status, { error: { code: 'x', message: 'y' } })
    expect(await graph.client.send(answer, options)).toMatchObject({
      kind: 'unknown',
      fault: { status, code: 'x' },
    })
  })

  test('a silence is cut off on the clock given', async () => {
    let clock: SimulatedClock | undefined
    await using graph = await world(() => clock?.moveTo(clock.now() + 10_000))
    clock = graph.clock
    expect(await graph.client.send(answer, options)).toMatchObject({
      kind: 'unknown',
      fault: { status: 0, code: 'timedOut', message: expect.stringMatching(/c-1.*10000/) },
    })
  })

  test('an answer that stops half way is cut off on the clock given', async () => {
    let clock: SimulatedClock | undefined
    await using graph = await world((_, response) => {
      response.writeHead(200, { 'Content-Length': '100' }).write('{', () => {
        setImmediate(() => clock?.moveTo(clock.now() + 10_000))
      })
    })
    clock = graph.clock
    expect(await graph.client.send(answer, options)).toMatchObject({
      kind: 'unknown',
      fault: { code: 'timedOut' },
    })
  })

  test('a connection that breaks after the request may have been heard', async () => {
    await using graph = await world((_, response) => response.destroy())
    expect(await graph.client.send(answer, options)).toMatchObject({
      kind: 'unknown',
      fault: { code: 'cutOff' },
    })
  })

  test('an answer without end is not read to its end', async () => {
    const mebibyte = Buffer.alloc(1024 * 1024, ' ')
    await using graph = await world((_, response) => {
      response.on('error', () => {})
      for (let count = 0; count < 18; count++) response.write(mebibyte)
      response.end()
    })
    expect(await graph.client.send(answer, options)).toMatchObject({
      kind: 'unknown',
      fault: { code: 'unreadable' },
    })
  })

  test('no wake-up stays behind', async () => {
    await using graph = await says(202, {})
    await graph.client.send(answer, options)
    expect(graph.clock.nextDueMs()).toBeUndefined()
  })
})
