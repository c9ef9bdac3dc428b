import { notFound } from '../errors.ts'
import { joinGroup } from '../permissions.ts'
import { noBody } from '../schemas.ts'
import type { Call } from '../world/call.ts'
import { canonicalId } from '../world/identities.ts'
import type { Participant } from '../world/participants.ts'
import { participantResource } from '../world/participants.ts'
import { callMethod } from './method.ts'
import { requireGroup } from './rules.ts'

/** Reads one entry of a group call's roster. */
export const getParticipant = callMethod({
  name: 'getParticipant',
  verb: 'GET',
  path: '/calls/:callId/participants/:participantId',
  permissions: joinGroup,
  checked: 'always',
  body: noBody,
  run: ({ call, params }) => {
    requireGroup(call)
    const participant = needParticipant(call, params.participantId)
    return {
      status: 200,
      body: call.feed.numbered(participantResource(participant, call.world.switches)),
    }
  },
})

/** The participant with this id; Graph says 404 when it is not in the call. */
export function needParticipant(call: Call, id: string | undefined): Participant {
  const participant = participantIn(call, id)
  if (participant) return participant
  throw notFound(`There is no participant ${id}.`)
}

/** The participant with this id, if it is in the call. */
export function participantIn(call: Call, id: string | undefined): Participant | undefined {
  return call.conversation.participants.get(canonicalId(id ?? ''))
}
