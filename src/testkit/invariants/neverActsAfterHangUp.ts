import type { HeldCall } from '../held.ts'
import { invariant } from './invariant.ts'

/** Once a chart has heard that its call is over, it asks nothing more of Graph; promise logic may still run. */
export const neverActsAfterHangUp = invariant('neverActsAfterHangUp', 'atTheEnd', ({ calls }) =>
  calls.flatMap((call) =>
    askedAfterEnd(call).map(
      ({ effect }) => `Call ${call.key} asked for ${effect} when it was over.`,
    ),
  ),
)

function askedAfterEnd({ heard, asked }: HeldCall): HeldCall['asked'] {
  const over = heard.indexOf('callState.terminated') + 1
  return over === 0
    ? []
    : asked.filter(({ effect, sequence }) => effect !== 'invoke' && sequence >= over)
}
