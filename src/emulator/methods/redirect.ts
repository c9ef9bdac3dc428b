import { z } from 'zod'
import { initiate } from '../permissions.ts'
import { callbackUri, invitee } from '../schemas.ts'
import { redirect as redirectCall } from '../world/redirect.ts'
import { callMethod } from './method.ts'
import { requireState } from './rules.ts'

const TIMEOUT_ONE_TARGET_SECONDS = 55
const TIMEOUT_SEVERAL_TARGETS_SECONDS = 60

/** Hands an incoming call to others, who ring together. */
export const redirect = callMethod({
  name: 'redirect',
  verb: 'POST',
  path: '/calls/:callId/redirect',
  permissions: initiate,
  checked: 'always',
  body: z.looseObject({
    targets: z.array(invitee).min(1).max(25),
    timeout: z.int().min(15).max(90).nullish(),
    callbackUri: callbackUri.nullish(),
    routingPolicies: z.array(z.string()).nullish(),
  }),
  run: ({ body, call }) => {
    requireState(call, 'incoming')
    call.callbackUri = body.callbackUri ?? call.callbackUri
    const several = body.targets.length > 1
    const usual = several ? TIMEOUT_SEVERAL_TARGETS_SECONDS : TIMEOUT_ONE_TARGET_SECONDS
    const targets = body.targets.map(({ endpointType, identity }) => ({
      identity,
      voicemail: endpointType === 'voicemail',
    }))
    redirectCall(call, targets, (body.timeout ?? usual) * 1_000)
    return { status: 202 }
  },
})
