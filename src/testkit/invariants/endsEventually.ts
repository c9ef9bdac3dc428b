import { callsEnd } from '../simulation/judge/callsEnd.ts'
import { invariant } from './invariant.ts'

/** Once everybody has hung up, every call ends: for Graph, and for the bot, whose chart waits for nothing more. */
export const endsEventually = invariant('endsEventually', 'atTheEnd', callsEnd)
