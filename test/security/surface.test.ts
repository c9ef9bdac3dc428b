/** What the bot shows to whoever comes without being asked. */
import { once } from 'node:events'
import { connect } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { serve } from '@hono/node-server'
import { describe, expect, test } from 'vitest'
import { type Door, openDoor, TENANT } from './door.ts'

describe('there is nothing but the doors that are told', () => {
  const paths = ['/', '/admin', '/console', '/metrics', '/calls', '/api', '/debug/pprof', '/.env']
  test.each(paths)('404 for %s', async (path) => {
    await using door = await openDoor()
    for (const method of ['GET', 'POST', 'PUT', 'DELETE'])
      expect((await door.post('{}', { path, method })).status).toBe(404)
  })

  test.each(['GET', 'PUT', 'DELETE', 'PATCH'])(
    'no call is read or changed by %s',
    async (method) => {
      await using door = await openDoor()
      const { id } = await door.ring()
      for (const path of ['/api/calls', `/api/calls/${id}`])
        expect((await door.post('{}', { path, method })).status).toBe(404)
    },
  )
})

test('no page of another origin may read an answer', async () => {
  await using door = await openDoor()
  const headers = { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'POST' }
  for (const path of ['/api/calls', '/healthz', '/prompts/welcome.wav', '/nowhere'])
    for (const method of ['OPTIONS', 'GET', 'POST']) {
      const response = await door.bot.app.request(path, { method, headers })
      const told = [...response.headers.keys()].filter((name) => name.startsWith('access-control'))
      expect(told).toEqual([])
    }
})

test('what a browser might show carries security headers', async () => {
  await using door = await openDoor()
  for (const path of ['/healthz', '/readyz', '/prompts/welcome.wav', '/nowhere']) {
    const { headers } = await door.bot.app.request(path)
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect(headers.get('X-Frame-Options')).toBe('SAMEORIGIN')
    expect(headers.has('X-Powered-By')).toBe(false)
  }
})

/** The bot on a real socket, and what comes back for some raw bytes until the connection ends. */
async function exchange(door: Door, sent: string, meanwhile: () => Promise<void>) {
  const server = serve({ fetch: door.bot.app.fetch, port: 0, hostname: '127.0.0.1' })
  await once(server, 'listening')
  const address = server.address()
  const socket = connect(typeof address === 'object' && address ? address.port : 0, '127.0.0.1')
  let received = ''
  // A server that will not read on may reset the connection after its answer.
  socket.on('error', () => {})
  socket.on('data', (chunk) => {
    received += chunk
  })
  const ended = new Promise((end) => socket.on('close', end))
  socket.write(sent)
  await meanwhile()
  await ended
  await new Promise((closed) => server.close(closed))
  return received
}

const request = (token: string, ...headers: string[]) =>
  [
    'POST /api/calls HTTP/1.1',
    'Host: bot.example',
    `Authorization: Bearer ${token}`,
    'Content-Type: application/json',
    ...headers,
    '',
    '',
  ].join('\r\n')

test('a body that never ends is given up after ten seconds, and its connection closed', async () => {
  await using door = await openDoor()
  const isWaiting = () =>
    (door.clock.nextDueMs() ?? Number.POSITIVE_INFINITY) <= door.clock.now() + 10_000
  const sent = `${request(await door.tokenOf(TENANT), 'Content-Length: 100')}{"value":`
  const received = await exchange(door, sent, async () => {
    while (!isWaiting()) await setImmediate()
    door.clock.moveTo(door.clock.now() + 10_000)
  })
  expect(received).toMatch(/^HTTP\/1\.1 408 .*Connection: close/is)
})

test('headers without end are refused', async () => {
  await using door = await openDoor()
  const sent = request(await door.tokenOf(TENANT), `X-Long: ${'a'.repeat(20 * 1024)}`)
  expect(await exchange(door, sent, async () => {})).toMatch(/^HTTP\/1\.1 431/)
})

test('a body that breaks off is refused', async () => {
  await using door = await openDoor()
  const broken = new ReadableStream({
    pull: (controller) => controller.error(new Error('The connection was reset.')),
  })
  const response = await door.bot.app.request('/api/calls', {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${await door.tokenOf(TENANT)}`,
      'Content-Type': 'application/json',
    },
    body: broken,
    duplex: 'half',
  })
  expect(response.status).toBe(400)
})
