import { expect, test } from 'vitest'
import { AheadClock } from '../../../src/cli/world/aheadClock.ts'
import { SimulatedClock } from '../../../src/clock.ts'

const nothing = async () => {}

function clocks() {
  const machine = new SimulatedClock(1_000)
  return { machine, clock: new AheadClock(machine) }
}

test('what was due on the way falls due at its own time, in order, and what that leads to as well', async () => {
  const { machine, clock } = clocks()
  const heard: [string, number][] = []
  const hear = (what: string) => heard.push([what, clock.now()])
  clock.setTimeout(() => hear('second'), 2_000)
  clock.setTimeout(() => {
    hear('first')
    clock.setTimeout(() => hear('of the first'), 500)
  }, 1_000)
  clock.setTimeout(() => hear('later'), 9_000)
  expect(await clock.advance(5_000, nothing)).toBe(6_000)
  expect(heard).toEqual([
    ['first', 2_000],
    ['of the first', 2_500],
    ['second', 3_000],
  ])
  expect(clock.aheadMs).toBe(5_000)
  expect(machine.now()).toBe(1_000)
})

test('what is due later is due so much sooner by the machine', async () => {
  const { machine, clock } = clocks()
  let heardMs = 0
  clock.setTimeout(() => {
    heardMs = clock.now()
  }, 9_000)
  await clock.advance(5_000, nothing)
  machine.moveTo(4_999)
  expect(heardMs).toBe(0)
  machine.moveTo(5_000)
  expect(heardMs).toBe(10_000)
})

test('time waits for what fell due to settle', async () => {
  const { clock } = clocks()
  const times: number[] = []
  for (const ms of [100, 200]) clock.setTimeout(() => {}, ms)
  await clock.advance(1_000, async () => {
    await Promise.resolve()
    times.push(clock.now())
  })
  expect(times).toEqual([1_100, 1_200])
})

test('a wake-up that is called off does not come, neither by itself nor on the way', async () => {
  const { machine, clock } = clocks()
  let heard = 0
  const [one, other] = [100, 200].map((ms) => clock.setTimeout(() => heard++, ms))
  if (one) clock.clearTimeout(one)
  await clock.advance(150, nothing)
  if (other) clock.clearTimeout(other)
  machine.moveTo(9_000)
  expect(heard).toBe(0)
})
