import { z } from 'zod'
import { anyCase, callbackUri } from '../schemas.ts'
import { callMethod } from './method.ts'
import { requireState } from './rules.ts'

/** Refuses an incoming call. */
export const reject = callMethod({
  name: 'reject',
  verb: 'POST',
  path: '/calls/:callId/reject',
  permissions: [],
  checked: 'always',
  body: z.looseObject({
    reason: anyCase(['none', 'busy', 'forbidden']).nullish(),
    callbackUri: callbackUri.nullish(),
  }),
  run: ({ body, call }) => {
    requireState(call, 'incoming')
    call.callbackUri = body.callbackUri ?? call.callbackUri
    call.endRejected()
    return { status: 202 }
  },
})
