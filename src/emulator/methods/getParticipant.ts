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
    const participant = participantIn(call, params.participantId)
    if (!participant) throw notFound(`There is no participant ${params.participantId}.`)
    return { status: 200, body: participantResource(participant) }
  },
})

/** The participant with this id, if it is in the call. */
export function participantIn(call: Call, id: string | undefined): Participant | undefined {
  return call.conversation.participants.get(canonicalId(id ?? ''))
}
