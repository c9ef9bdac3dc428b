/** One seed runs the whole world: the same one the same way, and no promise is broken in any. */
import { anyTraffic, emulate, trafficOf } from 'callchart/testkit'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { frontDesk } from '../../examples/front-desk/chart.ts'
import { run, simulate } from '../../src/testkit/simulation/index.ts'
import { busyBot } from './bot.ts'

test('no redelivery, reordering or crash strands a caller', { timeout: 120_000 }, () =>
  fc.assert(
    fc.asyncProperty(anyTraffic(), async (traffic) => {
      await using world = await emulate(frontDesk, { seed: traffic.seed })
      await world.play(traffic)
      await world.settle()
      world.checkInvariants()
    }),
    { seed: 1, numRuns: 20 },
  ),
)

test.each([1, 2, 3, 11])('seed %i is the same run every time', async (seed) => {
  const outcomes = [await run(busyBot, trafficOf(seed)), await run(busyBot, trafficOf(seed))]
  expect(outcomes[0]?.digest).toBe(outcomes[1]?.digest)
  expect(outcomes[0]?.digest).not.toBe((await run(busyBot, trafficOf(seed + 100))).digest)
})

test('fifty worlds in which everything goes wrong', { timeout: 120_000 }, async () => {
  const report = await simulate(busyBot, { seed: 1, runs: 50 })
  expect(report.failures).toEqual([])
  expect(report.faults.size).toBeGreaterThan(15)
})
