/** Deeds that fail: told to whoever waits for them, or else at the world's next await; never to the process. */
import { emulate } from 'callchart/testkit'
import { afterAll, expect, test } from 'vitest'
import { frontDesk } from '../../examples/front-desk/chart.ts'

const unhandled: unknown[] = []
const note = (reason: unknown) => void unhandled.push(reason)
process.on('unhandledRejection', note)
afterAll(() => {
  process.off('unhandledRejection', note)
  expect(unhandled).toEqual([])
})

const inVain = expect.objectContaining({ code: 'world.waitedInVain' })
const ended = expect.objectContaining({ code: 'call.ended' })

test('a key that nobody waits for, and that is never heard, fails the next await', async () => {
  await using world = await emulate(frontDesk)
  const call = await world.ring({ from: 'bob@fabrikam.com' })
  void call.press('1')
  await expect(world.advance(10 * 60_000)).rejects.toEqual(inVain)
  await world.settle()
})

test('so do the deeds of a person', async () => {
  await using world = await emulate(frontDesk)
  void world.person('nobody@fabrikam.com').mute()
  await expect(world.advance(10 * 60_000)).rejects.toEqual(inVain)
  await world.settle()
})

test('and when no await follows, the end of the world tells', async () => {
  const world = await emulate(frontDesk)
  const call = await world.ring({ from: 'bob@fabrikam.com' })
  await call.hangUp()
  void call.mute()
  await expect(world[Symbol.asyncDispose]()).rejects.toEqual(ended)
})

test('a deed that is waited for fails there, and nowhere else', async () => {
  await using world = await emulate(frontDesk)
  const call = await world.ring({ from: 'bob@fabrikam.com' })
  await call.hangUp()
  await expect(call.mute()).rejects.toEqual(ended)
  await expect(call.press('1')).rejects.toEqual(inVain)
  const [first, second] = await Promise.allSettled([call.hold(), call.share()])
  expect([first.status, second.status]).toEqual(['rejected', 'rejected'])
  await world.settle()
})

test('of several failures none is lost: each fails one await', async () => {
  await using world = await emulate(frontDesk)
  const call = await world.ring({ from: 'bob@fabrikam.com' })
  await call.hangUp()
  void call.mute()
  void call.hold()
  await expect(world.settle()).rejects.toEqual(ended)
  await expect(world.settle()).rejects.toEqual(ended)
  await world.settle()
})

test('what is no key fails the press, not the process', async () => {
  await using world = await emulate(frontDesk)
  const call = await world.ring({ from: 'bob@fabrikam.com' })
  await call.finishPrompt()
  await expect(call.press('x')).rejects.toEqual(expect.objectContaining({ code: 'tone.unknown' }))
})
