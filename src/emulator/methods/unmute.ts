import { initiateOrMedia } from '../permissions.ts'
import { contextOnly } from '../schemas.ts'
import { Operation } from '../world/operations.ts'
import { callMethod, operationReply } from './method.ts'
import { requireGroup, requireState } from './rules.ts'

/** Unmutes the bot itself in a group call. */
export const unmute = callMethod({
  name: 'unmute',
  verb: 'POST',
  path: '/calls/:callId/unmute',
  permissions: initiateOrMedia,
  checked: 'atCreation',
  body: contextOnly,
  run: (asked) => {
    const { body, call } = asked
    requireGroup(call)
    requireState(call, 'established')
    call.self.muted = false
    // A server unmute, as the page says: it also undoes somebody's muting of this participant.
    call.self.serverMuted = false
    call.conversation.rosterChanged()
    const operation = new Operation(
      call,
      'unmuteParticipantOperation',
      'completed',
      body.clientContext,
    )
    return operationReply(asked, call, operation)
  },
})
