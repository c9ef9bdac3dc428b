import { routing } from '../permissions.ts'
import { noBody } from '../schemas.ts'
import { needRoutingGroup } from './getAudioRoutingGroup.ts'
import { callMethod } from './method.ts'

/** Takes an audio routing group away. */
export const deleteAudioRoutingGroup = callMethod({
  name: 'deleteAudioRoutingGroup',
  verb: 'DELETE',
  path: '/calls/:callId/audioRoutingGroups/:groupId',
  permissions: routing,
  checked: 'always',
  body: noBody,
  run: ({ call, params }) => {
    const { id } = needRoutingGroup(call, params.groupId)
    call.conversation.routingGroups.delete(id)
    return { status: 204 }
  },
})
