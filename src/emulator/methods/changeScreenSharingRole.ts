import { z } from 'zod'
import { accessMedia } from '../permissions.ts'
import { anyCase } from '../schemas.ts'
import { setSharing } from '../world/contentSharing.ts'
import { callMethod } from './method.ts'
import { requireAppHosted, requireGroup, requireState } from './rules.ts'

/** Starts or stops the bot's screen share in a group call with app-hosted media. */
export const changeScreenSharingRole = callMethod({
  name: 'changeScreenSharingRole',
  verb: 'POST',
  path: '/calls/:callId/changeScreenSharingRole',
  permissions: accessMedia,
  checked: 'always',
  body: z.looseObject({ role: anyCase(['viewer', 'sharer']) }),
  run: ({ body, call }) => {
    requireGroup(call)
    requireAppHosted(call)
    requireState(call, 'established')
    setSharing(call.conversation, call.self, body.role === 'sharer')
    return { status: 202 }
  },
})
