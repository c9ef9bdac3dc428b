import { z } from 'zod'
import { routing } from '../permissions.ts'
import { anyCase } from '../schemas.ts'
import { putRoutingGroup } from '../world/audioRouting.ts'
import { needRoutingGroup } from './getAudioRoutingGroup.ts'
import { callMethod } from './method.ts'

/** Changes the mode, sources or receivers of an audio routing group. */
export const updateAudioRoutingGroup = callMethod({
  name: 'updateAudioRoutingGroup',
  verb: 'PATCH',
  path: '/calls/:callId/audioRoutingGroups/:groupId',
  permissions: routing,
  checked: 'always',
  body: z.looseObject({
    routingMode: anyCase(['oneToOne', 'multicast']).optional(),
    sources: z.array(z.string()).min(1).optional(),
    receivers: z.array(z.string()).min(1).optional(),
  }),
  run: ({ body, call, params }) => {
    const before = needRoutingGroup(call, params.groupId)
    const group = {
      id: before.id,
      routingMode: body.routingMode ?? before.routingMode,
      sources: body.sources ?? before.sources,
      receivers: body.receivers ?? before.receivers,
    }
    return { status: 200, body: putRoutingGroup(call, group) }
  },
})
