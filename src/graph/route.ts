/** One notification turned into what the call hears of it, in the order in which it should hear it. */
import type { Report, RosterReport } from '../../machines/events.ts'
import type {
  Call,
  CallState,
  Json,
  Operation,
  Participant,
  ResultInfo,
} from '../../machines/words.ts'
import { callStates, changeTypes, mediaStates } from '../../machines/words.ts'
import { callOf, operationOf, resultInfoOf, toneInfoOf } from './entities.ts'
import { sameId } from './ids.ts'
import { isObject, type JsonObject } from './json.ts'
import type { Notification } from './notification.ts'
import { type KnownParticipants, participantAmong } from './people.ts'
import { withoutPrivateParts } from './privateParts.ts'
import { numberOf, wordOf } from './reading.ts'

/** An operation's notification, before the engine has found whose command it answers. */
export type OperationReport = {
  readonly type: 'operation.reported'
  readonly operation: Operation
  /** Id from the URL, else from the operation itself; absent when Graph gave neither. */
  readonly operationId?: string | undefined
}

/** What a notification brings to a call's mailbox. */
export type Incoming = Report | RosterReport | OperationReport

const nobody: KnownParticipants = () => undefined

/**
 * What the notification says: `call.updated` first, then media, then state, then the tone. Participants
 * of whom it tells nothing new are the very ones who are known.
 */
export function reportsOf(
  notification: Notification,
  known: KnownParticipants = nobody,
): readonly Incoming[] {
  switch (notification.subject) {
    case 'call':
      return callReports(notification)
    case 'participants':
      return rosterReports(notification, known)
    case 'operation':
      return [operationReport(notification)]
    case 'contentSharing':
      return contentSharingReports(notification)
    case 'participantJoining':
      return notification.resources.map(joining)
    case 'participantLeft':
      return notification.resources.map(left)
    case 'unknown':
      return [unknown(notification, notification.resources)]
  }
}

function callReports(notification: Notification): readonly Incoming[] {
  const resources = notification.resources.length > 0 ? notification.resources : [{}]
  return resources.flatMap((resource) => {
    const reports = [
      ...news(resource),
      ...mediaReports(resource),
      ...stateReports(resource, notification.changeType),
      ...toneReports(resource),
    ]
    return reports.length > 0 ? reports : [unknown(notification, [resource])]
  })
}

const TOLD_SEPARATELY = new Set(['id', 'state', 'resultInfo', 'toneInfo', 'mediaState'])

function news(resource: JsonObject): readonly Report[] {
  const isNews = Object.keys(resource).some(
    (member) => !TOLD_SEPARATELY.has(member) && !member.startsWith('@odata.'),
  )
  return isNews ? [{ type: 'call.updated', call: callOf(resource) }] : []
}

function mediaReports({ mediaState }: JsonObject): readonly Report[] {
  const audio = isObject(mediaState) ? wordOf(mediaStates, mediaState.audio) : undefined
  const known = mediaStates.find((state) => state === audio)
  return known ? [{ type: `mediaState.${known}` }] : []
}

function stateReports(resource: JsonObject, changeType: string): readonly Report[] {
  const state = stateOf(resource, changeType)
  if (state === undefined) return []
  const known = callStates.find((name) => name === state)
  if (!known) return [{ type: 'callState.unknown', state }]
  return [callState(known, resultInfoOf(resource.resultInfo))]
}

function stateOf(resource: JsonObject, changeType: string): string | undefined {
  if (changeType === 'deleted') return 'terminated'
  const state = wordOf(callStates, resource.state)
  if (state !== undefined) return state
  const rings = changeType === 'created' && wordOf(['incoming'], resource.direction) === 'incoming'
  return rings ? 'incoming' : undefined
}

function callState(state: CallState, resultInfo: ResultInfo | undefined): Report {
  return resultInfo ? { type: `callState.${state}`, resultInfo } : { type: `callState.${state}` }
}

function toneReports(resource: JsonObject): readonly Report[] {
  const toneInfo = toneInfoOf(resource.toneInfo)
  return toneInfo ? [{ type: 'tone.reported', toneInfo }] : []
}

function rosterReports(notification: Notification, known: KnownParticipants): readonly Incoming[] {
  const entries: JsonObject[] = []
  const deltas: Incoming[] = []
  for (const resource of notification.resources) {
    const { participants, sequenceNumber } = resource
    if (!Array.isArray(participants)) entries.push(resource)
    else
      deltas.push(
        ...deltaRoster(
          notification,
          known,
          participants.filter(isObject),
          numberOf(sequenceNumber),
        ),
      )
  }
  if (deltas.length === 0) return roster(notification, known, entries, 'full')
  // Beside changes, a list of participants is not known to be all of them.
  return entries.length === 0
    ? deltas
    : [...deltas, ...roster(notification, known, entries, 'delta')]
}

function deltaRoster(
  notification: Notification,
  known: KnownParticipants,
  entries: readonly JsonObject[],
  sequenceNumber: number | undefined,
): readonly Incoming[] {
  const reports = roster(notification, known, entries, 'delta')
  return sequenceNumber === undefined
    ? reports
    : reports.map((report) =>
        report.type === 'roster.reported' ? { ...report, sequenceNumber } : report,
      )
}

function roster(
  notification: Notification,
  known: KnownParticipants,
  entries: readonly JsonObject[],
  kind: RosterReport['kind'],
): readonly Incoming[] {
  const participants: Participant[] = []
  const nameless: JsonObject[] = []
  for (const entry of entries) {
    const participant = participantAmong(known, entry)
    if (participant) participants.push(participant)
    else nameless.push(entry)
  }
  // Who is absent cannot be told from a roster with nameless entries, nor from one with none at all.
  const saysWhoIsAbsent = nameless.length === 0 && participants.length > 0
  return [
    { type: 'roster.reported', kind: saysWhoIsAbsent ? kind : 'delta', participants },
    ...(nameless.length > 0 ? [unknown(notification, nameless)] : []),
  ]
}

function operationReport({ changeType, resources, subjectId }: Notification): OperationReport {
  const operation = operationOf(
    resources[0] ?? {},
    changeType === 'deleted' ? 'completed' : 'running',
  )
  const operationId = subjectId ?? operation.id
  return operationId === undefined
    ? { type: 'operation.reported', operation }
    : { type: 'operation.reported', operation, operationId }
}

function contentSharingReports(notification: Notification): readonly Report[] {
  const { resources, subjectId } = notification
  const changeType = changeTypes.find((known) => known === notification.changeType)
  if (!changeType) return [unknown(notification, resources)]
  const named = resources.map(({ id }) => id).filter((id) => typeof id === 'string')
  const ids = [...named, ...(subjectId === undefined ? [] : [subjectId])].map(sameId)
  return [{ type: 'contentSharing.reported', changeType, ids: [...new Set(ids)] }]
}

function joining(resource: JsonObject): Report {
  return { type: 'participant.joining', ...toldOf(resource) }
}

function left(resource: JsonObject): Report {
  const { participantId } = resource
  const who = typeof participantId === 'string' ? { participantId: sameId(participantId) } : {}
  return { type: 'recordedParticipant.left', ...who, ...toldOf(resource) }
}

/** What both notifications of policy-based recording tell. */
function toldOf({ id, call }: JsonObject): {
  readonly notificationId?: string
  readonly call: Call
} {
  const told = callOf(isObject(call) ? call : {})
  return typeof id === 'string' ? { notificationId: id, call: told } : { call: told }
}

function unknown(notification: Notification, resources: readonly JsonObject[]): Report {
  const [only] = resources
  const resource: Json = resources.length === 1 && only ? only : resources
  return {
    type: 'notification.unknown',
    resourceUrl: notification.resourceUrl,
    changeType: notification.changeType,
    resource: withoutPrivateParts(resource),
  }
}
