import { initiateOrMedia } from '../permissions.ts'
import { contextOnly } from '../schemas.ts'
import { Operation } from '../world/operations.ts'
import { callMethod, operationReply } from './method.ts'
import { requireServiceHosted, requireState } from './rules.ts'

/** Cancels what plays, records or waits to; the subscription to tones stays. */
export const cancelMediaProcessing = callMethod({
  name: 'cancelMediaProcessing',
  verb: 'POST',
  path: '/calls/:callId/cancelMediaProcessing',
  permissions: initiateOrMedia,
  checked: 'atCreation',
  body: contextOnly,
  run: (asked) => {
    const { body, call } = asked
    requireState(call, 'established')
    requireServiceHosted(call)
    call.media.cancelAll()
    for (const sending of call.dtmf) sending.cancel()
    const type = 'cancelMediaProcessingOperation'
    return operationReply(asked, call, new Operation(call, type, 'completed', body.clientContext))
  },
})
