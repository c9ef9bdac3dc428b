import { z } from 'zod'
import { initiateOrMedia } from '../permissions.ts'
import { clientContext, tone } from '../schemas.ts'
import { Dtmf } from '../world/dtmf.ts'
import { callMethod, operationReply } from './method.ts'
import { requireServiceHosted, requireState } from './rules.ts'

/** The bot presses keys itself. */
export const sendDtmfTones = callMethod({
  name: 'sendDtmfTones',
  verb: 'POST',
  path: '/calls/:callId/sendDtmfTones',
  permissions: initiateOrMedia,
  checked: 'atCreation',
  body: z.looseObject({
    tones: z.array(tone).min(1),
    delayBetweenTonesMs: z.int().min(0).nullish(),
    clientContext,
  }),
  run: (asked) => {
    const { body, call, world } = asked
    requireState(call, 'established')
    requireServiceHosted(call)
    const pauseMs = body.delayBetweenTonesMs ?? 0
    const durationMs = body.tones.length * (world.switches.dtmfToneMs + pauseMs)
    const sending = new Dtmf(call, durationMs, body.clientContext)
    return operationReply(asked, call, sending.operation)
  },
})
