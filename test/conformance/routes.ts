/** Graph's methods by verb and path: which effect or client method of ours each one is. */
import type { RequestEffect } from '../../machines/effects.ts'
import type { OnlineMeetings } from '../../src/graph/onlineMeetings.ts'
import type { Entry } from './entry.ts'
import { pageOf } from './entry.ts'

/** What of ours makes the request. */
export type Maker =
  | { readonly kind: 'effect'; readonly effect: RequestEffect }
  | { readonly kind: 'meetings'; readonly method: keyof OnlineMeetings }
  | { readonly kind: 'deviceQuality' }
  | { readonly kind: 'download' }

export type Route = {
  readonly verb: string
  /** Below the version; `{name}` is any one segment, `?member` a filter on it. */
  readonly template: string
  readonly maker: Maker
  readonly page: string
  /** `#microsoft.graph.` of the answer, where the answer has a type. */
  readonly answers?: string
}

const call = '/communications/calls/{callId}'
const meetings = '/users/{user}/onlineMeetings'

const effect = (
  page: string,
  verb: string,
  template: string,
  name: RequestEffect,
  answers?: string,
): Route => ({
  page,
  verb,
  template,
  maker: { kind: 'effect', effect: name },
  ...(answers !== undefined && { answers }),
})

const action = (page: string, name: RequestEffect, answers?: string, tail: string = name): Route =>
  effect(page, 'POST', `${call}/${tail}`, name, answers)

const meeting = (
  page: string,
  verb: string,
  template: string,
  method: keyof OnlineMeetings,
): Route => ({ page, verb, template, maker: { kind: 'meetings', method } })

const participant = `${call}/participants/{participantId}`
const group = `${call}/audioRoutingGroups`
const shared = `${call}/contentSharingSessions`
const recordings = `${meetings}/{meetingId}/recordings`

export const routes: readonly Route[] = [
  effect('application-post-calls', 'POST', '/communications/calls', 'createCall', 'call'),
  {
    page: 'call-logteleconferencedevicequality',
    verb: 'POST',
    template: '/communications/calls/logTeleconferenceDeviceQuality',
    maker: { kind: 'deviceQuality' },
  },
  effect('call-get', 'GET', call, 'getCall', 'call'),
  effect('call-delete', 'DELETE', call, 'hangUp'),
  action('call-keepalive', 'keepAlive'),
  action('call-answer', 'answer'),
  action('call-reject', 'reject'),
  action('call-redirect', 'redirect'),
  action('call-transfer', 'transfer'),
  action('call-mute', 'mute', 'muteParticipantOperation'),
  action('call-unmute', 'unmute', 'unmuteParticipantOperation'),
  action('call-changescreensharingrole', 'changeScreenSharingRole'),
  action('call-playprompt', 'playPrompt', 'playPromptOperation'),
  action('call-record', 'recordResponse', 'recordOperation'),
  action('call-subscribetotone', 'subscribeToTone', 'subscribeToToneOperation'),
  action('call-senddtmftones', 'sendDtmfTones', 'sendDtmfTonesOperation'),
  action('call-cancelmediaprocessing', 'cancelMediaProcessing', 'cancelMediaProcessingOperation'),
  action('call-updaterecordingstatus', 'updateRecordingStatus', 'updateRecordingStatusOperation'),
  action('call-addlargegalleryview', 'addLargeGalleryView', 'addLargeGalleryViewOperation'),
  action('call-updatemetadata', 'updateMetadata'),
  effect('call-list-contentsharingsessions', 'GET', shared, 'listContentSharingSessions'),
  effect(
    'contentsharingsession-get',
    'GET',
    `${shared}/{contentSharingSessionId}`,
    'getContentSharingSession',
    'contentSharingSession',
  ),

  effect('call-list-participants', 'GET', `${call}/participants`, 'listParticipants'),
  action('participant-invite', 'invite', 'inviteParticipantsOperation', 'participants/invite'),
  action('participant-muteall', 'muteAll', undefined, 'participants/muteAll'),
  action('participant-configuremixer', 'configureMixer', undefined, 'participants/configureMixer'),
  effect('participant-get', 'GET', participant, 'getParticipant', 'participant'),
  effect('participant-delete', 'DELETE', participant, 'removeParticipant'),
  effect('participant-mute', 'POST', `${participant}/mute`, 'muteParticipant'),
  effect(
    'participant-startholdmusic',
    'POST',
    `${participant}/startHoldMusic`,
    'startHoldMusic',
    'startHoldMusicOperation',
  ),
  effect(
    'participant-stopholdmusic',
    'POST',
    `${participant}/stopHoldMusic`,
    'stopHoldMusic',
    'stopHoldMusicOperation',
  ),

  effect('call-post-audioroutinggroups', 'POST', group, 'createAudioRoutingGroup'),
  effect('call-list-audioroutinggroups', 'GET', group, 'listAudioRoutingGroups'),
  effect('audioroutinggroup-get', 'GET', `${group}/{id}`, 'getAudioRoutingGroup'),
  effect('audioroutinggroup-update', 'PATCH', `${group}/{id}`, 'updateAudioRoutingGroup'),
  effect('audioroutinggroup-delete', 'DELETE', `${group}/{id}`, 'deleteAudioRoutingGroup'),

  meeting('application-post-onlinemeetings', 'POST', meetings, 'create'),
  meeting('onlinemeeting-createorget', 'POST', `${meetings}/createOrGet`, 'createOrGet'),
  meeting('onlinemeeting-get', 'GET', `${meetings}/{meetingId}`, 'get'),
  meeting('onlinemeeting-get', 'GET', `${meetings}?JoinWebUrl`, 'findByJoinUrl'),
  meeting(
    'onlinemeeting-get',
    'GET',
    '/communications/onlineMeetings?VideoTeleconferenceId',
    'findByConferenceId',
  ),
  meeting('onlinemeeting-update', 'PATCH', `${meetings}/{meetingId}`, 'update'),
  meeting('onlinemeeting-delete', 'DELETE', `${meetings}/{meetingId}`, 'delete'),
  meeting('onlinemeeting-list-recordings', 'GET', recordings, 'listRecordings'),
  meeting('callrecording-get', 'GET', `${recordings}/{recordingId}`, 'getRecording'),
  meeting('callrecording-get', 'GET', `${recordings}/{recordingId}/content`, 'openRecording'),
]

/** A request found among the routes: what its path names. */
export type Match = {
  readonly route: Route
  readonly named: { readonly [name: string]: string }
  readonly version: string
}

/** The route of a request, or `undefined`. The deprecated alias `/app` is `/communications`. */
export function matchOf(verb: string, url: string): Match | undefined {
  const { version, segments, filter } = addressOf(url)
  for (const route of routes) {
    if (route.verb !== verb.toUpperCase()) continue
    const [path = '', filtered] = route.template.split('?')
    if (filtered?.toLowerCase() !== filter?.member.toLowerCase()) continue
    const named = namedIn(path.split('/').slice(1), segments)
    if (named)
      return { route, version, named: { ...named, ...(filter && { filter: filter.value }) } }
  }
  return undefined
}

function addressOf(url: string) {
  const { pathname, searchParams } = new URL(url, 'https://graph.microsoft.com')
  const [, version = 'v1.0', path = pathname] = /^\/(v1\.0|beta)(\/.*)$/.exec(pathname) ?? []
  const [, member, value] = /^(\w+) eq '(.*)'$/.exec(searchParams.get('$filter') ?? '') ?? []
  const segments = path
    // App-only clients speak for a user by name where examples speak for themselves.
    .replace(/^\/me\//, '/users/{user}/')
    .replace(/^\/app\//, '/communications/')
    .split('/')
    .filter((segment) => segment !== '')
    .map((segment) => decodeURIComponent(segment).replace(/^microsoft\.graph\./, ''))
  return {
    version,
    segments,
    filter: member === undefined || value === undefined ? undefined : { member, value },
  }
}

function namedIn(template: readonly string[], segments: readonly string[]) {
  if (template.length !== segments.length) return undefined
  const named: Record<string, string> = {}
  for (const [index, part] of template.entries()) {
    const segment = segments[index] ?? ''
    const name = /^\{(\w+)\}$/.exec(part)?.[1]
    if (name !== undefined) named[name] = segment
    else if (part.toLowerCase() !== segment.toLowerCase()) return undefined
  }
  return named
}

/** What a response answers when its request is not in the file: told by its type, then by its page. */
export function makerByAnswer(response: Entry): Maker | undefined {
  const type = response.odataType?.replace(/^#?microsoft\.graph\./, '')
  const page = pageOf(response).replace(/-beta$/, '')
  const ofPage = routes.filter((route) => route.page === page)
  const typed = (among: readonly Route[]) =>
    among.find(({ answers }) => answers !== undefined && answers === type)
  return (typed(ofPage) ?? typed(routes) ?? ofPage[0])?.maker
}
