/** A webhook body read into notifications: strict about structure, lenient about content. */
import { changeTypes, type Json } from '../../machines/words.ts'
import { pathId } from './ids.ts'
import { isList, isObject, type JsonObject, jsonOf, TooDeepError } from './json.ts'
import type { Notification, Subject } from './notification.ts'
import { wordOf } from './reading.ts'

/** An item that is no notification: its place in the body's `value`, and why. */
export type RefusedItem = { readonly index: number; readonly reason: string }

export type ParsedBody = {
  readonly notifications: readonly Notification[]
  readonly refused: readonly RefusedItem[]
}

const MOST_ITEMS = 1_000
const MOST_RESOURCES = 10_000

class NoNotificationError extends Error {}

/** Reads Graph's `commsNotifications`; one bad item never costs the others; never throws. */
export function parseNotifications(body: unknown): ParsedBody {
  const items = itemsOf(body)
  if (!items)
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

/** No example of a joining notification is published: it may come in `value` or as the whole body. */
function itemsOf(body: unknown): readonly unknown[] | undefined {
  if (typeof body !== 'object' || body === null) return undefined
  if ('value' in body && Array.isArray(body.value)) return body.value
  return '@odata.type' in body && recordingSubject(body['@odata.type']) ? [body] : undefined
}

function reasonOf(error: unknown): string {
  if (error instanceof NoNotificationError) return error.message
  if (error instanceof TooDeepError) return 'The item is nested too deeply.'
  throw error
}

function notificationOf(item: Json): Notification {
  if (!isObject(item)) throw new NoNotificationError('The item is not an object.')
  const bare = recordingSubject(item['@odata.type'])
  if (bare) return bareNotification(item, bare)
  const changeType = wordOf(changeTypes, item.changeType)
  if (changeType === undefined) throw new NoNotificationError('The item has no "changeType".')
  const resourceUrl = item.resourceUrl ?? item.resource
  if (typeof resourceUrl !== 'string')
    throw new NoNotificationError('The item has no "resourceUrl".')
  const resources = resourcesOf(item.resourceData)
  return { changeType, resourceUrl, resources, ...addressOf(resourceUrl, resources) }
}

function resourcesOf(resource: Json | undefined): readonly JsonObject[] {
  if (resource === undefined || resource === null) return []
  const list = isList(resource) ? resource : [resource]
  if (list.length > MOST_RESOURCES)
    throw new NoNotificationError(`"resourceData" has more than ${MOST_RESOURCES} entries.`)
  if (!list.every(isObject))
    throw new NoNotificationError('"resourceData" holds more than objects.')
  return list
}

type Address = Pick<Notification, 'callId' | 'subject' | 'subjectId'>

function addressOf(resourceUrl: string, resources: readonly JsonObject[]): Address {
  const [, rest] = /^\/?(?:communications|app)\/calls\/(.*)$/i.exec(resourceUrl) ?? []
  if (rest === undefined)
    throw new NoNotificationError('"resourceUrl" is not below /communications/calls/.')
  const [id = '', ...tail] = rest.replace(/\/$/, '').split('/')
  const callId = pathId(id)
  if (callId === undefined) throw new NoNotificationError('"resourceUrl" names no valid call id.')
  const type = resources[0]?.['@odata.type']
  const subject = recordingSubject(type) ?? subjectOf(tail, type)
  const subjectId = tail[1] === 'participants' ? undefined : pathId(tail[1] ?? '')
  return subjectId === undefined ? { callId, subject } : { callId, subject, subjectId }
}

function subjectOf(tail: readonly string[], type: Json | undefined): Subject {
  const typed = (ending: RegExp) => typeof type === 'string' && ending.test(type)
  switch (tail.map((segment, depth) => (depth === 0 ? segment.toLowerCase() : '*')).join('/')) {
    case '':
      // A notification that Graph sends as an entity of its own is about a call, not one.
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

type RecordingSubject = 'participantJoining' | 'participantLeft'

/** What policy-based recording tells by an entity of its own, wherever that entity is found. */
function recordingSubject(type: unknown): RecordingSubject | undefined {
  if (typeof type !== 'string') return undefined
  const [, told] = /\.participant(Joining|Left)Notification$/i.exec(type) ?? []
  if (told === undefined) return undefined
  return told.toLowerCase() === 'left' ? 'participantLeft' : 'participantJoining'
}

/** The entity without the envelope of a notification: its call says which call it is for. */
function bareNotification(item: JsonObject, subject: RecordingSubject): Notification {
  const call = isObject(item.call) ? item.call : {}
  const url = item.resourceUrl ?? item.resource ?? call['@odata.id']
  const resourceUrl =
    typeof url === 'string' || typeof call.id !== 'string'
      ? url
      : `/communications/calls/${call.id}`
  if (typeof resourceUrl !== 'string') throw new NoNotificationError('The item names no call.')
  const changeType = subject === 'participantLeft' ? 'deleted' : 'created'
  return { changeType, resourceUrl, resources: [item], ...addressOf(resourceUrl, [item]) }
}
