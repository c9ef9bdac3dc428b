/** From a documented request back to what a chart would have asked: the same body in the chart's words. */
import type { RequestEffect } from '../../machines/effects.ts'
import type { Json } from '../../machines/words.ts'
import { pathId } from '../../src/graph/ids.ts'
import { isObject, type JsonObject } from '../../src/graph/json.ts'

/** Where an example has a placeholder for an id, an id. */
export const ANY_ID = '5b1f0e7c-3d42-4a86-9c15-7e60a2d4b893'

/** The id a path named, or any when it is a placeholder such as `{id}`. */
export function idIn(named: { readonly [name: string]: string }, name: string): string {
  return pathId(named[name] ?? '') ?? ANY_ID
}

/** The body with one of its values where an example lists several: `recording | failed`. */
export function chosen(value: Json): Json {
  if (typeof value === 'string')
    return /^\w+( \| \w+)+$/.test(value) ? (value.split(' | ')[0] ?? '') : value
  if (Array.isArray(value)) return value.map(chosen)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, chosen(member ?? null)]),
  )
}

/** The parameters of an effect that mean what the documented body says. */
export function paramsOf(
  effect: RequestEffect,
  body: JsonObject,
  named: { readonly [name: string]: string },
): JsonObject {
  const { callbackUri: _callbackUri, clientContext: _clientContext, ...members } = body
  const ids = Object.fromEntries(
    Object.keys(named)
      .filter((name) => name !== 'callId')
      .map((name) => [name, idIn(named, name)]),
  )
  return { ...ids, ...inChartsWords(effect, members) }
}

function inChartsWords(effect: RequestEffect, members: JsonObject): JsonObject {
  switch (effect) {
    case 'createCall': {
      const { '@odata.type': _type, ...rest } = members
      return rest
    }
    case 'transfer': {
      const { transferTarget, ...rest } = members
      return { ...rest, to: transferTarget }
    }
    case 'playPrompt': {
      const { prompts, ...rest } = members
      return { ...rest, prompt: prompts }
    }
    case 'recordResponse': {
      const { prompts, ...rest } = members
      return { ...rest, ...(Array.isArray(prompts) && { prompt: prompts[0] }) }
    }
    default:
      return members
  }
}
