/** A documented response is understood when what a chart hears of it is the right event and lacks nothing. */
import { effects, type RequestEffect } from '../../machines/effects.ts'
import type { Json } from '../../machines/words.ts'
import { outcomeOf } from '../../src/engine/settlement.ts'
import { readAnswer } from '../../src/graph/answers.ts'
import { isObject, jsonOf } from '../../src/graph/json.ts'
import { lost } from './compare.ts'
import { type Entry, fails, passes, requestOf, type Verdict } from './entry.ts'
import { tryMethod } from './exchange.ts'
import { isDownload } from './judgeRequest.ts'
import { type Maker, makerByAnswer, matchOf } from './routes.ts'

export async function judgeResponse(entry: Entry, entries: readonly Entry[]): Promise<Verdict> {
  const { status } = entry
  if (!status) return fails('the entry has no status')
  const request = requestOf(entry, entries)
  const maker = makerOf(entry, request)
  if (!maker) return fails('it is not known which request it answers')
  if (status >= 400)
    return fails('no example of an error is documented, so there is no rule for one')
  return maker.kind === 'effect'
    ? judgeAnswer(maker.effect, entry.body)
    : judgeResult(maker, status, entry.body)
}

function makerOf(entry: Entry, request: Entry | undefined): Maker | undefined {
  if (request && isDownload(request)) return { kind: 'download' }
  const match = request?.method && request.url ? matchOf(request.method, request.url) : undefined
  return match?.route.maker ?? makerByAnswer(entry)
}

function judgeAnswer(effect: RequestEffect, body: Json | undefined): Verdict {
  const answer = readAnswer(effect, body)
  const { events } = outcomeOf(effect, 'conformance', { kind: 'answered', answer })
  const [heard, more] = events.map(({ type }) => type)
  const expected = `${effects[effect].noun}.${participleOf(effect, body)}`
  if (heard !== expected || more !== undefined) return fails(`heard ${heard}, expected ${expected}`)
  const missing = lostOf(body, answer)
  return missing === undefined ? passes(expected) : fails(`${effect}: ${missing}`)
}

/** By Graph's rule of commsOperation: completed is the end, anything else has begun. */
function participleOf(effect: RequestEffect, body: Json | undefined): string {
  const { success } = effects[effect]
  if (success !== 'operation') return success
  const status = isObject(body) && typeof body.status === 'string' ? body.status : 'running'
  return status.toLowerCase() === 'completed' ? 'completed' : 'started'
}

/** The first part of the documented body that no part of the answer carries. */
function lostOf(body: Json | undefined, answer: object): string | undefined {
  if (!isObject(body)) return undefined
  const told = Object.values(answer).map((part) => jsonOf(part))
  const entries = Array.isArray(body.value) ? body.value : undefined
  const losses = told.map((part) =>
    entries ? lost(entries, part) : lost(body, Array.isArray(part) ? part[0] : part),
  )
  if (losses.length === 0) return Object.keys(body).length === 0 ? undefined : 'body was lost'
  return losses.every((loss) => loss !== undefined) ? losses[0] : undefined
}

async function judgeResult(
  maker: Exclude<Maker, { kind: 'effect' }>,
  status: number,
  body: Json | undefined,
): Promise<Verdict> {
  try {
    const { result } = await tryMethod(maker, {}, {}, { status, body })
    const name = maker.kind === 'meetings' ? `onlineMeetings.${maker.method}` : maker.kind
    const entries = isObject(body) && Array.isArray(body.value) ? body.value : undefined
    const documented = entries && !Array.isArray(result) ? entries[0] : (entries ?? body)
    const missing = isBytes(maker) ? undefined : lost(documented, result)
    return missing === undefined ? passes(name) : fails(`${name}: ${missing}`)
  } catch (error) {
    return fails(String(error))
  }
}

/** A recording's content is a stream, which holds whatever came. */
function isBytes(maker: Maker): boolean {
  return (
    maker.kind === 'download' || (maker.kind === 'meetings' && maker.method === 'openRecording')
  )
}
