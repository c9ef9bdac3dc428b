/** How a region says that something has come about: an action that raises a fact for all to hear. */
import type { PlainFact } from '../events.ts'

/** The action that tells a fact to every region of the call, the scenario among them. */
export function tell<const Name extends PlainFact>(fact: Name) {
  return { type: 'tell', params: { fact } } as const
}
