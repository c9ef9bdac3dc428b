/** A webhook body read into notifications: strict about structure, lenient about content. */
import type { Json } from '../../machines/words.ts'
import { wordOf } from './entities.ts'
import { pathId } from './ids.ts'
import { isObject, type JsonObject, jsonOf, TooDeepError } from './json.ts'
import type { Notification, Subject } from './notification.ts'

/** An item that is no notification: its place in the body's `value`, and why. */
export type RefusedItem = { readonly index: number; readonly reason: string }

export type ParsedBody = {
  readonly notifications: readonly Notification[]
  readonly refused: readonly RefusedItem[]
}

export const MOST_ITEMS = 1_000
export const MOST_RESOURCES = 10_000

class NoNotificationError extends Error {}

/** Reads Graph's `commsNotifications`; one bad item never costs the others; never throws. */
export function parseNotifications(body: unknown): ParsedBody {
  const items =
    typeof body === 'object' && body !== null && 'value' in body ? body.value : undefined
  if (!Array.isArray(items))
    return { notifications: [], refused: [{ index: 0, reason: 'The body has no list "value".' }] }

  const notifications: Notification[] = []
  const refused: RefusedItem[] = []
  for (const [index, item] of items.slice(0, MOST_ITEMS).entries()) {
    try {
      notifications.push(notificationOf(jsonOf(item)))
    } catch (error) {
      refused.push({ index, reason: reasonOf(error) })
    }
  }
  if (items.length > MOST_ITEMS) {
    const reason = `Items ${MOST_ITEMS} to ${items.length - 1} are over the limit of ${MOST_ITEMS} a body.`
    refused.push({ index: MOST_ITEMS, reason })
  }
  return { notifications, refused }
}

function reasonOf(error: unknown): string {
  if (error instanceof NoNotificationError) return error.message
  if (error instanceof TooDeepError) return 'The item is nested too deeply.'
  throw error
}

function notificationOf(item: Json): Notification {
  if (!isObject(item)) throw new NoNotificationError('The item is not an object.')
  const changeType = wordOf(['created', 'updated', 'deleted'], item.changeType)
  if (changeType === undefined) throw new NoNotificationError('The item has no "changeType".')
  const resourceUrl = item.resourceUrl ?? item.resource
  if (typeof resourceUrl !== 'string')
    throw new NoNotificationError('The item has no "resourceUrl".')
  const resources = resourcesOf(item.resourceData)
  return { changeType, resourceUrl, resources, ...addressOf(resourceUrl, resources) }
}

function resourcesOf(resource: Json | undefined): readonly JsonObject[] {
  const list = resource === undefined || resource === null ? [] : [resource].flat()
  if (list.length > MOST_RESOURCES)
    throw new NoNotificationError(`"resourceData" has more than ${MOST_RESOURCES} entries.`)
  return list.map((entry) => {
    if (!isObject(entry)) throw new NoNotificationError('"resourceData" holds more than objects.')
    return entry
  })
}

type Address = Pick<Notification, 'callId' | 'subject' | 'subjectId'>

function addressOf(resourceUrl: string, resources: readonly JsonObject[]): Address {
  const [, rest] = /^\/?(?:communications|app)\/calls\/(.*)$/i.exec(resourceUrl) ?? []
  if (rest === undefined)
    throw new NoNotificationError('"resourceUrl" is not below /communications/calls/.')
  const [id = '', ...tail] = rest.replace(/\/$/, '').split('/')
  const callId = pathId(id)
  if (callId === undefined) throw new NoNotificationError('"resourceUrl" names no valid call id.')
  const subject = subjectOf(tail, resources[0]?.['@odata.type'])
  const subjectId = tail[1] === 'participants' ? undefined : pathId(tail[1] ?? '')
  return subjectId === undefined ? { callId, subject } : { callId, subject, subjectId }
}

function subjectOf(tail: readonly string[], type: Json | undefined): Subject {
  const typed = (ending: RegExp) => typeof type === 'string' && ending.test(type)
  switch (tail.map((segment, depth) => (depth === 0 ? segment.toLowerCase() : '*')).join('/')) {
    case '':
      // participantJoiningNotification and participantLeftNotification are about a call, not one.
      return typed(/Notification$/i) ? 'unknown' : 'call'
    case 'participants':
      return 'participants'
    case 'operations':
      return 'operation'
    case 'operations/*':
      // Documented once: a roster sent to /operations/participants.
      return typed(/\.participant$/i) ? 'participants' : 'operation'
    case 'contentsharingsessions':
    case 'contentsharingsessions/*':
      return 'contentSharing'
    default:
      return 'unknown'
  }
}
