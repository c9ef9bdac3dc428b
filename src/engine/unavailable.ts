/** What is said when work cannot be taken. */
import { OverloadError, reasonOf } from '../errors.ts'
import type { Verdict } from './intake.ts'

/** A notification that failed is to be sent again. */
export function verdictOf(error: unknown): Verdict {
  const retryAfterSeconds = error instanceof OverloadError ? 1 : 5
  return { kind: 'unavailable', reason: reasonOf(error), retryAfterSeconds }
}

/** A call that nobody may place any more. */
export function takesNoCalls(): OverloadError {
  return new OverloadError({
    code: 'engine.draining',
    what: 'The bot takes no new calls: it is being drained.',
    fix: 'Ask again once the process after it has taken over.',
  })
}
