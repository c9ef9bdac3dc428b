import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { Json } from '../../machines/words.ts'
import { type Entry, readEntries } from './entry.ts'
import { judge, judgeClient } from './judge.ts'

const entries = await readEntries(fileURLToPath(import.meta.resolve('./fixtures.json')))

test.each(entries.map((entry) => [entry.id, entry] as const))('%s', async (_, entry) => {
  expect(await judge(entry, entries)).toMatchObject({ passed: true })
})

describe('the judge says what is wrong', () => {
  const call = 'https://graph.microsoft.com/v1.0/communications/calls/{id}'
  const request = (url: string, body: Json, method = 'POST'): Entry => ({
    id: 'x.request',
    kind: 'request',
    method,
    url,
    body,
  })
  const response = (id: string, status: number, body: Json): Entry => ({
    id: `${id}.response`,
    kind: 'response',
    status,
    body,
  })
  const notification = (...value: Json[]): Entry => ({
    id: 'x.notification',
    kind: 'notification',
    body: { value },
  })
  const item = (resourceUrl: string, resourceData: Json) => ({
    changeType: 'updated',
    resourceUrl,
    resourceData,
  })
  const config = (type: string) => ({ '@odata.type': `#microsoft.graph.${type}` })

  test.each<[string, Entry, RegExp]>([
    ['a kind of entry nobody knows', { id: 'x', kind: 'webhook' }, /no kind of entry/],
    ['a method nobody knows', request(`${call}/dance`, {}), /no effect or method of ours/],
    ['another verb', request(`${call}/mute`, {}, 'GET'), /no effect or method of ours/],
    [
      'a v1.0 method of beta',
      request(`${call}/updateMetadata`, { metadata: 'x' }),
      /known to Graph's beta only/,
    ],
    [
      'a role that is none',
      request(`${call}/changeScreenSharingRole`, { role: 'owner' }),
      /viewer/,
    ],
    ['a type we say otherwise', request(call.replace('/{id}', ''), { ...config('chat') }), /type/],
    ['nothing to answer', response('nowhere-at-all', 200, null), /not known which request/],
    ['an answer that is read by halves', response('call-get', 200, { chatInfo: 7 }), /lost/],
    ['no call', notification(item('/chats/1', {})), /refused/],
    [
      'an unknown state',
      notification(item('/communications/calls/1', { state: 'dreaming' })),
      /callState.unknown/,
    ],
    [
      'a resource of another kind',
      notification(item('/communications/calls/1/weather', config('call'))),
      /notification.unknown/,
    ],
  ])('%s', async (_, entry, reason) => {
    const verdict = await judgeClient(entry, [entry])
    expect(verdict).toMatchObject({ passed: false, reason: expect.stringMatching(reason) })
  })
})
