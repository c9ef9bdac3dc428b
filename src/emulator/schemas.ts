/** The request bodies Graph documents: strict on documented fields, lenient on all others. */
import { z } from 'zod'

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/

export function isLoopback(hostname: string): boolean {
  return LOOPBACK.test(hostname)
}

/** https everywhere; http for loopback hosts, so that this works on one machine. */
function isCallable(address: string): boolean {
  const url = URL.parse(address)
  if (!url) return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))
}

const typed = (...names: string[]) =>
  z.string().refine((type) => names.includes(type.replace(/^#?microsoft\.graph\./, '')), {
    error: `must be #microsoft.graph.${names.join(' or #microsoft.graph.')}`,
  })

export const callbackUri = z
  .string()
  .refine(isCallable, { error: 'must be an absolute https address (http for loopback hosts only)' })

export const clientContext = z.string().max(256).nullish()

export const modality = z.enum(['audio', 'video', 'videoBasedScreenSharing', 'data'])

export const tone = z.enum([
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
])

export type Tone = z.infer<typeof tone>

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
  replacesCallId: z.string().nullish(),
  participantId: z.string().nullish(),
})

export type Invitee = z.infer<typeof invitee>

export const participantInfo = z.looseObject({
  identity: identitySetBody.nullish(),
  participantId: z.string().nullish(),
})

const mediaInfo = z.looseObject({
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

export const seconds = z.int().min(1).max(120)

/** For methods that take no body: whatever comes is not looked at. */
export const noBody = z.unknown()

/** For methods that take nothing but a clientContext. */
export const contextOnly = z.looseObject({ clientContext })
