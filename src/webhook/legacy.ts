/** The old (Skype) form of an incoming call's notification; answered 204, Graph sends it again in its own. */
import { z } from 'zod'

const legacyCall = z.looseObject({ callState: z.string(), participants: z.array(z.unknown()) })

/** Whether a body is a call notification of the old form. */
export function isLegacy(body: unknown): boolean {
  return legacyCall.safeParse(body).success
}
