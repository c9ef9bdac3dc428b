/** What Graph's answer to an effect carries. */
import { type EffectName, effects } from '../../machines/effects.ts'
import type { Answer } from '../../machines/events.ts'
import type { Json } from '../../machines/words.ts'
import { audioRoutingGroupOf, callOf, contentSharingSessionOf, operationOf } from './entities.ts'
import { isObject, type JsonObject } from './json.ts'
import { participantOf } from './people.ts'

/** Reads the body of a successful answer; what it does not carry is absent. Never throws. */
export function readAnswer(effect: EffectName, body: Json | undefined): Answer {
  if (!isObject(body)) return {}
  if (effects[effect].success === 'operation') return { operation: operationOf(body, 'running') }
  switch (effect) {
    case 'createCall':
    case 'getCall':
      return { call: callOf(body) }
    case 'listParticipants':
    case 'getParticipant':
      return { participants: entriesOf(body, participantOf) }
    case 'listContentSharingSessions':
    case 'getContentSharingSession':
      return { contentSharingSessions: entriesOf(body, contentSharingSessionOf) }
    case 'createAudioRoutingGroup':
    case 'listAudioRoutingGroups':
    case 'getAudioRoutingGroup':
    case 'updateAudioRoutingGroup':
      return { audioRoutingGroups: entriesOf(body, audioRoutingGroupOf) }
    default:
      return {}
  }
}

/** The entities of a collection, or the single one that the body is. */
function entriesOf<Entity>(
  body: JsonObject,
  read: (entry: JsonObject) => Entity | undefined,
): readonly Entity[] {
  const entries = Array.isArray(body.value) ? body.value : [body]
  return entries
    .filter(isObject)
    .map(read)
    .filter((entity) => entity !== undefined)
}
