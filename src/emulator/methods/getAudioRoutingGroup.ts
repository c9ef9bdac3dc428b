import { notFound } from '../errors.ts'
import { routing } from '../permissions.ts'
import { noBody } from '../schemas.ts'
import type { AudioRoutingGroup } from '../world/audioRouting.ts'
import { routingGroupResource } from '../world/audioRouting.ts'
import type { Call } from '../world/call.ts'
import { callMethod } from './method.ts'

/** Reads one audio routing group. */
export const getAudioRoutingGroup = callMethod({
  name: 'getAudioRoutingGroup',
  verb: 'GET',
  path: '/calls/:callId/audioRoutingGroups/:groupId',
  permissions: routing,
  checked: 'always',
  body: noBody,
  run: ({ call, params }) => {
    const group = needRoutingGroup(call, params.groupId)
    return { status: 200, body: routingGroupResource(group) }
  },
})

/** The group with this id; Graph says 404 when there is none. */
export function needRoutingGroup(call: Call, id: string | undefined): AudioRoutingGroup {
  const group = call.conversation.routingGroups.get(id ?? '')
  if (group) return group
  throw notFound(`There is no audio routing group ${id}.`)
}
