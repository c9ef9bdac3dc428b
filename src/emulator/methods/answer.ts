import { z } from 'zod'
import { accessMedia, requireAny } from '../permissions.ts'
import { callbackUri, callOptions, isAppHosted, mediaConfig, modality } from '../schemas.ts'
import { callMethod } from './method.ts'
import { requireState } from './rules.ts'

/** Takes an incoming call; a P2P call with service-hosted media needs no permission. */
export const answer = callMethod({
  name: 'answer',
  verb: 'POST',
  path: '/calls/:callId/answer',
  permissions: [],
  checked: 'always',
  body: z.looseObject({
    callbackUri: callbackUri.nullish(),
    acceptedModalities: z.array(modality).min(1),
    mediaConfig,
    callOptions,
    participantCapacity: z.int().min(1).nullish(),
  }),
  run: ({ body, call, caller }) => {
    if (isAppHosted(body.mediaConfig)) requireAny(caller, accessMedia)
    requireState(call, 'incoming')
    call.accept(body)
    return { status: 202 }
  },
})
