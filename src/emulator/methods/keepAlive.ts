import { initiateOrMedia } from '../permissions.ts'
import { noBody } from '../schemas.ts'
import { callMethod } from './method.ts'

/** Shows that the bot is alive; needed at least every 45 minutes. */
export const keepAlive = callMethod({
  name: 'keepAlive',
  verb: 'POST',
  path: '/calls/:callId/keepAlive',
  permissions: initiateOrMedia,
  checked: 'atCreation',
  body: noBody,
  run: ({ call }) => {
    call.keptAlive()
    return { status: 200 }
  },
})
