/** The short forms a chart may write, and Graph's long forms they stand for. */
import { createHash } from 'node:crypto'
import type { Prompt } from '../../machines/effects.ts'
import type { Json, MediaInfo, MediaPrompt } from '../../machines/words.ts'
import { isObject, type JsonObject, present } from './json.ts'

/** The object as a Graph type, unless it already says which it is. */
export function typed(type: string, object: JsonObject): JsonObject {
  return { '@odata.type': `#microsoft.graph.${type}`, ...object }
}

/** Graph's `identitySet`, each identity in it typed. */
function identitySetOf(set: JsonObject): JsonObject {
  const kinds = Object.entries(set).map(([kind, identity]): [string, Json | undefined] => [
    kind,
    isObject(identity) ? typed('identity', identity) : identity,
  ])
  return typed('identitySet', Object.fromEntries(kinds))
}

/** Graph's `participantInfo` or one of its relatives, its identities typed. */
export function participantInfoOf(type: string, info: JsonObject): JsonObject {
  const { identity, ...rest } = info
  return isObject(identity)
    ? typed(type, { ...rest, identity: identitySetOf(identity) })
    : typed(type, rest)
}

const PHONE = /^\+[0-9]{3,15}$/
const APPLICATION = /^(application|applicationInstance):([A-Za-z0-9-]+)$/
const USER = /^[^\s:/@]+(@[^\s:/@]+)?$/

/** A target's short form as an identity set, or `undefined` when it is none. */
export function identityOfText(target: string): JsonObject | undefined {
  if (PHONE.test(target)) return { phone: { id: target } }
  const [, kind, id] = APPLICATION.exec(target) ?? []
  if (kind && id) return { [kind]: { id } }
  return USER.test(target) && !target.startsWith('+') ? { user: { id: target } } : undefined
}

/** Names of prompt files: one segment, no dots that climb, `.wav` at the end. */
export const PROMPT_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}\.wav$/i

const PROMPT_URL = /^https?:\/\/[^\s]+$/i

/** Whether a prompt's short form is a URL or the name of a file in the prompts folder. */
export function isPromptText(prompt: string): boolean {
  return PROMPT_URL.test(prompt) || PROMPT_NAME.test(prompt)
}

/**
 * Graph's `mediaPrompt`; a file name is taken from `promptsUrl`. A text gets a `resourceId`, always the same
 * for one URL; Graph's own forms keep what they say.
 */
export function mediaPromptOf(prompt: Prompt, promptsUrl: string): JsonObject {
  if (typeof prompt === 'string') {
    const uri = urlOf(prompt, promptsUrl)
    return mediaPromptOf({ uri, resourceId: uuidOf(uri) }, promptsUrl)
  }
  if (isMediaPrompt(prompt)) {
    const { mediaInfo, ...rest } = prompt
    return typed('mediaPrompt', { ...rest, mediaInfo: mediaInfoOf(mediaInfo, promptsUrl) })
  }
  return typed('mediaPrompt', { mediaInfo: mediaInfoOf(prompt, promptsUrl) })
}

function isMediaPrompt(prompt: MediaInfo | MediaPrompt): prompt is MediaPrompt {
  return 'mediaInfo' in prompt
}

function mediaInfoOf(info: MediaInfo, promptsUrl: string): JsonObject {
  return typed('mediaInfo', present({ ...info, uri: urlOf(info.uri, promptsUrl) }))
}

function urlOf(prompt: string, promptsUrl: string): string {
  return PROMPT_URL.test(prompt) ? prompt : `${promptsUrl}/${prompt}`
}

function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20, 32),
  ].join('-')
}

/** Media played and recorded by Graph. */
export const serviceHosted: JsonObject = typed('serviceHostedMediaConfig', {})

/** Graph's `meetingInfo`, its kind told from what it holds. */
export function meetingInfoOf(info: JsonObject): JsonObject {
  if ('joinMeetingId' in info) return typed('joinMeetingIdMeetingInfo', { passcode: null, ...info })
  if ('token' in info) return typed('tokenMeetingInfo', info)
  const { organizer, ...rest } = info
  return isObject(organizer)
    ? typed('organizerMeetingInfo', { ...rest, organizer: identitySetOf(organizer) })
    : info
}

/** Graph's `callOptions` of the kind given, or nothing when there are none. */
export function callOptionsOf(type: string, options: JsonObject | undefined) {
  return options && typed(type, present(options))
}
