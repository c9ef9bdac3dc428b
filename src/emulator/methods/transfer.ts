import { z } from 'zod'
import { badRequest } from '../errors.ts'
import { initiate } from '../permissions.ts'
import { clientContext, invitee, participantInfo } from '../schemas.ts'
import type { Call } from '../world/call.ts'
import type { Participant } from '../world/participants.ts'
import { failConsultative, transfer as transferCall } from '../world/transfer.ts'
import { callMethod } from './method.ts'
import { requireState } from './rules.ts'

/** Passes the other party on; how it goes is told by notifications. */
export const transfer = callMethod({
  name: 'transfer',
  verb: 'POST',
  path: '/calls/:callId/transfer',
  permissions: initiate,
  checked: 'always',
  body: z.looseObject({
    transferTarget: invitee,
    transferee: participantInfo.nullish(),
    clientContext,
  }),
  run: ({ app, body, call, world }) => {
    requireState(call, 'established')
    const { identity, replacesCallId } = body.transferTarget
    if (identity.phone && app.instances.length === 0) {
      throw badRequest(
        'transferTarget.identity.phone: only an application instance may transfer to a phone.',
        'Give the bot an application instance with a number.',
      )
    }
    const transferee = transfereeOf(call, body.transferee?.participantId)
    const replaces = replacesCallId ? world.call(replacesCallId) : undefined
    const usable = replaces?.live && replaces.app.id === app.id && replaces !== call
    if (replacesCallId && !usable) failConsultative(call)
    else transferCall(call, { target: identity, replaces, transferee })
    return { status: 202 }
  },
})

function transfereeOf(call: Call, id: string | null | undefined): Participant | undefined {
  const others = [...call.conversation.participants.values()].filter((each) => each !== call.self)
  if (!call.conversation.multiparty) return others[0]
  const named = id ? call.conversation.participants.get(id) : undefined
  if (named) return named
  throw badRequest(
    'transferee.participantId: must name a participant when the call is a group call.',
    'Take the id from the roster.',
  )
}
