import { z } from 'zod'
import { badRequest } from '../errors.ts'
import { initiateGroup } from '../permissions.ts'
import type { Invitee } from '../schemas.ts'
import { clientContext, invitee } from '../schemas.ts'
import type { Call } from '../world/call.ts'
import { invite as inviteInto } from '../world/invite.ts'
import { callMethod, operationReply, ownCall } from './method.ts'
import { requireState } from './rules.ts'

/** Brings people in; a P2P call becomes a group call. */
export const invite = callMethod({
  name: 'invite',
  verb: 'POST',
  path: '/calls/:callId/participants/invite',
  permissions: initiateGroup,
  checked: 'always',
  body: z.looseObject({ participants: z.array(invitee).min(1).max(5), clientContext }),
  run: (asked) => {
    const { body, call } = asked
    requireState(call, 'established')
    refuseSeveral(call, body.participants)
    for (const each of body.participants) refuseOne(asked, each)
    const replacesId = body.participants[0]?.replacesCallId
    const replaces = replacesId ? ownCall(asked, replacesId) : undefined
    // With replacesCallId, Graph looks at the first participant only.
    const used = replaces ? body.participants.slice(0, 1) : body.participants
    const operation = inviteInto(call, {
      targets: used.map((each) => each.identity),
      replaces,
      clientContext: body.clientContext,
      echoed: used,
    })
    return operationReply(asked, call, operation)
  },
})

function refuseSeveral(call: Call, participants: readonly Invitee[]): void {
  if (participants.length === 1) return
  if (call.conversation.multiparty && call.coordinates.chatInfo) return
  throw badRequest(
    'participants: several at once need a group call with a chatInfo.',
    'Invite one participant at a time.',
  )
}

function refuseOne(asked: { call: Call; app: { instances: readonly unknown[] } }, each: Invitee) {
  const { application, phone } = each.identity
  if (application) {
    throw badRequest('participants: a call holds one bot only.', 'Invite a user instead.')
  }
  if (phone && asked.app.instances.length === 0) {
    throw badRequest(
      'participants: only an application instance with a number may invite a phone.',
      'Give the bot an application instance with a number.',
    )
  }
  if (!each.replacesCallId && asked.call.conversation.holds(each.identity)) {
    throw badRequest('participants: this identity is in the call already.', 'Invite it once.')
  }
}
