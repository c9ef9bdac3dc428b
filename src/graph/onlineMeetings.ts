/** Online meetings and their recordings. A bot speaks for itself, so every meeting is some user's. */
import type * as npm from '@microsoft/microsoft-graph-types'
import type { Json } from '../../machines/words.ts'
import type { GraphRequest } from './ask.ts'
import type { GraphClient } from './client.ts'
import { isObject, type JsonObject, jsonOf } from './json.ts'
import { askGraph, type MethodOptions, openGraph } from './method.ts'

/** Graph's `onlineMeeting`, as much of it as was given or asked for; members nobody documented are kept. */
export type OnlineMeeting = npm.OnlineMeeting & {
  // What the types package lacks.
  readonly meetingType?: MeetingType | null
  readonly cloudVideoInteropInfo?: object | null
  readonly expiryDateTime?: string | null
  readonly meetingOptionsWebUrl?: string | null
  readonly meetingSpokenLanguageTag?: string | null
  readonly sensitivityLabelAssignment?: object | null
  readonly [member: string]: unknown
}

/** Graph's `onlineMeetingType`. */
export type MeetingType = 'adhoc' | 'scheduled' | 'recurring' | 'broadcast' | 'meetnow'

/** Graph's `callRecording`: of a scheduled meeting, and unrelated to recordResponse. */
export type CallRecording = npm.CallRecording & { readonly [member: string]: unknown }

/** What createOrGet finds a meeting by, and makes it with. */
export type MeetingRequest = { readonly externalId: string } & Pick<
  OnlineMeeting,
  'chatInfo' | 'participants' | 'startDateTime' | 'endDateTime' | 'subject'
>

/** `user` is an object id or a user principal name. Every method throws `GraphRequestError`. */
export type OnlineMeetings = {
  /** POST. `language` (e.g. `de-DE`) is that of the join information. */
  readonly create: (
    user: string,
    meeting: OnlineMeeting,
    language?: string,
  ) => Promise<OnlineMeeting>
  /** POST createOrGet; `created` is false when the meeting was there. */
  readonly createOrGet: (
    user: string,
    meeting: MeetingRequest,
  ) => Promise<{ readonly meeting: OnlineMeeting; readonly created: boolean }>
  readonly get: (user: string, meetingId: string) => Promise<OnlineMeeting>
  readonly findByJoinUrl: (user: string, joinUrl: string) => Promise<OnlineMeeting | undefined>
  /** By `videoTeleconferenceId`. */
  readonly findByConferenceId: (conferenceId: string) => Promise<OnlineMeeting | undefined>
  /** PATCH. */
  readonly update: (
    user: string,
    meetingId: string,
    changes: OnlineMeeting,
  ) => Promise<OnlineMeeting>
  readonly delete: (user: string, meetingId: string) => Promise<void>
  readonly listRecordings: (user: string, meetingId: string) => Promise<readonly CallRecording[]>
  readonly getRecording: (
    user: string,
    meetingId: string,
    recordingId: string,
  ) => Promise<CallRecording>
  /** The video (`video/mp4`), streamed. */
  readonly openRecording: (
    user: string,
    meetingId: string,
    recordingId: string,
  ) => Promise<ReadableStream<Uint8Array>>
}

/**
 * The online meetings of a tenant's users. Needs OnlineMeetings.ReadWrite.All (Read.All to read;
 * OnlineMeetingRecording.Read.All for recordings) and an application access policy for each user.
 *
 * @example
 * const meetings = createOnlineMeetings(bot.graph(), { tenantId })
 * const { joinWebUrl } = await meetings.create('anna@contoso.com', { subject: 'Stand-up' })
 */
export function createOnlineMeetings(client: GraphClient, options: MethodOptions): OnlineMeetings {
  const ask = (request: GraphRequest) => askGraph(client, request, options)
  const answer = async (request: GraphRequest) => objectIn((await ask(request)).body)

  return {
    create: (user, meeting, language) =>
      answer({
        method: 'POST',
        path: meetingsOf(user),
        body: bodyOf(meeting),
        ...(language !== undefined && { headers: { 'Accept-Language': language } }),
      }),
    createOrGet: async (user, meeting) => {
      const path = `${meetingsOf(user)}/createOrGet`
      const { status, body } = await ask({ method: 'POST', path, body: bodyOf(meeting) })
      return { meeting: objectIn(body), created: status === 201 }
    },
    get: (user, id) => answer({ method: 'GET', path: meetingOf(user, id) }),
    findByJoinUrl: async (user, joinUrl) => {
      const path = meetingsOf(user) + filter('JoinWebUrl', joinUrl)
      return entriesIn((await ask({ method: 'GET', path })).body)[0]
    },
    findByConferenceId: async (conferenceId) => {
      const path = `/communications/onlineMeetings/${filter('VideoTeleconferenceId', conferenceId)}`
      return entriesIn((await ask({ method: 'GET', path })).body)[0]
    },
    update: (user, id, changes) =>
      answer({ method: 'PATCH', path: meetingOf(user, id), body: bodyOf(changes) }),
    delete: async (user, id) => {
      await ask({ method: 'DELETE', path: meetingOf(user, id) })
    },
    listRecordings: async (user, id) =>
      entriesIn((await ask({ method: 'GET', path: recordingsOf(user, id) })).body),
    getRecording: (user, id, recordingId) =>
      answer({ method: 'GET', path: recordingOf(user, id, recordingId) }),
    openRecording: async (user, id, recordingId) => {
      const path = `${recordingOf(user, id, recordingId)}/content`
      const response = await openGraph(client, { method: 'GET', path }, options)
      return response.body ?? new Blob([]).stream()
    },
  }
}

function meetingsOf(user: string): string {
  return `/users/${encodeURIComponent(user)}/onlineMeetings`
}

function meetingOf(user: string, id: string): string {
  return `${meetingsOf(user)}/${encodeURIComponent(id)}`
}

function recordingsOf(user: string, id: string): string {
  return `${meetingOf(user, id)}/recordings`
}

function recordingOf(user: string, id: string, recordingId: string): string {
  return `${recordingsOf(user, id)}/${encodeURIComponent(recordingId)}`
}

function filter(member: string, value: string): string {
  return `?$filter=${encodeURIComponent(`${member} eq '${value.replaceAll("'", "''")}'`)}`
}

function bodyOf(members: object): JsonObject {
  return objectIn(jsonOf(members))
}

function objectIn(body: Json | undefined): JsonObject {
  return isObject(body) ? body : {}
}

/** The entries of a collection; a filter has also been seen to answer with the one entity. */
function entriesIn(body: Json | undefined): readonly JsonObject[] {
  if (!isObject(body)) return []
  return Array.isArray(body.value) ? body.value.filter(isObject) : [body]
}
