import { emulate, trafficOf, type World } from 'callchart/testkit'
import { expect, test } from 'vitest'
import bot from './chart.ts'

const desk = 'desk@contoso.com'

/** The leg to the desk, once Graph has it. */
async function legOf(world: World) {
  const find = () => world.emulator.calls.find((each) => each.resource().direction === 'outgoing')
  await world.until('the desk is called', () => find() !== undefined)
  const leg = find()
  if (!leg) throw new Error('unreachable: waited for the leg')
  return leg
}

async function briefed(world: World) {
  const caller = await world.ring({ from: 'bob@fabrikam.com' })
  const leg = await legOf(world)
  await world.until('the desk hears who waits', () => leg.truth().playing !== undefined)
  return { caller, leg }
}

test('the desk presses 1, and the caller is transferred into the call the desk is on', async () => {
  await using world = await emulate(bot)
  const { caller, leg } = await briefed(world)
  void leg.press('1')
  await world.advance(5_000)
  expect(world.requests).toContain('transfer')
  expect([caller.state, leg.state]).toEqual(['terminated', 'terminated'])
})

test('any other key, or none within ten seconds, and the caller is told that nobody is free', async () => {
  await using world = await emulate(bot)
  const { caller, leg } = await briefed(world)
  void leg.press('2')
  await world.advance(2_000)
  expect(leg.state).toBe('terminated')
  await caller.finishPrompt()
  await caller.finishPrompt()
  await world.advance(1_000)
  expect(caller.state).toBe('terminated')
  expect(world.requests).not.toContain('transfer')
})

test.each(['decline', 'ignore'] as const)('a desk that does %s is nobody free', async (script) => {
  await using world = await emulate(bot)
  world.script(desk, script)
  const caller = await world.ring({ from: 'bob@fabrikam.com' })
  await caller.finishPrompt()
  await world.advance(61_000)
  await caller.finishPrompt()
  await world.advance(1_000)
  expect(caller.state).toBe('terminated')
  expect(world.requests.filter((request) => request === 'playPrompt')).toHaveLength(2)
})

test('a caller who hangs up frees the desk', async () => {
  await using world = await emulate(bot)
  const { caller, leg } = await briefed(world)
  await caller.hangUp()
  await world.advance(2_000)
  expect(leg.state).toBe('terminated')
})

test.each([0, 50, 500, 1_500])(
  'a crash %i ms after the desk has decided changes nothing',
  async (ms) => {
    await using world = await emulate(bot)
    const { caller, leg } = await briefed(world)
    void leg.press('1')
    await world.advance(ms)
    await world.restart()
    await world.advance(60_000)
    expect(world.requests.filter((request) => request === 'transfer')).toHaveLength(1)
    expect([caller.state, leg.state]).toEqual(['terminated', 'terminated'])
  },
)

test.each([1, 2, 3, 4, 5])('whatever happens, every promise is kept: seed %i', async (seed) => {
  await using world = await emulate(bot, { seed })
  await world.play(trafficOf(seed))
  world.checkInvariants()
})
