/** What the doctor found out about one thing: whether it is well, and if not, how to mend it. */

/** `unknown`: it could not be looked at, or cannot be known from this machine. */
export type Verdict = 'ok' | 'wrong' | 'unknown'

export type Finding = {
  /** What was looked at: `token`, `webhook` … */
  readonly check: string
  readonly verdict: Verdict
  readonly what: string
  /** What to do about it; absent where all is well. */
  readonly fix?: string
}

export function ok(check: string, what: string): Finding {
  return { check, verdict: 'ok', what }
}

export function wrong(check: string, what: string, fix: string): Finding {
  return { check, verdict: 'wrong', what, fix }
}

export function unknown(check: string, what: string, fix?: string): Finding {
  return { check, verdict: 'unknown', what, ...(fix !== undefined && { fix }) }
}

/** The innermost reason of an error: `fetch failed` says nothing, its cause does. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0])
  return error.cause === undefined ? error.message : reasonOf(error.cause)
}
