import { initiateOrMedia } from '../permissions.ts'
import { noBody } from '../schemas.ts'
import { callMethod } from './method.ts'

/** Ends the bot's call; in a group only its own leg. */
export const hangUp = callMethod({
  name: 'hangUp',
  verb: 'DELETE',
  path: '/calls/:callId',
  permissions: initiateOrMedia,
  checked: 'atCreation',
  body: noBody,
  run: ({ call }) => {
    call.become('terminating')
    call.end(call.world.switches.hungUpResult)
    return { status: 204 }
  },
})
