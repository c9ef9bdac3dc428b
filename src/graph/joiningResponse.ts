/** Policy-based recording: the HTTP response body that answers a joining notification. */
import { z } from 'zod'
import type { JoinEffect } from '../../machines/effects.ts'
import { EffectError } from './effectError.ts'
import type { JsonObject } from './json.ts'
import { typed } from './shorthand.ts'

const accept = z.object({})
const reject = z.object({ reason: z.string('must be text').default('none') })
const invite = z.object({ inviteUri: z.string('must be text').optional() })

/** The parameters of what answers a joining notification. */
export const joinEffectParams = {
  acceptJoin: accept,
  rejectJoin: reject,
  inviteNewBot: invite,
} satisfies { readonly [Name in JoinEffect]: z.ZodType }

/**
 * Graph's `acceptJoinResponse`, `rejectJoinResponse` or `inviteNewBotResponse`. Throws `EffectError` where
 * a parameter is not what Graph takes.
 */
export function joiningResponse(effect: JoinEffect, params: unknown): JsonObject {
  switch (effect) {
    case 'acceptJoin':
      return typed('acceptJoinResponse', {})
    case 'rejectJoin':
      return typed('rejectJoinResponse', read(effect, reject, params))
    case 'inviteNewBot':
      return typed('inviteNewBotResponse', read(effect, invite, params))
  }
}

function read<Params>(effect: JoinEffect, schema: z.ZodType<Params>, params: unknown): Params {
  const result = schema.safeParse(params ?? {})
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw new EffectError(effect, issue?.path.join('.') ?? 'params', issue?.message ?? 'is not valid')
}
