/** How a contestant wants to be told that a call's state has changed. */
import { bodyOf, type Told } from '../traffic.ts'

/** `graph`: as Graph writes it. `restate`: an event for a virtual object, straight to its ingress. */
export type Dialect = 'graph' | 'restate'

/** What is posted, and the path below the contestant's own. */
export function messageOf(
  dialect: Dialect,
  callId: string,
  told: Told,
): { readonly path: string; readonly body: string } {
  if (dialect === 'graph') return { path: '', body: bodyOf(callId, told) }
  return {
    path: `${callId}/send`,
    body: JSON.stringify({ event: { type: `callState.${told}` } }),
  }
}
