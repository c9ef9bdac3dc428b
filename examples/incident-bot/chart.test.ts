import { emulate, trafficOf, type World } from 'callchart/testkit'
import { expect, test } from 'vitest'
import { incidentBot } from './chart.ts'

const ann = 'ann@contoso.com'
const ben = 'ben@contoso.com'
const kim = 'kim@contoso.com'

/** The bot joins a meeting that has just been scheduled. */
function join(world: World) {
  const { joinMeetingId } = world.meeting()
  const meetingInfo = { '@odata.type': '#microsoft.graph.joinMeetingIdMeetingInfo', joinMeetingId }
  return world.call({ meetingInfo })
}

function outcomes(of: { readonly [who: string]: string }) {
  return { bot: { outcomes: of } }
}

function count(world: World, request: string): number {
  return world.requests.filter((each) => each === request).length
}

test('the responders are called one after another and announced as they come', async () => {
  await using world = await emulate(incidentBot)
  const call = await join(world)
  await world.advance(500)
  expect(count(world, 'invite')).toBe(1)
  await world.advance(10_000)
  expect(count(world, 'invite')).toBe(3)
  expect(count(world, 'playPrompt')).toBe(4)
  expect(call.truth().roster.map(({ name }) => name)).toEqual(
    expect.arrayContaining([ann, ben, kim]),
  )
  expect(await call.context()).toMatchObject(
    outcomes({ [ann]: 'joined', [ben]: 'joined', [kim]: 'joined' }),
  )
})

test('who declines is noted, and the next one is called', async () => {
  await using world = await emulate(incidentBot)
  world.script(ann, 'decline')
  world.script(ben, 'ignore')
  const call = await join(world)
  await world.advance(2_000)
  expect(await call.context()).toMatchObject(outcomes({ [ann]: 'declined', [ben]: 'calling' }))
  await world.advance(70_000)
  expect(await call.context()).toMatchObject(
    outcomes({ [ann]: 'declined', [ben]: 'declined', [kim]: 'joined' }),
  )
})

test('who is there already is not called', async () => {
  await using world = await emulate(incidentBot)
  world.script(ann, 'manual')
  const call = await join(world)
  await call.join(ben)
  await world.pickUp(ann)
  await world.advance(10_000)
  expect(count(world, 'invite')).toBe(2)
  expect(await call.context()).toMatchObject(
    outcomes({ [ann]: 'joined', [ben]: 'joined', [kim]: 'joined' }),
  )
})

test('the bot leaves half a minute after everybody has', async () => {
  await using world = await emulate(incidentBot)
  world.script(kim, 'decline')
  const call = await join(world)
  await world.advance(10_000)
  await call.leave(ann)
  await call.leave(ben)
  await world.advance(20_000)
  expect(call.state).toBe('established')
  await world.advance(11_000)
  expect(call.state).toBe('terminated')
  expect(await call.context()).toMatchObject(
    outcomes({ [ann]: 'left', [ben]: 'left', [kim]: 'declined' }),
  )
})

test('the bot leaves when nobody comes at all', async () => {
  await using world = await emulate(incidentBot)
  for (const who of [ann, ben, kim]) world.script(who, 'decline')
  const call = await join(world)
  await world.advance(60_000)
  expect(call.state).toBe('terminated')
})

test('a crash while a responder is called calls nobody twice and leaves out nobody', async () => {
  await using world = await emulate(incidentBot)
  world.script(ben, 'manual')
  const call = await join(world)
  await world.advance(5_000)
  expect(await call.context()).toMatchObject(outcomes({ [ann]: 'joined', [ben]: 'calling' }))
  await world.restart()
  await world.pickUp(ben)
  await world.advance(10_000)
  expect(count(world, 'invite')).toBe(3)
  expect(await call.context()).toMatchObject(
    outcomes({ [ann]: 'joined', [ben]: 'joined', [kim]: 'joined' }),
  )
})

test.each([1, 2, 3, 4, 5])('whatever happens, every promise is kept: seed %i', async (seed) => {
  await using world = await emulate(incidentBot, { seed })
  await world.play(trafficOf(seed))
  await world.checkInvariants()
})
