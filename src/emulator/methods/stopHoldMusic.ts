import { joinGroup } from '../permissions.ts'
import { contextOnly } from '../schemas.ts'
import { Operation } from '../world/operations.ts'
import { needParticipant } from './getParticipant.ts'
import { callMethod, operationReply } from './method.ts'
import { requireState } from './rules.ts'

/** Brings a participant back from hold: accepted with 202, and completed at once all the same. */
export const stopHoldMusic = callMethod({
  name: 'stopHoldMusic',
  verb: 'POST',
  path: '/calls/:callId/participants/:participantId/stopHoldMusic',
  permissions: joinGroup,
  checked: 'always',
  body: contextOnly,
  run: (asked) => {
    const { body, call, params } = asked
    requireState(call, 'established')
    const participant = needParticipant(call, params.participantId)
    participant.onHold = false
    call.conversation.rosterChanged()
    const type = 'stopHoldMusicOperation'
    const operation = new Operation(call, type, 'completed', body.clientContext)
    return operationReply(asked, call, operation, 202)
  },
})
