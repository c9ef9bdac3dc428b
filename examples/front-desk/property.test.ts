import { anyTraffic, emulate } from 'callchart/testkit'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { frontDesk } from './chart.ts'

/** A property is many runs: time enough for a slow machine. */
const PATIENCE_MS = 120_000

const anyKeys = fc.array(fc.constantFrom(...'0123456789*#'))

test(
  'nobody is left waiting: whatever a caller presses, the call ends',
  async () => {
    await fc.assert(
      fc.asyncProperty(anyKeys, async (keys) => {
        await using world = await emulate(frontDesk)
        const call = await world.ring({ from: 'bob@fabrikam.com' })
        await call.finishPrompt()
        for (const key of keys) if (call.state === 'established') await call.press(key)
        await world.advance(60_000)
        expect(call.state).toBe('terminated')
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
        world.checkInvariants()
      }),
      { numRuns: 25 },
    )
  },
  PATIENCE_MS,
)
