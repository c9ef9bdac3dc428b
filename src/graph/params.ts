/** The parameters of every effect, checked against Graph's documented rules. */
import { z } from 'zod'
import type { EffectName } from '../../machines/effects.ts'
import type { Json } from '../../machines/words.ts'
import { pathId } from './ids.ts'
import { isObject } from './json.ts'
import { identityOfText, isPromptText, participantInfoOf } from './shorthand.ts'

const json = z.custom<Json | undefined>(() => true)
const object = z.record(z.string(), json, 'must be an object')
const text = z.string('must be text')
const flag = z.boolean('must be true or false').optional()
const words = z.array(text).readonly()

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

const target = z.union([z.string(), object], TARGET_FORMS).transform((value, context) => {
  const identity = typeof value === 'string' ? identityOfText(value) : value.identity
  if (isObject(identity)) {
    const info = typeof value === 'string' ? {} : value
    return participantInfoOf('invitationParticipantInfo', { ...info, identity })
  }
  context.addIssue(TARGET_FORMS)
  return z.NEVER
})

const PROMPT_FORMS = 'must be the URL or the name of a .wav file'

const prompt = z
  .union(
    [z.string(), z.object({ uri: z.string(), resourceId: text.exactOptional() })],
    PROMPT_FORMS,
  )
  .refine((value) => isPromptText(typeof value === 'string' ? value : value.uri), PROMPT_FORMS)

const none = z.object({})
const onParticipant = z.object({ participantId: id })

/** One schema an effect; what it yields is ready for the request's body. */
export const effectParams = {
  createCall: z
    .object({
      // Graph's own limit for an ad-hoc group call.
      targets: oneOrMore(target, 5).optional(),
      source: object.optional(),
      direction: z.enum(['incoming', 'outgoing']).optional(),
      subject: text.optional(),
      requestedModalities: words.optional(),
      mediaConfig: object.optional(),
      callOptions: object.optional(),
      chatInfo: object.optional(),
      meetingInfo: object.optional(),
      tenantId: text.optional(),
    })
    .catchall(json),
  getCall: none,
  answer: z.object({
    acceptedModalities: words.optional(),
    mediaConfig: object.optional(),
    callOptions: object.optional(),
    participantCapacity: whole(1, 2_147_483_647),
  }),
  reject: z.object({ reason: text.optional() }),
  redirect: z.object({ targets: oneOrMore(target, 25), timeout: whole(15, 90) }),
  transfer: z.object({ to: target, replacesCallId: id.optional(), transferee: id.optional() }),
  hangUp: none,
  keepAlive: none,
  mute: none,
  unmute: none,
  changeScreenSharingRole: z.object({
    role: z.enum(['viewer', 'sharer'], 'must be viewer or sharer'),
  }),
  playPrompt: z.object({ prompt: oneOrMore(prompt, 20) }),
  recordResponse: z.object({
    prompt: prompt.optional(),
    bargeInAllowed: flag,
    initialSilenceTimeoutInSeconds: whole(1, 120),
    maxSilenceTimeoutInSeconds: whole(1, 120),
    maxRecordDurationInSeconds: whole(1, 120),
    playBeep: flag,
    stopTones: words.optional(),
  }),
  subscribeToTone: none,
  sendDtmfTones: z.object({
    tones: words.refine((list) => list.length >= 1, 'must name at least 1'),
    delayBetweenTonesMs: whole(0, 2_147_483_647),
  }),
  cancelMediaProcessing: none,
  updateRecordingStatus: z.object({
    status: z.enum(
      ['notRecording', 'recording', 'failed', 'unknown'],
      'must be notRecording, recording or failed',
    ),
  }),
  listParticipants: none,
  getParticipant: onParticipant,
  invite: z.object({ participants: oneOrMore(target, 5), replacesCallId: id.optional() }),
  removeParticipant: onParticipant,
  muteParticipant: onParticipant,
} satisfies { readonly [Name in EffectName]: z.ZodType }
