/** The old (Skype) form of an incoming call's notification; answered 204, Graph sends it again in its own. */

/** Whether a body is a call notification of the old form: one call, no list of notifications. */
export function isLegacy(body: unknown): boolean {
  if (typeof body !== 'object' || body === null) return false
  return 'callState' in body && typeof body.callState === 'string' && !('value' in body)
}
