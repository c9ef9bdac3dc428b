/** Calls that nobody here knows: one that rings is new, one that lives is adopted or refused. */
import type { Call as GraphCall } from '../../machines/words.ts'
import { callOf } from '../graph/entities.ts'
import type { Delivery, Verdict } from './intake.ts'

/** What to do with a live call nobody knows: take it up, or refuse it. */
export type UnknownCalls = 'adopt' | 'refuse'

/** What a notification about an unknown call leads to. */
export type Newcomer =
  | { readonly kind: 'over' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'new' | 'adopted'; readonly call: GraphCall }

/** What becomes of an unknown call that a notification tells of. */
export function newcomerOf({ notification, tenantId }: Delivery, policy: UnknownCalls): Newcomer {
  const { subject, changeType, resources } = notification
  if (subject === 'call' && changeType === 'deleted') return { kind: 'over' }
  const [resource] = subject === 'call' ? resources : []
  const told = resource ? callOf(resource) : {}
  // Where it tells no state, the chart asks for it.
  const untold = resource && changeType === 'created' ? 'incoming' : 'unknown'
  const call = { tenantId, ...told, state: told.state ?? untold }
  if (call.state === 'incoming') return { kind: 'new', call }
  return policy === 'refuse' ? { kind: 'refused' } : { kind: 'adopted', call }
}

/** What a new call is answered with by a bot that takes none. */
export function turnedAway(elsewhere: string | undefined): Verdict {
  return elsewhere
    ? { kind: 'elsewhere', url: elsewhere }
    : { kind: 'unavailable', reason: 'The bot takes no new calls.', retryAfterSeconds: 1 }
}
