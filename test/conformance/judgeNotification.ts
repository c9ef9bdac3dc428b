/** A documented notification is understood when it is parsed to the right events and a call takes them. */
import { callChart, callSetup } from '../../machines/index.ts'
import { changeOf } from '../../machines/roster.ts'
import type { Json } from '../../machines/words.ts'
import { type Chart, loadChart } from '../../src/engine/chart.ts'
import type { Group } from '../../src/engine/group.ts'
import { operationOutcome } from '../../src/engine/settlement.ts'
import { startTurn, takeTurn } from '../../src/engine/turn.ts'
import { callOf } from '../../src/graph/entities.ts'
import { sameId } from '../../src/graph/ids.ts'
import { isObject, type JsonObject, jsonOf } from '../../src/graph/json.ts'
import type { Notification } from '../../src/graph/notification.ts'
import { parseNotifications } from '../../src/graph/parse.ts'
import { type Incoming, reportsOf } from '../../src/graph/route.ts'
import { lost } from './compare.ts'
import { type Entry, fails, passes, type Verdict } from './entry.ts'
import { routes } from './routes.ts'

const chart: Chart = loadChart(
  callSetup.createMachine(
    callChart({
      id: 'conformance',
      version: '1',
      scenario: callSetup.createStateConfig({ initial: 'idle', states: { idle: {} } }),
    }),
  ),
)

export function judgeNotification({ body }: Entry): Verdict {
  const { notifications, refused } = parseNotifications(body)
  const [refusal] = refused
  if (refusal) return fails(`refused: ${refusal.reason}`)
  if (notifications.length === 0) return fails('no notification was found in it')
  const items = itemsIn(body)
  const verdicts = notifications.map((notification, index) =>
    judgeItem(notification, items[index] ?? {}),
  )
  return (
    verdicts.find(({ passed }) => !passed) ??
    passes(verdicts.map(({ reason }) => reason).join('; '))
  )
}

function itemsIn(body: Json | undefined): readonly JsonObject[] {
  if (!isObject(body)) return []
  return Array.isArray(body.value) ? body.value.filter(isObject) : [body]
}

function judgeItem(notification: Notification, item: JsonObject): Verdict {
  const heard = reportsOf(notification)
  const types = heard.map(({ type }) => type)
  const expected = expectedTypes(item)
  const missing = expected.find((type) => !types.some((each) => each === type))
  if (missing !== undefined) return fails(`heard ${types.join(', ')}, expected ${missing}`)
  const other = types.find((type) => !expected.includes(type))
  if (other !== undefined) return fails(`heard ${other}, expected ${expected.join(', ')}`)
  const named = callIdIn(item)
  if (named !== notification.callId)
    return fails(`it is for call ${named}, taken for ${notification.callId}`)
  const gone = resourcesIn(item)
    .map((resource) => lostOf(resource, heard))
    .find((loss) => loss !== undefined)
  if (gone !== undefined) return fails(gone)
  try {
    apply(notification, heard)
  } catch (error) {
    return fails(`the chart threw: ${String(error)}`)
  }
  return passes(types.join(', '))
}

function callIdIn(item: JsonObject): string | undefined {
  const url = String(item.resourceUrl ?? item.resource ?? '')
  const [, id] = /calls\/([^/]+)/.exec(url) ?? []
  const call = isObject(item.call) ? item.call : {}
  return id === undefined && typeof call.id === 'string' ? sameId(call.id) : id && sameId(id)
}

/** From the facts' tables alone: what each kind of resource, its state and the change type mean. */
function expectedTypes(item: JsonObject): readonly string[] {
  const resources = resourcesIn(item)
  const url = String(item.resourceUrl ?? item.resource ?? '').toLowerCase()
  const types = resources.flatMap((resource) => expectedOf(resource, item, url))
  if (types.length > 0) return [...new Set(types)]
  return url.includes('/contentsharingsessions')
    ? ['contentSharing.reported']
    : ['callState.terminated']
}

function expectedOf(resource: JsonObject, item: JsonObject, url: string): readonly string[] {
  const type = typeOf(resource)
  // Without an id nobody can tell which participant it is: kept, and told as unknown.
  if (type === 'participant' && !resource.id) return ['roster.reported', 'notification.unknown']
  if (type === 'participant' || type === 'deltaParticipants') return ['roster.reported']
  if (type === 'participantJoiningNotification') return ['participant.joining']
  if (type === 'participantLeftNotification') return ['recordedParticipant.left']
  if (type === 'contentSharingSession') return ['contentSharing.reported']
  if (/operation$/i.test(type)) return ['operation.reported']
  if (type === '' && url.includes('/operations/')) return ['operation.reported']
  if (type === '' && url.endsWith('/participants')) return ['roster.reported']
  if (type === '' && url.includes('/contentsharingsessions')) return ['contentSharing.reported']
  return expectedOfCall(resource, String(item.changeType))
}

function typeOf(resource: JsonObject): string {
  return String(resource['@odata.type'] ?? '').replace(/^#?microsoft\.graph\./, '')
}

const toldByStateAlone = ['id', 'state', 'resultInfo', 'toneInfo', 'mediaState']

function expectedOfCall(resource: JsonObject, changeType: string): readonly string[] {
  const { state, direction, toneInfo, mediaState } = resource
  const isNews = Object.keys(resource).some(
    (member) => !toldByStateAlone.includes(member) && !member.startsWith('@'),
  )
  const rings = changeType === 'created' && direction === 'incoming'
  const word = changeType === 'deleted' ? 'terminated' : (state ?? (rings ? 'incoming' : undefined))
  return [
    ...(isNews ? ['call.updated'] : []),
    ...(isObject(mediaState) ? [`mediaState.${mediaState.audio}`] : []),
    ...(word === undefined
      ? []
      : [`callState.${String(word).charAt(0).toLowerCase()}${String(word).slice(1)}`]),
    ...(isObject(toneInfo) ? ['tone.reported'] : []),
  ]
}

function resourcesIn(item: JsonObject): readonly JsonObject[] {
  const { resourceData } = item
  if (resourceData === undefined && isObject(item.call)) return [item]
  return [resourceData ?? null].flat().filter(isObject)
}

/** What of a resource none of the events carries; a call's id is in the URL already. */
function lostOf(resource: JsonObject, heard: readonly Incoming[]): string | undefined {
  const parts = heard.flatMap(partsOf)
  const losses = Object.entries(resource)
    .filter(
      ([member]) => !member.startsWith('@') && !(member === 'id' && typeOf(resource) === 'call'),
    )
    .map(([member, value]) => lostMember(member, value, parts))
  return losses.find((loss) => loss !== undefined)
}

function lostMember(member: string, value: Json | undefined, parts: readonly JsonObject[]) {
  // A media state is the word in its event's type, as a call's state is.
  if (member === 'mediaState' || member === 'state') return undefined
  const losses = parts.map((part) => lost({ [member]: value ?? null }, part, 'resourceData'))
  return losses.some((loss) => loss === undefined) ? undefined : (losses[0] ?? 'it was lost')
}

/** What a report holds of its resource: itself, or the entity or entities it carries. */
function partsOf(report: Incoming): readonly JsonObject[] {
  const told = jsonOf(report)
  if (!isObject(told)) return []
  const { call, operation, resource, participants, ids, notificationId } = told
  const identified = [ids ?? [], notificationId ?? []].flat().map((id) => ({ id }))
  const carried = [call, operation, resource ?? [], participants ?? []].flat()
  return [told, ...carried, ...identified].filter(isObject)
}

/** Lets a call hear the reports as the engine would. Throws what the chart throws. */
function apply(notification: Notification, heard: readonly Incoming[]): void {
  const [resource = {}] = notification.resources
  const rings = notification.changeType === 'created' && notification.subject === 'call'
  const input = {
    key: 'conformance',
    direction: rings ? 'incoming' : 'outgoing',
    ...(rings && { call: callOf(resource) }),
  } as const
  let { group } = startTurn(chart, { type: 'call.started', input })
  for (const report of heard) group = hear(group, report)
}

function hear(group: Group, report: Incoming): Group {
  if (report.type === 'roster.reported') {
    const change = changeOf(group.roster, report)
    return change ? takeTurn(chart, group, change).group : group
  }
  if (report.type !== 'operation.reported') return takeTurn(chart, group, report).group
  const events = operationOutcome(
    effectOf(report.operation['@odata.type']),
    'c1',
    report.operation,
  ).events
  return events.reduce((heard, event) => takeTurn(chart, heard, event).group, group)
}

/** The effect whose operation has this type; Graph's plain commsOperation is a mixer's. */
function effectOf(type: string | undefined) {
  const name = type?.replace(/^#?microsoft\.graph\./, '')
  const maker = routes.find(({ answers }) => answers !== undefined && answers === name)?.maker
  return maker?.kind === 'effect' ? maker.effect : 'configureMixer'
}
