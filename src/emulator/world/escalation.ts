/** Somebody else brings a third party into a P2P call: it becomes a group call, or the bot is dropped. */
import type { Resource } from '../notifications.ts'
import { hasAny, joinGroup } from '../permissions.ts'
import type { Call } from './call.ts'
import type { Person } from './directory.ts'
import { results } from './results.ts'

export function escalate(call: Call, by: Person | undefined): void {
  call.conversation.escalate()
  call.rosterLive = call.world.switches.escalatedRoster === 'live'
  call.coordinates = coordinatesOf(call, by)
  if (hasAny(call.app.roles, joinGroup)) call.update(call.coordinates)
  else call.end(results.removed)
}

/** What a P2P call is given when it becomes a group call. */
function coordinatesOf(call: Call, organizer: Person | undefined): Resource {
  return {
    chatInfo: {
      '@odata.type': '#microsoft.graph.chatInfo',
      threadId: `19:${call.conversation.id}@thread.v2`,
      messageId: '0',
    },
    meetingInfo: {
      '@odata.type': '#microsoft.graph.organizerMeetingInfo',
      organizer: organizer ? call.world.directory.identity(organizer) : {},
    },
  }
}
