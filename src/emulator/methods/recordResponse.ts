import { z } from 'zod'
import { accessMedia } from '../permissions.ts'
import { clientContext, prompt, seconds } from '../schemas.ts'
import type { Call } from '../world/call.ts'
import type { RecordWishes } from '../world/recorder.ts'
import { Recorder } from '../world/recorder.ts'
import type { Asked, Reply } from './method.ts'
import { callMethod, operationReply } from './method.ts'
import { requireServiceHosted, requireState } from './rules.ts'

const TIMEOUT_SECONDS = 5

/** Everything but the prompts, which an older form writes otherwise. */
export const recordBody = z.looseObject({
  bargeInAllowed: z.boolean().nullish(),
  initialSilenceTimeoutInSeconds: seconds.nullish(),
  maxSilenceTimeoutInSeconds: seconds.nullish(),
  maxRecordDurationInSeconds: seconds.nullish(),
  playBeep: z.boolean().nullish(),
  stopTones: z.array(z.string()).nullish(),
  clientContext,
})

/** Queues a recording of what the caller says, after a prompt if one is given. */
export const recordResponse = callMethod({
  name: 'recordResponse',
  verb: 'POST',
  path: '/calls/:callId/recordResponse',
  permissions: accessMedia,
  checked: 'always',
  body: recordBody.extend({ prompts: z.array(prompt).max(1).nullish() }),
  run: (asked) => {
    const prompts = (asked.body.prompts ?? []).map((each) => each.mediaInfo)
    return record(asked, { prompts, asIn2019: false })
  },
})

type RecordAsked = Pick<Asked, 'base' | 'origin'> & {
  readonly call: Call
  readonly body: z.infer<typeof recordBody>
}

/** Starts the recording, or queues it behind what plays. */
export function record(
  asked: RecordAsked,
  { asIn2019, prompts }: Required<Pick<RecordWishes, 'prompts' | 'asIn2019'>>,
): Reply {
  const { body, call } = asked
  requireState(call, 'established')
  requireServiceHosted(call)
  if (body.bargeInAllowed) call.media.cancelAll()
  const recorder = new Recorder(call, {
    prompts,
    asIn2019,
    initialSilenceMs: (body.initialSilenceTimeoutInSeconds ?? TIMEOUT_SECONDS) * 1_000,
    maxSilenceMs: (body.maxSilenceTimeoutInSeconds ?? TIMEOUT_SECONDS) * 1_000,
    maxDurationMs: (body.maxRecordDurationInSeconds ?? TIMEOUT_SECONDS) * 1_000,
    stopTones: body.stopTones ?? [],
    clientContext: body.clientContext,
    origin: asked.origin,
  })
  call.media.add(recorder)
  return operationReply(asked, call, recorder.operation)
}
