/** The old (Skype) form of an incoming call's notification; answered 204, Graph sends it again in its own. */
import { z } from 'zod'

const legacyCall = z.looseObject({ callState: z.string(), value: z.undefined().optional() })

/** Whether a body is a call notification of the old form: one call, no list of notifications. */
export function isLegacy(body: unknown): boolean {
  return legacyCall.safeParse(body).success
}
