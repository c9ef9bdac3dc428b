import { initiateOrMedia } from '../permissions.ts'
import { contextOnly } from '../schemas.ts'
import { Operation } from '../world/operations.ts'
import { callMethod, operationReply } from './method.ts'
import { requireGroup, requireState } from './rules.ts'

/** Mutes the bot itself in a group call. */
export const mute = callMethod({
  name: 'mute',
  verb: 'POST',
  path: '/calls/:callId/mute',
  permissions: initiateOrMedia,
  checked: 'atCreation',
  body: contextOnly,
  run: (asked) => {
    const { body, call } = asked
    requireGroup(call)
    requireState(call, 'established')
    call.self.muted = true
    call.conversation.rosterChanged()
    const operation = new Operation(
      call,
      'muteParticipantOperation',
      'completed',
      body.clientContext,
    )
    return operationReply(asked, call, operation)
  },
})
