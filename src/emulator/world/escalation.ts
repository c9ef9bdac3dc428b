/** Somebody else brings a third party into a P2P call: it becomes a group call, or the bot is dropped. */
import { EmulatorError } from '../errors.ts'
import type { Resource } from '../notifications.ts'
import { hasAny, joinGroup } from '../permissions.ts'
import type { Call } from './call.ts'
import type { Person } from './directory.ts'
import type { Participant } from './participants.ts'
import { results } from './results.ts'
import { ring } from './ringing.ts'

export function escalate(call: Call, by: Person | undefined): void {
  call.conversation.escalate()
  call.rosterLive = call.world.switches.escalatedRoster === 'live'
  call.coordinates = coordinatesOf(call, by)
  if (hasAny(call.app.roles, joinGroup)) call.update(call.coordinates)
  else call.end(results.removed)
}

/** One of the two rings a third up; whether they come is theirs to say, the call is a group call meanwhile. */
export function addByOther(call: Call, adding: Participant, added: Person): void {
  const { conversation, world } = call
  if (conversation.multiparty || conversation.find(added)) throw cannotEscalate(call, added)
  escalate(call, adding.person)
  const target = world.directory.identity(added)
  ring(world, adding.identity, { target }, (outcome) => {
    const isAwaited = conversation.participants.has(adding.id) && !conversation.find(added)
    if (outcome === 'answered' && isAwaited) conversation.join(added)
  })
}

function cannotEscalate(
  { conversation, id }: Call,
  { address, id: addedId }: Person,
): EmulatorError {
  return new EmulatorError({
    code: 'escalation.none',
    what: conversation.multiparty
      ? `Call ${id} is a group call already.`
      : `${address ?? addedId} is in call ${id} already.`,
    fix: 'Name somebody who is not in a call of two; a group call is joined.',
  })
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
