/** Policy-based recording: what the HTTP response of a joining notification says. */
import { isJoinEffect } from '../../machines/effects.ts'
import { joiningResponse } from '../graph/index.ts'
import type { JsonObject } from '../graph/json.ts'
import type { Notification } from '../graph/notification.ts'
import type { Command } from './turn.ts'

/**
 * The response a notification is owed: what the chart asked for, or, where it asked for nothing, that the
 * joining participant is accepted, since the call was answered with room for them.
 */
export function responseTo(
  notification: Notification,
  responses: readonly Command[],
): { readonly response?: JsonObject } {
  if (notification.subject !== 'participantJoining') return {}
  const [asked] = responses
  const effect = asked && isJoinEffect(asked.effect) ? asked.effect : 'acceptJoin'
  return { response: joiningResponse(effect, asked?.params) }
}
