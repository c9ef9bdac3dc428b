/** The emulator is faithful where it takes a documented request and answers with the documented status and shape. */
import type { Json } from '../../machines/words.ts'
import { methods } from '../../src/emulator/methods/index.ts'
import { isObject, type JsonObject, jsonOf } from '../../src/graph/json.ts'
import { lastTold, setStage } from '../emulator/stage.ts'
import { type Entry, fails, passes, responseOf, type Verdict } from './entry.ts'
import { chosen } from './intention.ts'
import { isDownload } from './judgeRequest.ts'
import { type Prepared, prepare } from './prepare.ts'
import { type Match, matchOf } from './routes.ts'
import { misshapen } from './shape.ts'

export async function judgeEmulator(entry: Entry, entries: readonly Entry[]): Promise<Verdict> {
  if (isDownload(entry)) return judgeDownload()
  const match = matchOf(entry.method ?? '', entry.url ?? '')
  if (!match) return fails(`the emulator's part: ${entry.method} ${entry.url} is no known method`)
  if (!isServed(match)) return fails(`emulator lacks ${match.route.verb} ${match.route.template}`)
  const prepared = await prepare(match, bodyOf(entry))
  await using _ = prepared.stage
  const answer = await send(prepared, match, entry.body !== null && entry.body !== undefined)
  return held(answer, responseOf(entry, entries))
}

function bodyOf({ body }: Entry): JsonObject {
  const value = chosen(body ?? null)
  return isObject(value) ? value : {}
}

function isServed({ route }: Match): boolean {
  const path = pathOf(route.template).replace(/^\/(communications|users\/\{\})/, '')
  return methods.some(
    (method) => method.verb === route.verb && pathOf(method.path.replace(/:\w+/g, '{}')) === path,
  )
}

function pathOf(template: string): string {
  return template.replace(/\?.*$/, '').replace(/\{\w*\}/g, '{}')
}

type Answer = { readonly status: number; readonly body: Json | undefined }

async function send(
  { stage, path, body }: Prepared,
  { route, version }: Match,
  hasBody: boolean,
): Promise<Answer> {
  const response = await fetch(`${stage.url}/${version}${path}`, {
    method: route.verb,
    headers: { Authorization: `Bearer ${stage.token}`, 'Content-Type': 'application/json' },
    ...(hasBody && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  await stage.pass()
  return { status: response.status, body: jsonIn(text) }
}

function jsonIn(text: string): Json | undefined {
  try {
    return text === '' ? undefined : jsonOf(JSON.parse(text))
  } catch {
    return undefined
  }
}

function held({ status, body }: Answer, documented: Entry | undefined): Verdict {
  const wanted = documented?.status
  if (wanted ? status !== wanted : status >= 400)
    return fails(
      `the emulator answers ${status}${reasonIn(body)}, documented is ${wanted ?? 'a success'}`,
    )
  const wrong = misshapen(documented?.body, body)
  return wrong === undefined
    ? passes(`emulated ${status}`)
    : fails(`the emulator's answer: ${wrong}`)
}

function reasonIn(body: Json | undefined): string {
  const error = isObject(body) && isObject(body.error) ? body.error : {}
  return typeof error.message === 'string' ? ` (${error.message})` : ''
}

/** A recording is fetched where its operation says, with the token it says. */
async function judgeDownload(): Promise<Verdict> {
  await using stage = await setStage()
  const call = await stage.answered()
  await stage.ask('POST', `/calls/${call.id}/recordResponse`, { maxRecordDurationInSeconds: 1 })
  await stage.pass(60_000)
  const { recordingLocation, recordingAccessToken } = lastTold(stage.bot)
  const response = await fetch(String(recordingLocation), {
    headers: { Authorization: `Bearer ${recordingAccessToken}` },
  })
  await response.body?.cancel()
  return response.status === 200
    ? passes('emulated 200')
    : fails(`the emulator answers ${response.status}`)
}
