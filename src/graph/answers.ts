/** What Graph's answer to an effect carries. */
import { type EffectName, effects } from '../../machines/effects.ts'
import type { Answer } from '../../machines/events.ts'
import type { Json } from '../../machines/words.ts'
import { callOf, operationOf, participantOf } from './entities.ts'
import { isObject, type JsonObject } from './json.ts'

/** Reads the body of a successful answer; what it does not carry is absent. Never throws. */
export function readAnswer(effect: EffectName, body: Json | undefined): Answer {
  if (!isObject(body)) return {}
  if (effects[effect].success === 'operation') return { operation: operationOf(body, 'running') }
  switch (effect) {
    case 'createCall':
    case 'getCall':
      return { call: callOf(body) }
    case 'listParticipants':
      return { participants: participantsIn(body.value) }
    case 'getParticipant':
      return { participants: participantsIn([body]) }
    default:
      return {}
  }
}

function participantsIn(list: Json | undefined) {
  const entries: readonly Json[] = Array.isArray(list) ? list : []
  const isEntry = (entry: Json): entry is JsonObject => isObject(entry)
  return entries
    .filter(isEntry)
    .map(participantOf)
    .filter((participant) => participant !== undefined)
}
