/** Audio routing groups: whose voice reaches whose ears in a group call. */
import { badRequest } from '../errors.ts'
import type { Resource } from '../notifications.ts'
import type { Call } from './call.ts'
import { canonicalId } from './identities.ts'

export type AudioRoutingGroup = {
  readonly id: string
  readonly routingMode: 'oneToOne' | 'multicast'
  /** Participant ids. */
  readonly sources: readonly string[]
  readonly receivers: readonly string[]
}

/** Keeps a group, new or changed; throws Graph's refusal when it breaks a rule. */
export function putRoutingGroup(call: Call, group: AudioRoutingGroup): Resource {
  refuseStrangers(call, group)
  refuseMode(call, group)
  call.conversation.routingGroups.set(group.id, group)
  return routingGroupResource(group)
}

export function routingGroupResource(group: AudioRoutingGroup): Resource {
  return { '@odata.type': '#microsoft.graph.audioRoutingGroup', ...group }
}

function refuseStrangers(call: Call, group: AudioRoutingGroup): void {
  const { participants } = call.conversation
  const stranger = [...group.sources, ...group.receivers].find(
    (id) => !participants.has(canonicalId(id)),
  )
  if (stranger === undefined) return
  throw badRequest(
    `sources, receivers: ${stranger} is not a participant of this call.`,
    'Take the ids from the roster.',
  )
}

/** The examples of get and update show a oneToOne group with two receivers. */
function refuseMode(call: Call, group: AudioRoutingGroup): void {
  const { oneToOneReceivers } = call.world.switches
  const one = group.routingMode === 'oneToOne' && oneToOneReceivers === 'one'
  const receives = one ? group.receivers.length === 1 : group.receivers.length > 0
  if (group.sources.length === 1 && receives) return
  throw badRequest(
    `routingMode ${group.routingMode}: takes one source and ${one ? 'one receiver' : 'receivers'}.`,
    'Name one source and whoever is to hear it.',
  )
}
