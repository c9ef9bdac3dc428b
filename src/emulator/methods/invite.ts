import { z } from 'zod'
import { badRequest } from '../errors.ts'
import { initiateGroup } from '../permissions.ts'
import type { Invitee } from '../schemas.ts'
import { clientContext, invitee } from '../schemas.ts'
import type { App } from '../world/apps.ts'
import type { Call } from '../world/call.ts'
import { invite as inviteInto } from '../world/invite.ts'
import { callMethod, findOwnCall, operationReply } from './method.ts'
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
    refusePeerToPeer(call)
    refuseSeveral(call, body.participants)
    for (const each of body.participants) refuseOne(asked, each)
    const replacesId = body.participants[0]?.replacesCallId
    const replaces = replacesId ? findOwnCall(asked, replacesId) : undefined
    if (replaces?.conversation.multiparty) refuseUnnamed(body.participants)
    const operation = inviteInto(call, {
      // With replacesCallId, Graph looks at the first participant only.
      invited: replacesId ? body.participants.slice(0, 1) : body.participants,
      replaces,
      clientContext: body.clientContext,
    })
    const reply = operationReply(asked, call, operation)
    // All examples of this page write the first response's status so.
    return { ...reply, body: { ...reply.body, status: 'Running' } }
  },
})

function refusePeerToPeer(call: Call): void {
  if (call.conversation.multiparty) return
  if (call.world.switches.inviteOnPeerToPeer === 'escalate') return
  throw badRequest('This works in group calls only; the call is peer to peer.', 'Do without it.')
}

function refuseSeveral(call: Call, participants: readonly Invitee[]): void {
  if (participants.length === 1) return
  if (call.conversation.multiparty && call.coordinates.chatInfo) return
  throw badRequest(
    'participants: several at once need a group call with a chatInfo.',
    'Invite one participant at a time.',
  )
}

function refuseOne(asked: { readonly call: Call; readonly app: App }, each: Invitee): void {
  const { application, phone } = each.identity
  if (application) {
    throw badRequest('participants: a call holds one bot only.', 'Invite a user instead.')
  }
  if (phone && !asked.app.instances.some((instance) => instance.phone)) {
    throw badRequest(
      'participants: only an application instance with a number may invite a phone.',
      'Give the bot an application instance with a number.',
    )
  }
  if (!each.replacesCallId && asked.call.conversation.holds(each.identity)) {
    throw badRequest('participants: this identity is in the call already.', 'Invite it once.')
  }
}

function refuseUnnamed([first]: readonly Invitee[]): void {
  if (first?.participantId) return
  throw badRequest(
    'participants.0.participantId: is needed to move somebody from one meeting to another.',
    'Take it from the roster of the meeting the participant is in.',
  )
}
