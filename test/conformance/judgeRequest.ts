/** A documented request is ours when our client, meaning the same, sends the same. */
import type { RequestEffect } from '../../machines/effects.ts'
import type { Json } from '../../machines/words.ts'
import { isObject, type JsonObject } from '../../src/graph/json.ts'
import { requestFor } from '../../src/graph/requests.ts'
import { difference } from './compare.ts'
import { type Entry, fails, passes, responseOf, type Verdict } from './entry.ts'
import { type Asked, tryMethod } from './exchange.ts'
import { chosen, idIn, paramsOf } from './intention.ts'
import { type Match, matchOf } from './routes.ts'

export async function judgeRequest(entry: Entry, entries: readonly Entry[]): Promise<Verdict> {
  const { method, url } = entry
  if (!method || !url) return fails('the entry names no method and URL')
  const match = matchOf(method, url)
  if (!match)
    return isDownload(entry)
      ? judgeDownload()
      : fails(`no effect or method of ours is ${method} ${url}`)
  const body = bodyOf(entry)
  const { maker } = match.route
  try {
    return maker.kind === 'effect'
      ? judgeSame(match, requestOfEffect(maker.effect, body, match), body, maker.effect)
      : judgeSame(match, await requestOfMethod(entry, entries, match, body), body, nameOf(match))
  } catch (error) {
    return fails(String(error))
  }
}

/** A GET outside Graph: the recording that an operation's `recordingLocation` names. */
export function isDownload({ method, url }: Entry): boolean {
  return (
    method === 'GET' &&
    URL.canParse(url ?? '') &&
    !/(^|\.)graph\./.test(new URL(url ?? '').hostname)
  )
}

async function judgeDownload(): Promise<Verdict> {
  const { asked } = await tryMethod({ kind: 'download' }, {}, {}, { status: 200, body: null })
  return asked?.method === 'GET'
    ? passes('downloadRecording')
    : fails('downloadRecording asked nothing')
}

function bodyOf({ body }: Entry): JsonObject {
  const value = chosen(body ?? null)
  return isObject(value) ? value : {}
}

function requestOfEffect(
  effect: RequestEffect,
  body: JsonObject,
  { named, version }: Match,
): Asked {
  const ref = {
    key: 'conformance',
    graphId: idIn(named, 'callId'),
    callbackUri: 'https://bot.example/api/calls/conformance',
  }
  const options = {
    commandId: 'conformance',
    promptsUrl: 'https://bot.example/prompts',
    beta: version === 'beta',
  }
  const request = requestFor(effect, paramsOf(effect, body, named), ref, options)
  return {
    method: request.method,
    url: `/${request.version ?? 'v1.0'}${request.path}`,
    body: request.body,
  }
}

async function requestOfMethod(
  entry: Entry,
  entries: readonly Entry[],
  { route, named }: Match,
  body: JsonObject,
): Promise<Asked | undefined> {
  if (route.maker.kind === 'effect') return undefined
  const response = responseOf(entry, entries)
  const answer = { status: response?.status ?? 200, body: response?.body }
  return (await tryMethod(route.maker, named, body, answer)).asked
}

function judgeSame(
  match: Match,
  asked: Asked | undefined,
  body: JsonObject,
  name: string,
): Verdict {
  const ours = asked && matchOf(asked.method, asked.url)
  if (!asked || ours?.route !== match.route)
    return fails(`${name} sends ${asked?.method} ${asked?.url}`)
  if (ours.version !== match.version) return fails(`${name} is sent to ${ours.version}`)
  if (ours.named.filter !== match.named.filter)
    return fails(`${name} filters by ${ours.named.filter}`)
  const differs = difference(body, asked.body ?? nothing)
  return differs === undefined ? passes(name) : fails(`${name}: ${differs}`)
}

const nothing: Json = {}

function nameOf({ route }: Match): string {
  return route.maker.kind === 'meetings' ? `onlineMeetings.${route.maker.method}` : route.maker.kind
}
