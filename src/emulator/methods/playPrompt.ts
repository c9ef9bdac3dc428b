import { z } from 'zod'
import { initiateOrMedia } from '../permissions.ts'
import { clientContext, prompt } from '../schemas.ts'
import { Play } from '../world/play.ts'
import { callMethod, operationReply } from './method.ts'
import { requireServiceHosted, requireState } from './rules.ts'

/** Queues prompts to play to the caller. */
export const playPrompt = callMethod({
  name: 'playPrompt',
  verb: 'POST',
  path: '/calls/:callId/playPrompt',
  permissions: initiateOrMedia,
  checked: 'atCreation',
  body: z.looseObject({ prompts: z.array(prompt).min(1).max(20), clientContext }),
  run: (asked) => {
    const { body, call } = asked
    requireState(call, 'established')
    requireServiceHosted(call)
    const media = body.prompts.map((each) => each.mediaInfo)
    const play = new Play(call, media, body.clientContext)
    call.media.add(play)
    return operationReply(asked, call, play.operation)
  },
})
