import { accessMedia } from '../permissions.ts'
import { contextOnly } from '../schemas.ts'
import { Operation } from '../world/operations.ts'
import { callMethod, operationReply } from './method.ts'
import { requireServiceHosted, requireState } from './rules.ts'

/** From now on the bot is told of each key the caller presses. */
export const subscribeToTone = callMethod({
  name: 'subscribeToTone',
  verb: 'POST',
  path: '/calls/:callId/subscribeToTone',
  permissions: accessMedia,
  checked: 'always',
  body: contextOnly,
  run: (asked) => {
    const { body, call } = asked
    requireState(call, 'established')
    requireServiceHosted(call)
    call.tonesSubscribed = true
    const operation = new Operation(
      call,
      'subscribeToToneOperation',
      'completed',
      body.clientContext,
    )
    return operationReply(asked, call, operation)
  },
})
