/** Bodies made to exhaust, to poison, or to lead elsewhere, each under a token that is good. */
import { describe, expect, test } from 'vitest'
import { type Door, GRAPH, openDoor } from './door.ts'
import { established, update } from './told.ts'

const FOUR_MIB = 4 * 1024 * 1024
const call = (members: string) =>
  `{"value":[{"changeType":"updated","resourceUrl":"/communications/calls/a","resourceData":${members}}]}`

describe('a bomb is refused, and nothing is stored', () => {
  test.each<[number, string, string]>([
    [400, 'two million levels deep', `${'['.repeat(2_000_000)}${']'.repeat(2_000_000)}`],
    [
      400,
      'a notification a hundred thousand levels deep',
      call(`${'['.repeat(100_000)}${']'.repeat(100_000)}`),
    ],
    [400, 'half a million resources', call(`[${Array(500_000).fill('{}')}]`)],
    [400, 'a million items that are none', `{"value":[${Array(1_000_000).fill(7)}]}`],
    [400, 'a number beyond every number', '{"value":1e999999}'],
    [400, 'half a surrogate and a null byte', '{"value":["\\ud800\\u0000"]}'],
    [400, 'a type that cannot become text', '{"@odata.type":{"toString":1}}'],
    [413, 'more than 4 MiB', `"${'x'.repeat(FOUR_MIB)}"`],
  ])('%i: %s', async (status, _, text) => {
    await using door = await openDoor()
    const before = door.image()
    expect((await door.post(text)).status).toBe(status)
    expect(door.image().equals(before)).toBe(true)
  })
})

test('an item whose members are named after methods is read like any other', async () => {
  await using door = await openDoor()
  const { id } = await door.ring()
  const type = { toString: 1, valueOf: 1, toJSON: 1, length: -1 }
  const response = await door.post(update(id, { '@odata.type': type, state: type, source: type }))
  expect(response.status).toBe(202)
})

test('keys that poison an object poison none', async () => {
  await using door = await openDoor()
  const { id } = await door.ring()
  const poison =
    '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"state":"established"}'
  const text = established(id).replace('"resourceData":', `"resourceData":${poison},"was":`)
  expect((await door.post(text)).status).toBe(202)
  expect('polluted' in {}).toBe(false)
  expect(door.image().includes('polluted')).toBe(false)
})

test.each(['text/plain', 'application/x-www-form-urlencoded', 'text/json'])(
  'a body of another content type is refused: %s',
  async (type) => {
    await using door = await openDoor()
    const { id } = await door.ring()
    const before = door.image()
    expect((await door.post(established(id), { type })).status).toBe(415)
    expect(door.image().equals(before)).toBe(true)
  },
)

/** Where the bot sent requests, and about which calls. */
function places(door: Door): readonly string[] {
  return door.asked.map(({ url }) => {
    const { origin, pathname } = new URL(url)
    return origin === GRAPH ? origin + pathname.replace(/(calls\/[\w-]+).*/, '$1') : origin
  })
}

describe('a notification leads to no other host and no other path', () => {
  const tricks = [
    'https://evil.example/communications/calls/CALL',
    '//evil.example/communications/calls/CALL',
    '/communications/calls/CALL@evil.example',
    '/communications/calls/../../users/me',
    '/communications/calls/%2e%2e%2fusers',
    '/communications/calls/..;/users',
    '/communications/calls/CALL/../../users',
    '/communications/calls/CALL\\..\\users',
    '/communications/calls/CALL?$expand=users',
    '/communications/calls/CALL\r\nHost: evil.example',
    '/communications/calls/CALL/operations/..%2f..%2fusers',
    '/communications/calls/CALL/participants/../../../users',
  ]
  test.each(tricks)('%j', async (trick) => {
    await using door = await openDoor()
    const { id } = await door.ring()
    const resourceUrl = trick.replace('CALL', id)
    const elsewhere = {
      '@odata.id': resourceUrl,
      callbackUri: 'https://evil.example',
      state: 'established',
    }
    await door.post(update(id, elsewhere, { resourceUrl }))
    await door.post(update(id, elsewhere, { resource: resourceUrl, resourceUrl: null }))
    await door.post(update(id, { ...elsewhere, id: resourceUrl }))
    await door.post(update(id, { toneInfo: { sequenceId: 1, tone: 'tone1' } }))
    expect(new Set(places(door))).toEqual(
      new Set([
        `${GRAPH}/v1.0/communications/calls/${id}`,
        'https://login.microsoftonline.com',
        'https://api.aps.skype.com',
      ]),
    )
  })
})
