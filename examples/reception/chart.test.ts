import { emulate, type TestCall, trafficOf } from 'callchart/testkit'
import { expect, test } from 'vitest'
import { receptionist } from './chart.ts'

const ann = 'ann@contoso.com'
const ben = 'ben@contoso.com'
const bob = 'bob@fabrikam.com'

function held(call: TestCall): readonly string[] {
  return call
    .truth()
    .roster.filter(({ onHold }) => onHold)
    .map(({ name }) => name)
}

test('Ann is told of the caller, who waits with music, and then they have one another', async () => {
  await using world = await emulate(receptionist)
  const call = await world.ring({ from: bob })
  await call.press('1')
  await world.advance(3_000)
  expect(held(call)).toEqual([bob])
  await call.finishPrompt()
  await world.advance(1_000)
  expect(held(call)).toEqual([])
  expect(world.requests.slice(-1)).toEqual(['hangUp'])
  const present = call.truth().roster.map(({ name }) => name)
  expect(present).toEqual(expect.arrayContaining([ann, bob]))
})

test('who declines is not available, and the caller may ask for somebody else', async () => {
  await using world = await emulate(receptionist)
  world.script(ann, 'decline')
  const call = await world.ring({ from: bob })
  await call.press('1')
  await world.advance(3_000)
  await call.finishPrompt()
  await call.press('2')
  await world.advance(3_000)
  expect(held(call)).toEqual([bob])
  expect(call.truth().roster.map(({ name }) => name)).toContain(ben)
})

test('a crash while the caller is held does not leave them there', async () => {
  await using world = await emulate(receptionist)
  const call = await world.ring({ from: bob })
  await call.press('1')
  await world.advance(3_000)
  await world.restart()
  await call.finishPrompt()
  await world.advance(2_000)
  expect(held(call)).toEqual([])
  expect(world.requests.slice(-1)).toEqual(['hangUp'])
})

test.each([1, 2, 3, 4, 5])('whatever happens, every promise is kept: seed %i', async (seed) => {
  await using world = await emulate(receptionist, { seed })
  await world.play(trafficOf(seed))
  await world.checkInvariants()
})
