import { invariant } from './invariant.ts'

/** No event makes the chart throw: none was put in quarantine. */
export const neverThrows = invariant('neverThrows', 'always', ({ disk }) =>
  disk.commits.flatMap(({ calls }) =>
    calls.flatMap(({ key, quarantined }) =>
      quarantined.map(({ event, reason }) => `Call ${key} threw on ${event}: ${reason}`),
    ),
  ),
)
