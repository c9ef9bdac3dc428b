import { describe, expect, test } from 'vitest'
import { SystemClock } from '../../src/clock.ts'
import { TooLongError } from '../../src/graph/body.ts'
import { createGraphClient } from '../../src/graph/client.ts'
import {
  createOnlineMeetings,
  downloadRecording,
  GraphRequestError,
  logTeleconferenceDeviceQuality,
} from '../../src/index.ts'
import { secureRandom } from '../../src/random.ts'
import { ANNA, BEN, CALL } from './fixtures.ts'
import { json, serve } from './server.ts'

type Answer = Parameters<typeof serve>[0]

async function graphThat(answer: Answer) {
  const server = await serve(answer)
  const tokens = {
    get: async () => ({ token: 'of-the-tenant', roles: [] }),
    warm: async () => true,
    forget: () => {},
  }
  const client = createGraphClient({
    graphUrl: server.url,
    tokens,
    clock: new SystemClock(),
    random: secureRandom,
  })
  return Object.assign(server, {
    client,
    meetings: createOnlineMeetings(client, { tenantId: CALL }),
  })
}

const id = 'MSpub2N0dXJuYWw='
const of = (line: { method: string; url: string } | undefined) => `${line?.method} ${line?.url}`

describe('online meetings', () => {
  test('are made in the language asked for', async () => {
    await using graph = await graphThat((_, response) => json(response, 201, { id, odd: 1 }))
    const made = await graph.meetings.create('anna@desk.example', { subject: 'Rounds' }, 'de-DE')
    expect(made).toEqual({ id, odd: 1 })
    expect(of(graph.heard[0])).toBe('POST /v1.0/users/anna%40desk.example/onlineMeetings')
    expect(graph.heard[0]?.headers).toMatchObject({
      'accept-language': 'de-DE',
      authorization: 'Bearer of-the-tenant',
    })
    expect(JSON.parse(graph.heard[0]?.body ?? '')).toEqual({ subject: 'Rounds' })
  })

  test.each([
    [201, true],
    [200, false],
  ])('createOrGet: %i tells whether it was made', async (status, created) => {
    await using graph = await graphThat((_, response) => json(response, status, { id }))
    expect(await graph.meetings.createOrGet(ANNA, { externalId: 'e' })).toEqual({
      meeting: { id },
      created,
    })
  })

  test('are found by link and by conference id, in a list or alone', async () => {
    const answers = [{ value: [{ id }] }, { id }, { value: [] }]
    await using graph = await graphThat((_, response) => json(response, 200, answers.shift()))
    const link = "https://teams.microsoft.com/meet/402118773?p=it's"
    expect(await graph.meetings.findByJoinUrl(ANNA, link)).toEqual({ id })
    expect(await graph.meetings.findByConferenceId('730041188')).toEqual({ id })
    expect(await graph.meetings.findByConferenceId('730041188')).toBeUndefined()
    const [first, second] = graph.heard.map(({ url }) => decodeURIComponent(url))
    expect(first).toBe(
      `/v1.0/users/${ANNA}/onlineMeetings?$filter=JoinWebUrl eq '${link.replace("'", "''")}'`,
    )
    expect(second).toBe(
      "/v1.0/communications/onlineMeetings/?$filter=VideoTeleconferenceId eq '730041188'",
    )
  })

  test('are read, changed and deleted', async () => {
    await using graph = await graphThat((heard, response) =>
      heard.method === 'DELETE' ? response.writeHead(204).end() : json(response, 200, { id }),
    )
    expect(await graph.meetings.get(ANNA, id)).toEqual({ id })
    expect(await graph.meetings.update(ANNA, id, { subject: 'Later' })).toEqual({ id })
    expect(await graph.meetings.delete(ANNA, id)).toBeUndefined()
    const path = `/v1.0/users/${ANNA}/onlineMeetings/${encodeURIComponent(id)}`
    expect(graph.heard.map(of)).toEqual([`GET ${path}`, `PATCH ${path}`, `DELETE ${path}`])
  })

  test('list their recordings page after page, and stream one', async () => {
    await using graph = await graphThat(({ url }, response) => {
      if (url.endsWith('/content')) response.end('film')
      else if (url.includes('skip')) json(response, 200, { value: [{ id: 'b' }] })
      else
        json(response, 200, {
          value: [{ id: 'a' }],
          '@odata.nextLink': `https://graph.microsoft.com${url}?$skiptoken=skip`,
        })
    })
    expect(await graph.meetings.listRecordings(ANNA, id)).toEqual([{ id: 'a' }, { id: 'b' }])
    const film = await graph.meetings.openRecording(ANNA, id, 'a')
    expect(await new Response(film).text()).toBe('film')
  })

  test('say what Graph said no with', async () => {
    await using graph = await graphThat((_, response) =>
      json(response, 403, { error: { code: 'Forbidden', message: 'No policy.' } }),
    )
    const refused = graph.meetings.get(ANNA, id)
    await expect(refused).rejects.toThrow(GraphRequestError)
    await expect(refused).rejects.toMatchObject({
      code: 'graph.failed',
      message: expect.stringMatching(/^GET \/users\/.*failed \(403\): No policy\. .*consent/),
      fault: { status: 403, code: 'Forbidden' },
    })
    await expect(graph.meetings.openRecording(ANNA, id, 'a')).rejects.toThrow(GraphRequestError)
  })
})

test('device quality is logged as it is told', async () => {
  await using graph = await graphThat((_, response) => response.writeHead(200).end())
  const audio = {
    '@odata.type': '#microsoft.graph.teleconferenceDeviceAudioQuality',
    channelIndex: 1,
  }
  const quality = {
    callChainId: CALL,
    participantId: BEN,
    mediaLegId: ANNA,
    mediaQualityList: [audio],
  }
  await logTeleconferenceDeviceQuality(graph.client, quality, { tenantId: CALL })
  expect(of(graph.heard[0])).toBe('POST /v1.0/communications/calls/logTeleconferenceDeviceQuality')
  expect(JSON.parse(graph.heard[0]?.body ?? '')).toEqual({
    quality: { '@odata.type': '#microsoft.graph.teleconferenceDeviceQuality', ...quality },
  })
})

describe('a recording', () => {
  const of = (url: string) => ({ recordingLocation: `${url}/r/1`, recordingAccessToken: 'its-own' })

  test('is streamed with its own token', async () => {
    await using files = await serve((_, response) => response.end('voice'))
    const stream = await downloadRecording(of(files.url))
    expect(await new Response(stream).text()).toBe('voice')
    expect(files.heard[0]?.headers.authorization).toBe('Bearer its-own')
  })

  test('is cut off beyond its limit', async () => {
    await using files = await serve((_, response) => response.end('x'.repeat(100)))
    const stream = await downloadRecording(of(files.url), { mostBytes: 99 })
    await expect(new Response(stream).text()).rejects.toThrow(TooLongError)
  })

  test('takes its token to no other host', async () => {
    await using thief = await serve((_, response) => response.end('voice'))
    await using files = await serve((_, response) =>
      response.writeHead(302, { Location: thief.url }).end(),
    )
    await expect(downloadRecording(of(files.url))).rejects.toThrow(GraphRequestError)
    expect(thief.heard).toEqual([])
  })

  test('that is gone says so', async () => {
    await using files = await serve((_, response) => response.writeHead(404).end())
    await expect(downloadRecording(of(files.url))).rejects.toMatchObject({ fault: { status: 404 } })
  })

  test('of an operation without one, or over plain http, is refused', async () => {
    await expect(downloadRecording({})).rejects.toMatchObject({ code: 'recording.none' })
    await expect(downloadRecording(of('http://files.example'))).rejects.toMatchObject({
      code: 'url.unsafe',
    })
  })
})
