import { z } from 'zod'
import { accessMedia } from '../permissions.ts'
import { clientContext, prompt, seconds } from '../schemas.ts'
import { Recorder } from '../world/recorder.ts'
import { callMethod, operationReply } from './method.ts'
import { requireServiceHosted, requireState } from './rules.ts'

const TIMEOUT_SECONDS = 5

/** Queues a recording of what the caller says, after a prompt if one is given. */
export const recordResponse = callMethod({
  name: 'recordResponse',
  verb: 'POST',
  path: '/calls/:callId/recordResponse',
  permissions: accessMedia,
  checked: 'always',
  body: z.looseObject({
    prompts: z.array(prompt).max(1).nullish(),
    bargeInAllowed: z.boolean().nullish(),
    initialSilenceTimeoutInSeconds: seconds.nullish(),
    maxSilenceTimeoutInSeconds: seconds.nullish(),
    maxRecordDurationInSeconds: seconds.nullish(),
    playBeep: z.boolean().nullish(),
    stopTones: z.array(z.string()).nullish(),
    clientContext,
  }),
  run: (asked) => {
    const { body, call } = asked
    requireState(call, 'established')
    requireServiceHosted(call)
    if (body.bargeInAllowed) call.media.cancelAll()
    const recorder = new Recorder(call, {
      prompts: (body.prompts ?? []).map((each) => each.mediaInfo),
      initialSilenceMs: (body.initialSilenceTimeoutInSeconds ?? TIMEOUT_SECONDS) * 1_000,
      maxSilenceMs: (body.maxSilenceTimeoutInSeconds ?? TIMEOUT_SECONDS) * 1_000,
      maxDurationMs: (body.maxRecordDurationInSeconds ?? TIMEOUT_SECONDS) * 1_000,
      stopTones: body.stopTones ?? [],
      clientContext: body.clientContext,
      origin: asked.origin,
    })
    call.media.add(recorder)
    return operationReply(asked, call, recorder.operation)
  },
})
