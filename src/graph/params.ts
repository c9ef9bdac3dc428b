/** The parameters of every effect, checked against Graph's documented rules. */
import { z } from 'zod'
import type { RequestEffect } from '../../machines/effects.ts'
import { recordingStatuses, screenSharingRoles } from '../../machines/enums.ts'
import type { Json } from '../../machines/words.ts'
import { pathId } from './ids.ts'
import { isObject, type JsonObject } from './json.ts'
import { identityOfText, isPromptText, participantInfoOf, typed } from './shorthand.ts'

const json = z.custom<Json | undefined>(() => true)
const object = z.record(z.string(), json, 'must be an object')
const text = z.string('must be text')
const flag = z.boolean('must be true or false').optional()
const words = z.array(text).readonly()

/** A request's body: what nobody documented goes to Graph as it was written. */
const body = <Shape extends z.core.$ZodLooseShape>(shape: Shape) => z.object(shape).catchall(json)

const whole = (least: number, most: number) =>
  z
    .int('must be a whole number')
    .min(least, `must be at least ${least}`)
    .max(most, `must be at most ${most}`)
    .optional()

const id = text.refine((value) => pathId(value) !== undefined, 'must be an id')

/** One item or a list of them, read as a list of 1 to `most`. */
const oneOrMore = <Item extends z.ZodType>(item: Item, most: number) =>
  z.preprocess(
    (value) => (value === undefined || Array.isArray(value) ? value : [value]),
    z
      .array(item, 'is missing')
      .min(1, 'must name at least 1')
      .max(most, `must name at most ${most}`),
  )

const TARGET_FORMS =
  'must be an object id, user@domain, + and digits, application:<id>, applicationInstance:<id> or an invitationParticipantInfo'

/** A target; `members` are added to one given as text, as Graph's examples have them. */
const targetWith = (members: JsonObject) =>
  z.union([z.string(), object], TARGET_FORMS).transform((value, context) => {
    const info = typeof value === 'string' ? { ...members, identity: identityOfText(value) } : value
    if (isObject(info.identity)) return participantInfoOf('invitationParticipantInfo', info)
    context.addIssue(TARGET_FORMS)
    return z.NEVER
  })

const target = targetWith({})

const PROMPT_FORMS = 'must be the URL or the name of a .wav file'

const promptText = text.refine(isPromptText, PROMPT_FORMS)
const mediaInfo = body({ uri: promptText, resourceId: text.nullish() })
const prompt = z.union([promptText, mediaInfo, body({ mediaInfo })], PROMPT_FORMS)

const recording = {
  bargeInAllowed: flag,
  initialSilenceTimeoutInSeconds: whole(1, 120),
  maxSilenceTimeoutInSeconds: whole(1, 120),
  maxRecordDurationInSeconds: whole(1, 120),
  playBeep: flag,
  stopTones: words.optional(),
}

/** Of 2019: what Graph now calls `uri` and `resourceId` were `url` and `id`. */
const formerMediaInfo = z
  .strictObject({ url: promptText, id: text.optional() })
  .transform(({ url, id }) => ({ uri: url, ...(id !== undefined && { resourceId: id }) }))

const formerPrompt = z.object({ mediaInfo: z.union([formerMediaInfo, mediaInfo], PROMPT_FORMS) })

const participantInfo = object.transform((info) => participantInfoOf('participantInfo', info))
const transferee = z.union(
  [id.transform((participantId) => typed('participantInfo', { participantId })), participantInfo],
  'must be the id of a participant or a participantInfo',
)

const none = z.object({})
const onParticipant = z.object({ participantId: id })
const onGroup = z.object({ id })
const group = { sources: words, receivers: words, routingMode: text }

/** One schema an effect; what it yields is ready for the request's body. */
export const effectParams = {
  createCall: body({
    // Graph's own limit for an ad-hoc group call.
    targets: oneOrMore(target, 5).optional(),
    source: participantInfo.optional(),
    direction: z.enum(['incoming', 'outgoing']).optional(),
    subject: text.optional(),
    requestedModalities: words.optional(),
    mediaConfig: object.optional(),
    callOptions: object.optional(),
    chatInfo: object.optional(),
    meetingInfo: object.optional(),
    tenantId: text.optional(),
  }),
  getCall: none,
  answer: body({
    acceptedModalities: words.optional(),
    mediaConfig: object.optional(),
    callOptions: object.optional(),
    participantCapacity: whole(1, 2_147_483_647),
  }),
  reject: body({ reason: text.optional() }),
  redirect: body({
    targets: oneOrMore(target, 25),
    timeout: whole(15, 90),
    routingPolicies: words.optional(),
  }),
  transfer: body({
    to: targetWith({ endpointType: 'default' }),
    replacesCallId: id.optional(),
    transferee: transferee.optional(),
  }),
  hangUp: none,
  keepAlive: none,
  mute: none,
  unmute: none,
  changeScreenSharingRole: body({ role: z.enum(screenSharingRoles, 'must be viewer or sharer') }),
  playPrompt: body({ prompt: oneOrMore(prompt, 20) }),
  recordResponse: body({ ...recording, prompt: prompt.optional() }),
  subscribeToTone: none,
  sendDtmfTones: body({
    tones: words.refine((list) => list.length >= 1, 'must name at least 1'),
    delayBetweenTonesMs: whole(0, 2_147_483_647),
  }),
  cancelMediaProcessing: none,
  updateRecordingStatus: body({
    status: z.enum(recordingStatuses, 'must be notRecording, recording or failed'),
  }),
  addLargeGalleryView: none,
  listContentSharingSessions: none,
  getContentSharingSession: z.object({ contentSharingSessionId: id }),

  listParticipants: none,
  getParticipant: onParticipant,
  invite: body({ participants: oneOrMore(target, 5), replacesCallId: id.optional() }),
  removeParticipant: onParticipant,
  muteParticipant: onParticipant,
  startHoldMusic: body({ participantId: id, customPrompt: prompt.optional() }),
  stopHoldMusic: onParticipant,

  createAudioRoutingGroup: body({ id, ...group }),
  listAudioRoutingGroups: none,
  getAudioRoutingGroup: onGroup,
  updateAudioRoutingGroup: body({
    id,
    sources: words.nullish(),
    receivers: words.nullish(),
    routingMode: text.nullish(),
  }),
  deleteAudioRoutingGroup: onGroup,

  updateMetadata: body({ metadata: text }),
  muteAll: body({ participants: words }),
  configureMixer: body({ participantMixerLevels: z.array(object).readonly() }),
  record: z.strictObject(
    {
      ...recording,
      prompts: z.array(formerPrompt).max(1, 'must name at most 1').readonly().optional(),
    },
    'must be what recordResponse has too',
  ),
} satisfies { readonly [Name in RequestEffect]: z.ZodType }
