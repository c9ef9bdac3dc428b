/** Graph's entities, read leniently: known members typed, wrong ones left out, unknown ones kept. */
import { z } from 'zod'
import {
  type AudioRoutingGroup,
  type Call,
  type ContentSharingSession,
  callDirections,
  callStates,
  callTranscriptionStates,
  type Json,
  mediaStates,
  type Operation,
  operationStatuses,
  type ResultInfo,
  routingModes,
  routingTypes,
  type ToneInfo,
  tones,
} from '../../machines/words.ts'
import { sameId } from './ids.ts'
import { isObject, type JsonObject, present } from './json.ts'
import { identitySet, invitation, participant, participantInfo } from './people.ts'
import { withoutPrivateParts } from './privateParts.ts'
import {
  definite,
  flag,
  id,
  json,
  maybe,
  number,
  numberOf,
  open,
  text,
  word,
  wordOf,
} from './reading.ts'

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

const resultInfo = json.transform(resultInfoOf).optional()
const words = maybe(z.array(z.string()))
const list = <Schema extends z.ZodType>(entry: Schema) => maybe(z.array(entry))

export const chatInfo = open({ threadId: text, messageId: text, replyChainMessageId: text })

export const meetingInfo = open({
  '@odata.type': definite(z.string()),
  organizer: maybe(identitySet),
  token: text,
  joinMeetingId: text,
  passcode: text,
  allowConversationWithoutHost: flag,
})

export const mediaInfo = open({ uri: z.string(), resourceId: text })

export const mediaConfig = open({
  '@odata.type': z.string(),
  blob: text,
  preFetchMedia: list(mediaInfo),
  removeFromDefaultAudioGroup: flag,
  liveCaptionOptions: maybe(open({ streamUrl: text })),
})

export const callOptions = open({
  isContentSharingNotificationEnabled: flag,
  isDeltaRosterEnabled: flag,
  isInteractiveRosterEnabled: flag,
  hideBotAfterEscalation: flag,
})

export const incomingContext = open({
  observedParticipantId: maybe(id),
  onBehalfOf: maybe(identitySet),
  sourceParticipantId: maybe(id),
  transferor: maybe(identitySet),
})

export const callRoute = open({
  routingType: word(routingTypes),
  original: maybe(identitySet),
  final: maybe(identitySet),
})

export const transcription = open({
  state: word(callTranscriptionStates),
  lastModifiedDateTime: text,
})

export const contentSharingSession = open({
  id,
  presenterParticipantId: maybe(id),
  pngOfCurrentSlide: text,
})

export const audioRoutingGroup = open({
  id: z.string().min(1),
  routingMode: word(routingModes),
  sources: list(id),
  receivers: list(id),
})

export const operation = open({
  '@odata.type': definite(z.string()),
  id: definite(id),
  status: word(operationStatuses),
  clientContext: definite(z.string()),
  resultInfo,
  completionReason: definite(z.string()),
  participants: list(invitation),
  recordingLocation: text,
  recordingAccessToken: text,
})

export const call = open({
  id: z.string().transform(sameId).optional().catch(undefined),
  state: word(callStates),
  direction: word(callDirections),
  subject: text,
  callbackUri: text,
  callChainId: text,
  callOptions: maybe(callOptions),
  callRoutes: list(callRoute),
  tenantId: text,
  myParticipantId: maybe(id),
  source: maybe(participantInfo),
  targets: list(participantInfo),
  requestedModalities: words,
  mediaConfig: maybe(mediaConfig),
  mediaState: maybe(open({ audio: word(mediaStates) })),
  chatInfo: maybe(chatInfo),
  meetingInfo: maybe(meetingInfo),
  incomingContext: maybe(incomingContext),
  resultInfo,
  transcription: maybe(transcription),
  participants: list(participant),
  operations: list(operation.transform((read) => withStatus(read, 'running'))),
  audioRoutingGroups: list(audioRoutingGroup),
  contentSharingSessions: list(contentSharingSession),
  activeModalities: words,
  answeredBy: maybe(participantInfo),
  meetingCapability: maybe(open({})),
  ringingTimeoutInSeconds: number,
  routingPolicies: words,
  terminationReason: text,
})

/** Graph's `call`, without what may not be kept: a tone is reported by itself. */
export function callOf(resource: JsonObject): Call {
  return call.parse(withoutPrivateParts(resource))
}

/** Graph's `commsOperation`; `statusless` is its status when Graph gave none. */
export function operationOf(resource: JsonObject, statusless: 'running' | 'completed'): Operation {
  return withStatus(operation.parse(present(resource)), statusless)
}

function withStatus(
  read: z.output<typeof operation>,
  statusless: 'running' | 'completed',
): Operation {
  return { ...read, status: read.status ?? statusless }
}

/** Graph's `contentSharingSession`, or `undefined` when it has no id. */
export function contentSharingSessionOf(resource: JsonObject): ContentSharingSession | undefined {
  return contentSharingSession.safeParse(resource).data
}

/** Graph's `audioRoutingGroup`, or `undefined` when it has no id. */
export function audioRoutingGroupOf(resource: JsonObject): AudioRoutingGroup | undefined {
  return audioRoutingGroup.safeParse(resource).data
}
