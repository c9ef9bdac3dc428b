import { emulate, type TestCall, trafficOf, type World } from 'callchart/testkit'
import { expect, test } from 'vitest'
import { policyRecording } from './chart.ts'

const bob = { user: 'bob@fabrikam.com' }
const eve = 'eve@fabrikam.com'
const dan = 'dan@fabrikam.com'

function recorded(call: Pick<TestCall, 'truth'>): string[] {
  const { roster } = call.truth()
  return roster.filter((each) => each.recorded).map(({ name }) => name)
}

function count(world: World, request: string): number {
  return world.requests.filter((each) => each === request).length
}

test('everybody is told of the recording, then a second participant is taken in', async () => {
  await using world = await emulate(policyRecording)
  const call = await world.policyCall(bob)
  expect(world.requests).toEqual(['answer', 'updateRecordingStatus'])
  expect(call.truth().recordingStatus).toBe('recording')
  expect(await call.policyJoin(eve)).toEqual({ outcome: 'accepted' })
  expect(recorded(call)).toEqual([bob.user, eve])
})

test('a third participant is a call of its own', async () => {
  await using world = await emulate(policyRecording)
  const call = await world.policyCall(bob)
  await call.policyJoin(eve)
  expect(await call.policyJoin(dan)).toMatchObject({ outcome: 'newCall' })
  await world.settle()
  expect(count(world, 'answer')).toBe(2)
  expect(world.emulator.calls.map(recorded)).toEqual([[bob.user, eve], [dan]])
})

test('whoever joins before the call records is another call', async () => {
  const onRequest = ({ method }: { method: string }) =>
    method === 'updateRecordingStatus'
      ? ({ kind: 'refuse', status: 503, moment: 'before' } as const)
      : undefined
  await using world = await emulate(policyRecording, { faults: { onRequest } })
  const call = await world.policyCall(bob)
  expect(await call.policyJoin(eve)).toMatchObject({ outcome: 'newCall' })
  expect(recorded(call)).toEqual([bob.user])
})

test('whoever leaves makes room', async () => {
  await using world = await emulate(policyRecording)
  const call = await world.policyCall(bob)
  await call.policyJoin(eve)
  await call.policyLeave(eve)
  expect(await call.policyJoin(dan)).toEqual({ outcome: 'accepted' })
  expect(recorded(call)).toEqual([bob.user, dan])
})

test('a bot that has not heard yet of a leaver is busy', async () => {
  await using world = await emulate(policyRecording)
  const call = await world.policyCall(bob)
  await call.policyJoin(eve)
  world.emulator.setFaults({
    onNotification: ({ what }) =>
      what === 'participantLeftNotification' ? { kind: 'drop' } : undefined,
  })
  await call.policyLeave(eve)
  expect(await call.policyJoin(dan)).toEqual({ outcome: 'rejected', reason: 'busy' })
})

test('the last one to leave ends the recording, then the call', async () => {
  await using world = await emulate(policyRecording, { switches: { endWhenNobodyRecorded: false } })
  const call = await world.policyCall(bob)
  await call.policyLeave(bob.user)
  await world.advance(1_000)
  expect(world.requests).toEqual([
    ...['answer', 'updateRecordingStatus', 'updateRecordingStatus', 'hangUp'],
  ])
  expect(call.state).toBe('terminated')
})

test('a crash keeps who is recorded', async () => {
  await using world = await emulate(policyRecording)
  const call = await world.policyCall(bob)
  await call.policyJoin(eve)
  await world.restart()
  expect(count(world, 'updateRecordingStatus')).toBe(1)
  await call.policyLeave(eve)
  expect(await call.policyJoin(dan)).toEqual({ outcome: 'accepted' })
})

test.each([1, 2, 3, 4, 5])('whatever happens, every promise is kept: seed %i', async (seed) => {
  await using world = await emulate(policyRecording, { seed })
  await world.play(trafficOf(seed))
  await world.checkInvariants()
})
