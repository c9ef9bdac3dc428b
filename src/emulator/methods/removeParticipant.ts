import { forbidden, notFound } from '../errors.ts'
import { joinGroup } from '../permissions.ts'
import { noBody } from '../schemas.ts'
import { cancelInvitation } from '../world/invite.ts'
import { participantIn } from './getParticipant.ts'
import { callMethod } from './method.ts'

/** Removes somebody, without any notification; or calls off an invitation still ringing. */
export const removeParticipant = callMethod({
  name: 'removeParticipant',
  verb: 'DELETE',
  path: '/calls/:callId/participants/:participantId',
  permissions: joinGroup,
  checked: 'always',
  body: noBody,
  run: ({ app, call, params }) => {
    if (!app.mayRemoveParticipants) {
      throw forbidden(
        'The tenant does not let this application remove participants.',
        'Allow it in the tenant with AllowRemoveParticipantAppIds.',
      )
    }
    const id = params.participantId ?? ''
    const participant = participantIn(call, id)
    if (participant) call.conversation.participants.delete(participant.id)
    else if (!cancelInvitation(call, id)) throw notFound(`There is no participant ${id}.`)
    return { status: 204 }
  },
})
