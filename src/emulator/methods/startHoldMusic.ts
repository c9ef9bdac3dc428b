import { z } from 'zod'
import { conflict } from '../errors.ts'
import { joinGroup } from '../permissions.ts'
import type { MediaInfo } from '../prompts.ts'
import { clientContext, prompt } from '../schemas.ts'
import type { Call } from '../world/call.ts'
import { operationSoon } from '../world/operationSoon.ts'
import type { Ending } from '../world/operations.ts'
import type { Participant } from '../world/participants.ts'
import { needParticipant } from './getParticipant.ts'
import { callMethod, operationReply } from './method.ts'
import { requireState } from './rules.ts'

/** Puts one participant on hold with music; only one may be on hold at a time. */
export const startHoldMusic = callMethod({
  name: 'startHoldMusic',
  verb: 'POST',
  path: '/calls/:callId/participants/:participantId/startHoldMusic',
  permissions: joinGroup,
  checked: 'always',
  body: z.looseObject({ customPrompt: prompt.nullish(), clientContext }),
  run: (asked) => {
    const { body, call, params } = asked
    requireState(call, 'established')
    const participant = needParticipant(call, params.participantId)
    refuseSecond(call)
    participant.onHold = true
    const music = body.customPrompt?.mediaInfo
    const operation = operationSoon(call, {
      type: 'startHoldMusicOperation',
      clientContext: body.clientContext,
      ...(music && { work: () => fetchMusic(call, participant, music) }),
      afterwards: () => call.conversation.rosterChanged(),
    })
    return operationReply(asked, call, operation, 202)
  },
})

function refuseSecond(call: Call): void {
  if (![...call.conversation.participants.values()].some((each) => each.onHold)) return
  throw conflict(
    'A participant of this call is on hold already, and only one can be at a time.',
    'Stop the hold music of that participant first.',
  )
}

async function fetchMusic(call: Call, held: Participant, music: MediaInfo): Promise<Ending> {
  const fetched = await call.world.prompts.load(call.id, music)
  if (!('result' in fetched)) return { status: 'completed' }
  held.onHold = false
  return { status: 'failed', result: fetched.result }
}
