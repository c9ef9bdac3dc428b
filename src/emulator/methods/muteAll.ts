import { z } from 'zod'
import { joinGroup } from '../permissions.ts'
import { clientContext } from '../schemas.ts'
import type { Call } from '../world/call.ts'
import { canonicalId } from '../world/identities.ts'
import { Operation } from '../world/operations.ts'
import type { Participant } from '../world/participants.ts'
import { callMethod, operationReply } from './method.ts'
import { requireGroup, requireState } from './rules.ts'

/** Beta, deprecated: mutes the participants named at the server, or all others when none is. */
export const muteAll = callMethod({
  name: 'muteAll',
  verb: 'POST',
  path: '/calls/:callId/participants/muteAll',
  betaOnly: true,
  permissions: joinGroup,
  checked: 'always',
  body: z.looseObject({ participants: z.array(z.string()).nullish(), clientContext }),
  run: (asked) => {
    const { body, call } = asked
    requireGroup(call)
    requireState(call, 'established')
    for (const each of named(call, body.participants ?? [])) each.serverMuted = true
    call.conversation.rosterChanged()
    const operation = new Operation(call, 'commsOperation', 'completed', body.clientContext)
    return operationReply(asked, call, operation)
  },
})

function named(call: Call, ids: readonly string[]): readonly Participant[] {
  const wanted = ids.filter(Boolean).map(canonicalId)
  const others = [...call.conversation.participants.values()].filter((each) => each !== call.self)
  return wanted.length === 0 ? others : others.filter(({ id }) => wanted.includes(id))
}
