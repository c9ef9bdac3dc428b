import { emulate, trafficOf, type World } from 'callchart/testkit'
import { expect, test } from 'vitest'
import { standUpBot } from './chart.ts'

const ann = 'ann@contoso.com'

/** The bot joins a meeting that has just been scheduled. */
async function join(world: World, lobby = false) {
  const { joinMeetingId } = world.meeting({ lobby })
  const meetingInfo = { '@odata.type': '#microsoft.graph.joinMeetingIdMeetingInfo', joinMeetingId }
  const call = await world.call({ meetingInfo })
  await world.advance(500)
  return call
}

test('it says good morning, welcomes who comes, and leaves when everybody has', async () => {
  await using world = await emulate(standUpBot)
  const call = await join(world)
  await call.join(ann)
  await call.finishPrompt()
  await call.join('ben@contoso.com')
  await call.finishPrompt()
  expect(world.requests.filter((each) => each === 'playPrompt')).toHaveLength(2)
  await call.leave(ann)
  await call.leave('ben@contoso.com')
  await world.advance(32_000)
  expect(call.state).toBe('terminated')
})

test('where nobody lets it in, the call ends', async () => {
  await using world = await emulate(standUpBot)
  const call = await join(world, true)
  await world.advance(31 * 60_000)
  expect(call.state).toBe('terminated')
})

test('a crash while it speaks makes it say nothing twice', async () => {
  await using world = await emulate(standUpBot)
  const call = await join(world)
  await call.join(ann)
  await world.restart()
  await call.finishPrompt()
  await world.advance(2_000)
  expect(world.requests.filter((each) => each === 'playPrompt')).toHaveLength(1)
  expect(call.state).toBe('established')
})

test.each([1, 2, 3, 4, 5])('whatever happens, every promise is kept: seed %i', async (seed) => {
  await using world = await emulate(standUpBot, { seed })
  await world.play(trafficOf(seed))
  await world.checkInvariants()
})
