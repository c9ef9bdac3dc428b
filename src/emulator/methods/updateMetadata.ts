import { z } from 'zod'
import { groupCall } from '../permissions.ts'
import { clientContext } from '../schemas.ts'
import { Operation } from '../world/operations.ts'
import { callMethod, operationReply } from './method.ts'
import { requireState } from './rules.ts'

/** Beta: changes the metadata that the bot shows of itself in the roster. */
export const updateMetadata = callMethod({
  name: 'updateMetadata',
  verb: 'POST',
  path: '/calls/:callId/updateMetadata',
  betaOnly: true,
  permissions: groupCall,
  checked: 'always',
  body: z.looseObject({ metadata: z.string().nullish(), clientContext }),
  run: (asked) => {
    const { body, call } = asked
    requireState(call, 'established')
    call.self.metadata = body.metadata ?? undefined
    call.conversation.rosterChanged()
    const operation = new Operation(call, 'commsOperation', 'completed', body.clientContext)
    return operationReply(asked, call, operation)
  },
})
