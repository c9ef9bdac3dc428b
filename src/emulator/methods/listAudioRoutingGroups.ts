import { routing } from '../permissions.ts'
import { noBody } from '../schemas.ts'
import { routingGroupResource } from '../world/audioRouting.ts'
import { callMethod } from './method.ts'

/** Lists a call's audio routing groups. */
export const listAudioRoutingGroups = callMethod({
  name: 'listAudioRoutingGroups',
  verb: 'GET',
  path: '/calls/:callId/audioRoutingGroups',
  permissions: routing,
  checked: 'always',
  body: noBody,
  run: ({ call }) => {
    const value = [...call.conversation.routingGroups.values()].map(routingGroupResource)
    return { status: 200, body: { value } }
  },
})
