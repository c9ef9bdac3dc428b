/** Policy-based recording: what the HTTP response of a joining notification says, however often Graph tells it. */
import { isJoinEffect } from '../../machines/effects.ts'
import { joiningResponse } from '../graph/index.ts'
import type { JsonObject } from '../graph/json.ts'
import type { Notification } from '../graph/notification.ts'
import type { Change } from './change.ts'
import type { CallChartEvent, Command } from './turn.ts'

/** What the latest joinings were answered with, by the id of their notification. */
export type Joinings = ReadonlyMap<string, JsonObject>

export const noJoinings: Joinings = new Map()

/** Whose answers a call remembers: Graph repeats what it told a moment ago, not an hour. */
const JOININGS_LIMIT = 100

export function encodeJoinings(joinings: Joinings): string {
  return JSON.stringify(Object.fromEntries(joinings))
}

export function decodeJoinings(stored: string): Joinings {
  return new Map(Object.entries<JsonObject>(JSON.parse(stored)))
}

/** The answers that are remembered after a turn. */
export function joiningsAfter(
  joinings: Joinings,
  event: CallChartEvent,
  commands: readonly Command[],
): Joinings {
  const id = idOf(event)
  const answer = id === undefined ? undefined : replayedAnswer(commands)
  if (id === undefined || !answer) return joinings
  return new Map([...joinings, [id, answer] as const].slice(-JOININGS_LIMIT))
}

/** A journal of a former version may hold a turn whose answer Graph would not take. */
function replayedAnswer(commands: readonly Command[]): JsonObject | undefined {
  try {
    return answerIn(commands)
  } catch {
    return undefined
  }
}

/** Whether the event is a joining that was answered already: it is not heard again. */
export function isAnswered(joinings: Joinings, event: CallChartEvent): boolean {
  const id = idOf(event)
  return id !== undefined && joinings.has(id)
}

function idOf(event: CallChartEvent): string | undefined {
  if (event.type !== 'participant.joining' || !('notificationId' in event)) return undefined
  return typeof event.notificationId === 'string' ? event.notificationId : undefined
}

/**
 * What a turn answers: what the chart asked for, or, where it asked for nothing, that the joining participant
 * is accepted, since the call was answered with room for them. Throws `EffectError` where a parameter is wrong.
 */
export function answerIn(commands: readonly Command[]): JsonObject {
  for (const { effect, params } of commands) {
    if (isJoinEffect(effect)) return joiningResponse(effect, params)
  }
  return joiningResponse('acceptJoin', {})
}

/** What hearing a notification has asked for, and whether something of it was put aside. */
export type Asking = { readonly responses: readonly Command[]; readonly hasThrown: boolean }

/** What is asked for while something is heard. */
export function askedIn(change: Change, hear: () => void): Asking {
  const [responses, quarantined] = [change.responses.length, change.quarantined.length]
  hear()
  return {
    responses: change.responses.slice(responses),
    hasThrown: change.quarantined.length > quarantined,
  }
}

/**
 * The response a notification is owed. Whoever joins while the chart throws is not taken in: it does not know
 * of them, and records nobody it does not know of.
 */
export function responseTo(
  { subject, resources }: Notification,
  joinings: Joinings,
  { responses, hasThrown }: Asking,
): { readonly response?: JsonObject } {
  if (subject !== 'participantJoining') return {}
  const id = resources[0]?.id
  const known = typeof id === 'string' ? joinings.get(id) : undefined
  if (known) return { response: known }
  return { response: hasThrown ? joiningResponse('rejectJoin', {}) : answerIn(responses) }
}
