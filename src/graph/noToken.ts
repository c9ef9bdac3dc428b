/** Why the login gave no token, in one line and without secrets. */
import { reasonOf } from './reply.ts'

export class NoTokenError extends Error {
  /** Microsoft's number of the refusal, `AADSTS…`; absent where there was no answer, or none of Microsoft's. */
  readonly refusal: string | undefined

  constructor(message: string, refusal?: string) {
    super(message)
    this.name = 'NoTokenError'
    this.refusal = refusal
  }
}

/** What MSAL threw, with what its way to the network threw before: that MSAL keeps to itself. */
export function noTokenError(thrown: unknown, underneath: unknown): NoTokenError {
  // The rest of a line, ids that differ each time, is for Microsoft.
  const [said, code] = /(AADSTS\d+):.*?(?= - | Trace ID:|[\r\n]|$)/.exec(reasonOf(thrown)) ?? []
  if (said !== undefined) return new NoTokenError(said, code)
  return new NoTokenError(reasonOf(underneath ?? thrown))
}
