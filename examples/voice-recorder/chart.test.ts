import { emulate, trafficOf } from 'callchart/testkit'
import { expect, test } from 'vitest'
import { voiceRecorder } from './chart.ts'

const bob = { from: 'bob@fabrikam.com' }
const recorded = { bot: { outcome: 'recorded' } }

test('the caller speaks, presses # and is thanked', async () => {
  await using world = await emulate(voiceRecorder)
  const call = await world.ring(bob)
  await call.finishPrompt()
  await call.say(2_000)
  await call.press('#')
  await call.finishPrompt()
  expect(world.requests).toEqual(['answer', 'recordResponse', 'playPrompt', 'hangUp'])
  expect(await call.context()).toMatchObject(recorded)
})

test('whoever falls silent is done', async () => {
  await using world = await emulate(voiceRecorder)
  const call = await world.ring(bob)
  await call.finishPrompt()
  await call.say(2_000)
  await world.advance(6_000)
  await call.finishPrompt()
  await world.advance(1_000)
  expect(call.state).toBe('terminated')
  expect(await call.context()).toMatchObject(recorded)
})

test('whoever says nothing has recorded nothing', async () => {
  await using world = await emulate(voiceRecorder)
  const call = await world.ring(bob)
  await call.finishPrompt()
  await world.advance(6_000)
  await call.finishPrompt()
  expect(world.requests).toEqual(['answer', 'recordResponse', 'playPrompt', 'hangUp'])
  expect(await call.context()).toMatchObject({ bot: { outcome: 'none' } })
})

test('whoever hangs up in the middle has recorded nothing', async () => {
  await using world = await emulate(voiceRecorder)
  const call = await world.ring(bob)
  await call.finishPrompt()
  await call.hangUp()
  expect(world.requests).toEqual(['answer', 'recordResponse'])
  expect(await call.context()).toMatchObject({ bot: { outcome: 'none' } })
})

test('however often Graph says that the call is established, it records once', async () => {
  const faults = { onNotification: () => ({ kind: 'duplicate' }) as const }
  await using world = await emulate(voiceRecorder, { faults })
  await world.ring(bob)
  await world.advance(5_000)
  expect(world.requests).toEqual(['answer', 'recordResponse'])
})

test('a crash in the middle of the message does not lose it', async () => {
  await using world = await emulate(voiceRecorder)
  const call = await world.ring(bob)
  await call.finishPrompt()
  await call.say(2_000)
  await world.restart()
  await call.press('#')
  await call.finishPrompt()
  expect(world.requests).toEqual(['answer', 'recordResponse', 'playPrompt', 'hangUp'])
  expect(await call.context()).toMatchObject(recorded)
})

test("the recording's access token never reaches the disk", async () => {
  await using world = await emulate(voiceRecorder)
  const call = await world.ring(bob)
  await call.finishPrompt()
  await call.press('#')
  await call.finishPrompt()
  const disk = world.disk.store.image().toString('latin1')
  expect(disk).toContain('recordingLocation')
  expect(disk).not.toContain('recordingAccessToken')
  expect(JSON.stringify(world.records)).not.toContain('recordingAccessToken')
})

test.each([1, 2, 3, 4, 5])('whatever happens, every promise is kept: seed %i', async (seed) => {
  await using world = await emulate(voiceRecorder, { seed })
  await world.play(trafficOf(seed))
  await world.checkInvariants()
})
