import { anyTraffic, emulate, invariant } from 'callchart/testkit'
import fc from 'fast-check'
import { test } from 'vitest'
import { frontDesk } from './chart.ts'

/** A property is many runs: time enough for a slow machine. */
const PATIENCE_MS = 120_000

const anyKeys = fc.array(fc.constantFrom(...'0123456789*#'))

/** Judged once nothing has happened for twenty simulated minutes. */
const nobodyIsLeftWaiting = invariant('nobodyIsLeftWaiting', 'atPeace', ({ calls }) =>
  calls
    .filter(({ states }) => !states.includes('scenario.ended'))
    .map(({ states }) => `A caller is left in ${states.find((state) => /^scenario/.test(state))}.`),
)

test(
  'nobody is left waiting: whatever a caller presses, the call ends',
  async () => {
    await fc.assert(
      fc.asyncProperty(anyKeys, async (keys) => {
        await using world = await emulate(frontDesk)
        const call = await world.ring({ from: 'bob@fabrikam.com' })
        await call.finishPrompt()
        for (const key of keys) if (call.state === 'established') await call.press(key)
        await world.checkInvariants(nobodyIsLeftWaiting)
      }),
      { numRuns: 50 },
    )
  },
  PATIENCE_MS,
)

test(
  'whatever people do and whatever goes wrong, every promise is kept',
  async () => {
    await fc.assert(
      fc.asyncProperty(anyTraffic(), async (traffic) => {
        await using world = await emulate(frontDesk, { seed: traffic.seed })
        await world.play(traffic)
        await world.checkInvariants()
      }),
      { numRuns: 25 },
    )
  },
  PATIENCE_MS,
)
