import { emulate, trafficOf } from 'callchart/testkit'
import { expect, test } from 'vitest'
import { fromPromise } from 'xstate'
import { reminder } from './chart.ts'

const bob = { targets: 'bob@fabrikam.com' }

/** A reminder that reports to the test. */
async function remind(options: Parameters<typeof emulate>[1] = {}) {
  const reports: unknown[] = []
  const chart = reminder.provide({
    actors: { report: fromPromise(async ({ input }) => void reports.push(input)) },
  })
  return { world: await emulate(chart, options), reports }
}

test('whoever presses 1 has confirmed', async () => {
  const { world, reports } = await remind()
  await using _ = world
  const call = await world.call(bob)
  await call.finishPrompt()
  await call.press('1')
  await call.finishPrompt()
  await world.advance(1_000)
  expect(call.state).toBe('terminated')
  expect(reports).toEqual([{ outcome: 'confirmed' }])
})

test('whoever presses 1 in the middle of the prompt need not hear the rest', async () => {
  const { world, reports } = await remind()
  await using _ = world
  const call = await world.call(bob)
  await world.until('the prompt plays', () => call.truth().playing !== undefined)
  await call.press('1')
  await call.finishPrompt()
  await world.advance(1_000)
  expect(world.requests).toEqual([
    ...['createCall', 'subscribeToTone', 'playPrompt'],
    ...['cancelMediaProcessing', 'playPrompt', 'hangUp'],
  ])
  expect(reports).toEqual([{ outcome: 'confirmed' }])
})

test('the prompt is repeated once, then the bot hangs up', async () => {
  const { world, reports } = await remind()
  await using _ = world
  const call = await world.call(bob)
  await call.finishPrompt()
  await world.advance(9_000)
  await call.finishPrompt()
  await call.press('2')
  await world.advance(1_000)
  expect(call.state).toBe('terminated')
  expect(reports).toEqual([{ outcome: 'reached' }])
})

test('however often Graph says that the call is established, the prompt plays once', async () => {
  const faults = { onNotification: () => ({ kind: 'duplicate' }) as const }
  const { world } = await remind({ faults })
  await using _ = world
  const call = await world.call(bob)
  await world.until('the prompt plays', () => call.truth().playing !== undefined)
  await world.advance(5_000)
  expect(world.requests.filter((request) => request === 'playPrompt')).toHaveLength(1)
})

test.each(['decline', 'ignore'] as const)('nobody is reached: %s', async (script) => {
  const { world, reports } = await remind()
  await using _ = world
  world.script('bob@fabrikam.com', script)
  const call = await world.call(bob)
  await world.advance(61_000)
  expect(call.state).toBe('terminated')
  expect(reports).toEqual([{ outcome: 'notReached' }])
})

test('a crash while the prompt plays neither repeats it nor loses the answer', async () => {
  const { world, reports } = await remind()
  await using _ = world
  const call = await world.call(bob)
  await world.until('the prompt plays', () => call.truth().playing !== undefined)
  await world.restart()
  await call.finishPrompt()
  await call.press('1')
  await call.finishPrompt()
  await world.advance(1_000)
  expect(world.requests.filter((request) => request === 'playPrompt')).toHaveLength(2)
  expect(reports).toEqual([{ outcome: 'confirmed' }])
})

test.each([1, 2, 3, 4, 5])('whatever happens, every promise is kept: seed %i', async (seed) => {
  const { world } = await remind({ seed })
  await using _ = world
  await world.play(trafficOf(seed))
  await world.checkInvariants()
})
