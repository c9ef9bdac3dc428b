/** How long and how often an effect is tried, and which effects may wait. */

import { deadlines } from '../../machines/call/base.ts'
import { type EffectName, effects } from '../../machines/effects.ts'
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

/** Whether an effect overtakes what its call asked for before. */
export function isUrgent({ effect }: { readonly effect: EffectName }): boolean {
  return effects[effect].urgent
}

/** Whether an effect does no harm twice. */
export function isRepeatable({ effect }: { readonly effect: EffectName }): boolean {
  return effects[effect].afterDoubt === 'repeat'
}

/** Whether an effect that was answered with this status of an operation is still under way. */
export function isRunning(
  { effect }: { readonly effect: EffectName },
  status: string | undefined,
): boolean {
  return effects[effect].success === 'operation' && status !== 'completed' && status !== 'failed'
}

/**
 * Whether an effect asks how a call stands, or that it may go on standing, rather than doing what it is
 * about. After a restart every call asks so at once: it is sent at a pace, and behind all others.
 */
export function isReconciling({ effect }: { readonly effect: EffectName }): boolean {
  return reconciling.has(effect)
}

const reconciling: ReadonlySet<EffectName> = new Set([
  'getCall',
  'listParticipants',
  'getParticipant',
  'keepAlive',
])

/**
 * Reconciling requests a second. Graph throttles an application that makes more than 50,000 requests in
 * 15 s in a tenant, 3,333 a second: five sixths of that stay free, for what calls are about and for the
 * application's other engines. 5,000 calls in meetings have asked both their questions in 20 s.
 */
export const RECONCILING_PER_SECOND = 500

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
