import { z } from 'zod'
import { routing } from '../permissions.ts'
import { anyCase } from '../schemas.ts'
import { putRoutingGroup } from '../world/audioRouting.ts'
import { callMethod } from './method.ts'
import { requireGroup, requireState } from './rules.ts'

const body = z.looseObject({
  id: z.string().min(1),
  routingMode: anyCase(['oneToOne', 'multicast']),
  sources: z.array(z.string()).min(1),
  receivers: z.array(z.string()).min(1),
})

/** Makes an audio routing group under an id of the caller's choosing; answered with 200, not 201. */
export const createAudioRoutingGroup = callMethod({
  name: 'createAudioRoutingGroup',
  verb: 'POST',
  path: '/calls/:callId/audioRoutingGroups',
  permissions: routing,
  checked: 'always',
  body,
  run: ({ body: { id, receivers, routingMode, sources }, call }) => {
    requireGroup(call)
    requireState(call, 'established')
    return { status: 200, body: putRoutingGroup(call, { id, routingMode, sources, receivers }) }
  },
})
