/** The request bodies Graph documents: strict on documented fields, lenient on all others. */
import { z } from 'zod'
import { isSafe } from '../loopback.ts'

function isCallable(address: string): boolean {
  const url = URL.parse(address)
  return url !== null && isSafe(url)
}

/** One of these, in any casing: the pages, the examples and the metadata differ. */
export function anyCase<const Values extends readonly [string, ...string[]]>(values: Values) {
  const spelt = (value: unknown) =>
    values.find((each) => each.toLowerCase() === String(value).toLowerCase()) ?? value
  return z.preprocess(spelt, z.enum(values))
}

const typed = (...names: string[]) =>
  z.string().refine((type) => names.includes(type.replace(/^#?microsoft\.graph\./, '')), {
    error: `must be #microsoft.graph.${names.join(' or #microsoft.graph.')}`,
  })

export const callbackUri = z
  .string()
  .refine(isCallable, { error: 'must be an absolute https address (http for loopback hosts only)' })

export const clientContext = z.string().max(256).nullish()

export const modality = anyCase(['audio', 'video', 'videoBasedScreenSharing', 'data', 'unknown'])

export const tones = [
  'tone0',
  'tone1',
  'tone2',
  'tone3',
  'tone4',
  'tone5',
  'tone6',
  'tone7',
  'tone8',
  'tone9',
  'star',
  'pound',
  'a',
  'b',
  'c',
  'd',
  'flash',
] as const

export type Tone = (typeof tones)[number]

/** A tone by name, or inside a toneInfo: the page says one, the example the other. */
export const tone = z.union([
  anyCase(tones),
  z.looseObject({ tone: anyCase(tones) }).transform((info) => info.tone),
])

const identity = z.looseObject({ id: z.string().min(1), displayName: z.string().nullish() })

const identitySetBody = z.looseObject({
  user: identity.nullish(),
  phone: identity.nullish(),
  application: identity.nullish(),
  applicationInstance: identity.nullish(),
  guest: identity.nullish(),
  encrypted: identity.nullish(),
})

const namedIdentitySet = identitySetBody.refine(
  (set) =>
    Boolean(set.user ?? set.phone ?? set.application ?? set.applicationInstance ?? set.guest),
  { error: 'must hold a user, phone, application, applicationInstance or guest' },
)

export const invitee = z.looseObject({
  identity: namedIdentitySet,
  endpointType: anyCase([
    'default',
    'voicemail',
    'skypeForBusiness',
    'skypeForBusinessVoipPhone',
  ]).nullish(),
  hidden: z.boolean().nullish(),
  replacesCallId: z.string().nullish(),
  participantId: z.string().nullish(),
  removeFromDefaultAudioRoutingGroup: z.boolean().nullish(),
})

export type Invitee = z.infer<typeof invitee>

export const participantInfo = z.looseObject({
  identity: identitySetBody.nullish(),
  participantId: z.string().nullish(),
})

export const mediaInfo = z.looseObject({
  uri: z.string().refine((uri) => /^https?:$/.test(URL.parse(uri)?.protocol ?? ''), {
    error: 'must be an absolute http or https address',
  }),
  resourceId: z.string().nullish(),
})

export const prompt = z.looseObject({ '@odata.type': typed('mediaPrompt'), mediaInfo })

export const mediaConfig = z.looseObject({
  '@odata.type': typed('serviceHostedMediaConfig', 'appHostedMediaConfig'),
  preFetchMedia: z.array(mediaInfo).nullish(),
  blob: z.string().nullish(),
})

export type MediaConfig = z.infer<typeof mediaConfig>

export function isAppHosted(config: MediaConfig): boolean {
  return config['@odata.type'].endsWith('appHostedMediaConfig')
}

export const chatInfo = z.looseObject({
  threadId: z.string().min(1),
  messageId: z.string().nullish(),
  replyChainMessageId: z.string().nullish(),
})

const organizerMeetingInfo = z.looseObject({
  '@odata.type': typed('organizerMeetingInfo'),
  organizer: identitySetBody,
})

const joinMeetingIdMeetingInfo = z.looseObject({
  '@odata.type': typed('joinMeetingIdMeetingInfo'),
  joinMeetingId: z.string().min(1),
  passcode: z.string().nullish(),
})

const tokenMeetingInfo = z.looseObject({
  '@odata.type': typed('tokenMeetingInfo'),
  token: z.string().min(1),
})

export const meetingInfo = z.union([
  organizerMeetingInfo,
  joinMeetingIdMeetingInfo,
  tokenMeetingInfo,
])

export type MeetingInfo = z.infer<typeof meetingInfo>

/** outgoingCallOptions and incomingCallOptions: one shape. */
export const callOptions = z
  .looseObject({
    hideBotAfterEscalation: z.boolean().nullish(),
    isContentSharingNotificationEnabled: z.boolean().nullish(),
    isDeltaRosterEnabled: z.boolean().nullish(),
    isInteractiveRosterEnabled: z.boolean().nullish(),
  })
  .nullish()

export const seconds = z.int().min(1).max(120)

/** For methods that take no body: whatever comes is not looked at. */
export const noBody = z.unknown()

/** For methods that take nothing but a clientContext. */
export const contextOnly = z.looseObject({ clientContext })
