import { emulate, trafficOf } from 'callchart/testkit'
import { expect, test } from 'vitest'
import { groupCall } from './chart.ts'

const ann = 'ann@contoso.com'
const ben = 'ben@contoso.com'
const kim = 'kim@contoso.com'
const team = { targets: [ann, ben, kim] }

function outcomes(of: { readonly [who: string]: string }) {
  return { bot: { outcomes: of } }
}

test('the team is rung at once, and the prompt plays when the first is there', async () => {
  await using world = await emulate(groupCall)
  world.script(ben, 'manual')
  world.script(kim, 'manual')
  const call = await world.call(team)
  expect(world.requests).toEqual(['createCall'])
  await world.advance(2_000)
  expect(world.requests).toEqual(['createCall', 'playPrompt'])
  expect(await call.context()).toMatchObject(
    outcomes({ [ann]: 'joined', [ben]: 'called', [kim]: 'called' }),
  )
  await world.pickUp(ben)
  expect(await call.context()).toMatchObject(outcomes({ [ben]: 'joined' }))
})

test('who declines and who does not answer has missed the call', async () => {
  await using world = await emulate(groupCall)
  world.script(ben, 'decline')
  world.script(kim, 'ignore')
  const call = await world.call(team)
  await world.advance(70_000)
  expect(call.state).toBe('established')
  expect(await call.context()).toMatchObject(
    outcomes({ [ann]: 'joined', [ben]: 'missed', [kim]: 'missed' }),
  )
})

test('the bot leaves when it is alone again', async () => {
  await using world = await emulate(groupCall)
  world.script(kim, 'decline')
  const call = await world.call(team)
  await world.advance(2_000)
  await call.leave(ann)
  expect(call.state).toBe('established')
  await call.leave(ben)
  await world.advance(1_000)
  expect(call.state).toBe('terminated')
  expect(await call.context()).toMatchObject(
    outcomes({ [ann]: 'left', [ben]: 'left', [kim]: 'missed' }),
  )
})

test('the bot gives up after a minute when nobody comes', async () => {
  await using world = await emulate(groupCall)
  for (const who of team.targets) world.script(who, 'ignore')
  const call = await world.call(team)
  await world.advance(61_000)
  expect(call.state).toBe('terminated')
  expect(world.requests).toEqual(['createCall', 'hangUp'])
  expect(await call.context()).toMatchObject(
    outcomes({ [ann]: 'missed', [ben]: 'missed', [kim]: 'missed' }),
  )
})

test('who joins while the bot is down has joined', async () => {
  await using world = await emulate(groupCall)
  world.script(kim, 'manual')
  const call = await world.call(team)
  await world.advance(2_000)
  world.emulator.pickUp(kim)
  await world.restart()
  await world.advance(5_000)
  expect(world.requests.filter((request) => request === 'playPrompt')).toHaveLength(1)
  expect(await call.context()).toMatchObject(
    outcomes({ [ann]: 'joined', [ben]: 'joined', [kim]: 'joined' }),
  )
})

test.each([1, 2, 3, 4, 5])('whatever happens, every promise is kept: seed %i', async (seed) => {
  await using world = await emulate(groupCall, { seed })
  await world.play(trafficOf(seed))
  await world.checkInvariants()
})
