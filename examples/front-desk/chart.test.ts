import { emulate } from 'callchart/testkit'
import { expect, test } from 'vitest'
import { frontDesk } from './chart.ts'

const atTheDesk = ['answer', 'playPrompt', 'subscribeToTone', 'transfer']

test('pressing 1 reaches the desk', async () => {
  await using world = await emulate(frontDesk)
  const call = await world.ring({ from: 'bob@fabrikam.com' })
  await call.finishPrompt()
  await call.press('1')
  expect(world.requests).toEqual(atTheDesk)
})

test('any other key does not', async () => {
  await using world = await emulate(frontDesk)
  const call = await world.ring({ from: 'bob@fabrikam.com' })
  await call.finishPrompt()
  await call.press('2')
  expect(world.requests).not.toContain('transfer')
})

test('staff go straight to the desk', async () => {
  await using world = await emulate(frontDesk)
  await world.ring({ from: 'ann@contoso.com' })
  expect(world.requests).toEqual(['answer', 'transfer'])
})

test('who presses nothing is let go after 10 seconds', async () => {
  await using world = await emulate(frontDesk)
  const call = await world.ring({ from: 'bob@fabrikam.com' })
  await call.finishPrompt()
  await world.advance(9_000)
  expect(call.state).toBe('established')
  await world.advance(2_000)
  expect(call.state).toBe('terminated')
})

test('a crash in the middle of the prompt does not lose the call', async () => {
  await using world = await emulate(frontDesk)
  const call = await world.ring({ from: 'bob@fabrikam.com' })
  await world.restart()
  await call.finishPrompt()
  await call.press('1')
  expect(world.requests).toEqual(atTheDesk)
})

test('the 10 seconds go on through a crash', async () => {
  await using world = await emulate(frontDesk)
  const call = await world.ring({ from: 'bob@fabrikam.com' })
  await call.finishPrompt()
  await world.advance(6_000)
  await world.restart()
  expect(call.state).toBe('established')
  await world.advance(5_000)
  expect(call.state).toBe('terminated')
})
