import { joinGroup } from '../permissions.ts'
import { contextOnly } from '../schemas.ts'
import { Operation } from '../world/operations.ts'
import { needParticipant } from './getParticipant.ts'
import { callMethod, operationReply } from './method.ts'
import { requireGroup, requireState } from './rules.ts'

/** Mutes somebody else in a group call, at the server. */
export const muteParticipant = callMethod({
  name: 'muteParticipant',
  verb: 'POST',
  path: '/calls/:callId/participants/:participantId/mute',
  permissions: joinGroup,
  checked: 'always',
  body: contextOnly,
  run: (asked) => {
    const { body, call, params } = asked
    requireGroup(call)
    requireState(call, 'established')
    const participant = needParticipant(call, params.participantId)
    participant.serverMuted = true
    call.conversation.rosterChanged()
    const type = 'muteParticipantOperation'
    return operationReply(asked, call, new Operation(call, type, 'completed', body.clientContext))
  },
})
