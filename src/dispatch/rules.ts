/** How long and how often an effect is tried. */

import { deadlines } from '../../machines/call/base.ts'
import type { EffectName } from '../../machines/effects.ts'
import type { Reply } from '../graph/index.ts'

/** A request that was not done is tried again for this long after it was asked, then it has failed. */
export function tryForMs(effect: EffectName): number {
  switch (effect) {
    case 'answer':
    case 'reject':
    case 'redirect':
      return deadlines.answerMs
    case 'hangUp':
      return 10 * 60_000
    default:
      return 2 * 60_000
  }
}

/** An operation whose end is not reported within this time is given up. Recordings last 2 min at most. */
export const OPERATION_LIMIT_MS = 10 * 60_000

/** One request may take this long. */
export const REQUEST_TIMEOUT_MS = 30_000

/**
 * After this long a request waits for its answer outside the gate. With 64 places a thousand that hang
 * are through in 8 s, in time for a call that rings; at most 3,840 can be open at once.
 */
export const PLACE_MS = 500

const FIRST_RETRY_MS = 500
const LONGEST_RETRY_MS = 30_000

/** How long to wait before try number `tries + 1`: doubling, with up to a quarter of chance in it. */
export function backoffMs(tries: number, chance: number): number {
  const waitMs = Math.min(FIRST_RETRY_MS * 2 ** (tries - 1), LONGEST_RETRY_MS)
  return Math.round(waitMs * (1 + chance / 4))
}

/** Whether Graph (or the way to it) asks for patience rather than saying no. */
export function isPassing(reply: Reply): boolean {
  if (reply.kind === 'notSent') return true
  return (
    reply.kind === 'refused' && (reply.fault.status === 429 || reply.retryAfterMs !== undefined)
  )
}
