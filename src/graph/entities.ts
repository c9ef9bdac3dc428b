/** Graph's entities, read leniently: known members typed, wrong ones left out, unknown ones kept. */
import { z } from 'zod'
import {
  type Call,
  callStates,
  type Json,
  type Open,
  type Operation,
  type Participant,
  type ResultInfo,
  type ToneInfo,
  tones,
} from '../../machines/words.ts'
import { sameId } from './ids.ts'
import { isObject, type JsonObject, present, without } from './json.ts'

/** The documented spelling of a word whatever its case; a word nobody documented is kept. */
export function wordOf<Known extends string>(
  known: readonly Known[],
  value: Json | undefined,
): Open<Known> | undefined {
  if (typeof value !== 'string' || value === '') return undefined
  return known.find((word) => word.toLowerCase() === value.toLowerCase()) ?? value
}

/** A number, also when it was written as a string. */
export function numberOf(value: Json | undefined): number | undefined {
  if (typeof value === 'number') return value
  if (typeof value !== 'string' || value.trim() === '') return undefined
  const number = Number(value)
  return Number.isFinite(number) ? number : undefined
}

/** Graph's `resultInfo`; `subCode` is accepted, an absent subcode reads as 0. */
export function resultInfoOf(value: Json | undefined): ResultInfo | undefined {
  if (!isObject(value)) return undefined
  const code = numberOf(value.code)
  if (code === undefined) return undefined
  const subcode = numberOf(value.subcode) ?? numberOf(value.subCode) ?? 0
  return typeof value.message === 'string'
    ? { code, subcode, message: value.message }
    : { code, subcode }
}

/** Graph's `toneInfo`, or `undefined` when it names no tone. */
export function toneInfoOf(value: Json | undefined): ToneInfo | undefined {
  if (!isObject(value)) return undefined
  const tone = wordOf(tones, value.tone)
  return tone === undefined ? undefined : { sequenceId: numberOf(value.sequenceId) ?? 0, tone }
}

const json = z.custom<Json | undefined>(() => true)
const anyText = z.string().nullish().catch(undefined)
const text = z.string().optional().catch(undefined)
const flag = z.boolean().optional().catch(undefined)
const participantId = z.string().transform(sameId).nullish().catch(undefined)
const word = <Known extends string>(known: readonly Known[]) =>
  json.transform((value) => wordOf(known, value)).optional()
const resultInfo = json.transform(resultInfoOf).optional()

const identity = z.object({ id: anyText, displayName: anyText, tenantId: anyText }).catchall(json)
const anyIdentity = identity.nullish().catch(undefined)
const identitySet = z
  .object({
    user: anyIdentity,
    application: anyIdentity,
    applicationInstance: anyIdentity,
    phone: anyIdentity,
    guest: anyIdentity,
    encrypted: anyIdentity,
    onPremises: anyIdentity,
    assertedIdentity: anyIdentity,
    azureCommunicationServicesUser: anyIdentity,
    device: anyIdentity,
  })
  .catchall(json)
const participantInfo = z
  .object({ identity: identitySet.nullish().catch(undefined), participantId })
  .catchall(json)
const anyParticipantInfo = participantInfo.nullish().catch(undefined)

const modality = word(['audio', 'video', 'videoBasedScreenSharing', 'data'])
const mediaStream = z
  .object({
    mediaType: modality,
    direction: word(['inactive', 'sendOnly', 'receiveOnly', 'sendReceive']),
    serverMuted: flag,
    sourceId: anyText,
    label: anyText,
  })
  .catchall(json)

const participant = z
  .object({
    id: z.string().min(1).transform(sameId),
    info: anyParticipantInfo,
    isMuted: flag,
    isInLobby: flag,
    mediaStreams: z.array(mediaStream).optional().catch(undefined),
    removedState: z.object({ reason: anyText }).catchall(json).nullish().catch(undefined),
    rosterSequenceNumber: json.transform(numberOf).optional(),
  })
  .catchall(json)

const call = z
  .object({
    id: z.string().transform(sameId).optional().catch(undefined),
    state: word(callStates),
    direction: word(['incoming', 'outgoing']),
    subject: anyText,
    callChainId: anyText,
    tenantId: anyText,
    myParticipantId: participantId,
    source: anyParticipantInfo,
    targets: z.array(participantInfo).nullish().catch(undefined),
    requestedModalities: z.array(z.string()).nullish().catch(undefined),
    mediaConfig: z.object({ '@odata.type': z.string() }).catchall(json).nullish().catch(undefined),
    chatInfo: z
      .object({ threadId: anyText, messageId: anyText })
      .catchall(json)
      .nullish()
      .catch(undefined),
    meetingInfo: z.object({ '@odata.type': text }).catchall(json).nullish().catch(undefined),
    resultInfo,
  })
  .catchall(json)

const operation = z
  .object({
    '@odata.type': text,
    id: z.string().transform(sameId).optional().catch(undefined),
    status: word(['notStarted', 'running', 'completed', 'failed']),
    clientContext: text,
    resultInfo,
    completionReason: text,
  })
  .catchall(json)

/** Graph's `call`, without its `toneInfo`: a tone is reported by itself and never kept. */
export function callOf(resource: JsonObject): Call {
  return call.parse(without(resource, ['toneInfo']))
}

/** Graph's `participant`, or `undefined` when it has no id to know it by. */
export function participantOf(resource: JsonObject): Participant | undefined {
  return participant.safeParse(resource).data
}

/** Graph's `commsOperation`; `statusless` is its status when Graph gave none. */
export function operationOf(resource: JsonObject, statusless: 'running' | 'completed'): Operation {
  const read = operation.parse(present(resource))
  return { ...read, status: read.status ?? statusless }
}
