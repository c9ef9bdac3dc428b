import type { HeldCall } from '../held.ts'
import { type Evidence, invariant } from './invariant.ts'
import { lineOf, ownLeaves } from './regions.ts'

/** No prompt plays on after the chart has gone on: none plays at peace that no state waits for. */
export const everyPromptStops = invariant('everyPromptStops', 'atPeace', (evidence) =>
  evidence.calls
    .filter((call) => isPlaying(evidence, call) && !awaitsPrompt(call))
    .map(
      ({ key, states }) =>
        `Call ${key} still plays a prompt that nothing waits for, in ${states.filter((state) => state.startsWith('scenario')).join(', ')}.`,
    ),
)

function isPlaying({ world }: Evidence, { id, status }: HeldCall): boolean {
  if (id === undefined || status === 'ended') return false
  return world.emulator.call(id).truth().playing === 'playPromptOperation'
}

function awaitsPrompt({ snapshot }: HeldCall): boolean {
  return ownLeaves(snapshot)
    .flatMap(lineOf)
    .some((node) => node.ownEvents.some((event) => event === '*' || event.startsWith('prompt.')))
}
