/** One seed runs the whole world: the same one the same way, and no promise is broken in any. */
import { anyTraffic, emulate, trafficOf } from 'callchart/testkit'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { frontDesk } from '../../examples/front-desk/chart.ts'
import { run, simulate } from '../../src/testkit/simulation/index.ts'
import { busyBot } from './bot.ts'
import { talkingBot } from './talkingBot.ts'

test('no redelivery, reordering or crash strands a caller', () =>
  fc.assert(
    fc.asyncProperty(anyTraffic(), async (traffic) => {
      await using world = await emulate(frontDesk, { seed: traffic.seed })
      await world.play(traffic)
      await world.settle()
      await world.checkInvariants()
    }),
    { seed: 1, numRuns: 20 },
  ))

test.each([1, 2, 3, 11])('seed %i is the same run every time', async (seed) => {
  const outcomes = [await run(busyBot, trafficOf(seed)), await run(busyBot, trafficOf(seed))]
  expect(outcomes[0]?.digest).toBe(outcomes[1]?.digest)
  expect(outcomes[0]?.digest).not.toBe((await run(busyBot, trafficOf(seed + 100))).digest)
})

test('a call read back from its own text after every turn does what one kept in memory does', async () => {
  const played = async (roundTrip: boolean) => {
    await using world = await emulate(busyBot, { seed: 5, roundTrip })
    await world.play(trafficOf(5))
    return JSON.stringify([world.emulator.record, world.records])
  }
  expect(await played(true)).toBe(await played(false))
})

test('the machine’s own time decides nothing: a run that takes hours is the same run', async () => {
  const usual = await run(busyBot, trafficOf(7))
  const SystemDate = globalThis.Date
  let nowMs = SystemDate.now()
  globalThis.Date = new Proxy(SystemDate, {
    construct: (date, given) => {
      nowMs += 600_000
      return Reflect.construct(date, given.length > 0 ? given : [nowMs])
    },
  })
  try {
    expect((await run(busyBot, trafficOf(7))).digest).toBe(usual.digest)
  } finally {
    globalThis.Date = SystemDate
  }
})

test('fifty worlds in which everything goes wrong', async () => {
  const report = await simulate(busyBot, { seed: 1, runs: 50 })
  expect(report.failures).toEqual([])
  expect(report.faults.size).toBeGreaterThan(15)
})

test('thirty worlds of calls that talk to one another', async () => {
  const report = await simulate(talkingBot, { seed: 1, runs: 30 })
  expect(report.failures).toEqual([])
})
