import { emulate, type TestCall, trafficOf, type World } from 'callchart/testkit'
import { expect, test } from 'vitest'
import { phoneBank } from './chart.ts'

const bob = { from: 'bob@fabrikam.com' }

/** The requests a caller hears of. */
function heard(world: World): readonly string[] {
  return world.requests.filter((each) => ['playPrompt', 'transfer', 'hangUp'].includes(each))
}

async function keyIn(call: TestCall, ...keys: readonly string[]): Promise<void> {
  for (const each of keys) await call.press(each)
}

test('1, the PIN and 1 again block the card', async () => {
  await using world = await emulate(phoneBank)
  const call = await world.ring(bob)
  await keyIn(call, '1', '8642', '1')
  await call.finishPrompt()
  expect(heard(world)).toEqual([...Array(4).fill('playPrompt'), 'hangUp'])
})

test('no digit of the PIN is written', async () => {
  await using world = await emulate(phoneBank)
  const call = await world.ring(bob)
  await keyIn(call, '1', '8642', '1')
  const disk = world.disk.store.image().toString('latin1')
  expect(disk).toContain('blockCard')
  expect(disk).not.toMatch(/8642|"tone[0-9]"/)
  expect(JSON.stringify(world.records)).not.toContain('8642')
})

test('whoever thinks better of it is back in the menu, and hears when the bank is open', async () => {
  await using world = await emulate(phoneBank)
  const call = await world.ring(bob)
  await keyIn(call, '1', '8642', '2', '2')
  await call.finishPrompt()
  await call.finishPrompt()
  expect(heard(world)).toEqual(Array(7).fill('playPrompt'))
})

test('a third wrong PIN leads to the desk', async () => {
  await using world = await emulate(phoneBank)
  const call = await world.ring(bob)
  await keyIn(call, '1', '1110', '1', '2220', '1')
  expect(heard(world)).not.toContain('transfer')
  await keyIn(call, '3330', '1')
  expect(heard(world)).toContain('transfer')
})

test('whoever says nothing is put through to the desk', async () => {
  await using world = await emulate(phoneBank)
  const call = await world.ring(bob)
  await call.finishPrompt()
  for (const _ of [1, 2]) {
    await world.advance(6_000)
    await call.finishPrompt()
    await call.finishPrompt()
  }
  await world.advance(6_000)
  expect(heard(world)).toEqual([...Array(5).fill('playPrompt'), 'transfer'])
})

test('a crash takes the PIN, which is asked for again', async () => {
  await using world = await emulate(phoneBank)
  const call = await world.ring(bob)
  await keyIn(call, '1', '8642')
  await world.restart()
  await world.advance(500)
  await keyIn(call, '8642', '1')
  await call.finishPrompt()
  expect(heard(world)).toEqual([...Array(6).fill('playPrompt'), 'hangUp'])
})

test.each([1, 2, 3, 4, 5])('whatever happens, every promise is kept: seed %i', async (seed) => {
  await using world = await emulate(phoneBank, { seed })
  await world.play(trafficOf(seed))
  await world.checkInvariants()
})
