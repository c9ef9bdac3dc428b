/** A Graph that answers what it is told to, over real HTTP, and remembers what it was asked. */
import type { Json } from '../../machines/words.ts'
import { SystemClock } from '../../src/clock.ts'
import type { GraphClient } from '../../src/graph/client.ts'
import { createGraphClient } from '../../src/graph/client.ts'
import { logTeleconferenceDeviceQuality } from '../../src/graph/deviceQuality.ts'
import { isObject, type JsonObject, jsonOf } from '../../src/graph/json.ts'
import { createOnlineMeetings, type OnlineMeetings } from '../../src/graph/onlineMeetings.ts'
import { downloadRecording } from '../../src/graph/recordings.ts'
import { secureRandom } from '../../src/random.ts'
import { serve } from '../graph/server.ts'
import { idIn } from './intention.ts'
import type { Maker } from './routes.ts'

export type Asked = {
  readonly method: string
  readonly url: string
  readonly body: Json | undefined
}
export type Answered = { readonly status: number; readonly body: Json | undefined }

/** Runs a client method against a Graph that gives the documented answer. */
export async function tryMethod(
  maker: Exclude<Maker, { kind: 'effect' }>,
  named: { readonly [name: string]: string },
  body: JsonObject,
  answer: Answered,
): Promise<{ readonly asked: Asked | undefined; readonly result: Json }> {
  await using graph = await serve((_, response) => {
    response.writeHead(answer.status, { 'Content-Type': 'application/json' })
    response.end(
      answer.body === undefined || answer.body === null ? undefined : JSON.stringify(answer.body),
    )
  })
  const client = createGraphClient({
    graphUrl: graph.url,
    tokens: {
      get: async () => ({ token: 't', roles: [] }),
      warm: async () => true,
      forget: () => {},
    },
    clock: new SystemClock(),
    random: secureRandom,
  })
  const result = await run(maker, client, graph.url, named, body)
  const [heard] = graph.heard
  return {
    asked: heard && {
      method: heard.method,
      url: heard.url,
      body: heard.body === '' ? undefined : jsonOf(JSON.parse(heard.body)),
    },
    result: jsonOf(result),
  }
}

const options = { tenantId: 'conformance' }

function run(
  maker: Exclude<Maker, { kind: 'effect' }>,
  client: GraphClient,
  url: string,
  named: { readonly [name: string]: string },
  body: JsonObject,
): Promise<unknown> {
  switch (maker.kind) {
    case 'deviceQuality':
      return logTeleconferenceDeviceQuality(client, qualityIn(body), options)
    case 'download':
      return downloadRecording({ recordingLocation: `${url}/recording`, recordingAccessToken: 't' })
    case 'meetings':
      return ask(createOnlineMeetings(client, options), maker.method, named, body)
  }
}

function qualityIn({ quality }: JsonObject) {
  const members = isObject(quality) ? quality : {}
  const list = Array.isArray(members.mediaQualityList) ? members.mediaQualityList : []
  return { ...members, mediaQualityList: list.filter(isObject) }
}

async function ask(
  meetings: OnlineMeetings,
  method: keyof OnlineMeetings,
  named: { readonly [name: string]: string },
  body: JsonObject,
): Promise<unknown> {
  const user = idIn(named, 'user')
  const meetingId = named.meetingId ?? ''
  const recordingId = named.recordingId ?? ''
  const filter = named.filter ?? ''
  switch (method) {
    case 'create':
      return meetings.create(user, body)
    case 'createOrGet':
      return (await meetings.createOrGet(user, { externalId: '', ...body })).meeting
    case 'findByJoinUrl':
      return meetings.findByJoinUrl(user, filter)
    case 'findByConferenceId':
      return meetings.findByConferenceId(filter)
    case 'update':
      return meetings.update(user, meetingId, body)
    case 'get':
    case 'delete':
    case 'listRecordings':
      return meetings[method](user, meetingId)
    case 'getRecording':
    case 'openRecording':
      return meetings[method](user, meetingId, recordingId)
  }
}
