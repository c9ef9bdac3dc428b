import { z } from 'zod'
import type { Permission } from '../permissions.ts'
import { anyCase, clientContext } from '../schemas.ts'
import { Operation } from '../world/operations.ts'
import { callMethod, operationReply } from './method.ts'
import { requireState } from './rules.ts'

const permissions: readonly Permission[] = ['Calls.AccessMedia.All', 'Calls.JoinGroupCall.All']

/** Shows everyone in the call whether the bot records. */
export const updateRecordingStatus = callMethod({
  name: 'updateRecordingStatus',
  verb: 'POST',
  path: '/calls/:callId/updateRecordingStatus',
  permissions,
  checked: 'always',
  body: z.looseObject({ status: anyCase(['notRecording', 'recording', 'failed']), clientContext }),
  run: (asked) => {
    const { body, call } = asked
    requireState(call, 'established')
    call.self.recordingStatus = body.status
    const type = 'updateRecordingStatusOperation'
    return operationReply(asked, call, new Operation(call, type, 'completed', body.clientContext))
  },
})
