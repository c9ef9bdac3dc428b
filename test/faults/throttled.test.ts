/** A question about a call that Graph will not answer yet is asked again, and nothing else waits for it. */
import { callChart, callSetup } from 'callchart/machines'
import { expect, test } from 'vitest'
import { Rig } from '../engine/rig.ts'

const scenario = callSetup.createStateConfig({
  initial: 'waiting',
  states: {
    waiting: { on: { 'call.established': 'listening' } },
    listening: { entry: 'subscribeToTone', on: { 'tone.received': 'desk' } },
    desk: { entry: { type: 'transfer', params: { to: 'desk@contoso.com' } } },
  },
})
const chart = callSetup.createMachine(callChart({ id: 'listener', version: '1', scenario }))

test('a call whose state Graph throttles the asking for is transferred all the same', async () => {
  await using rig = await Rig.open(chart)
  const call = await rig.ring()
  await restartThrottled(rig)
  await rig.settle()
  expect(answers(rig, 'getCall')).toEqual([429])

  void call.press('1')
  await rig.settle()
  expect(answers(rig, 'transfer')).toEqual([202])
  expect(answers(rig, 'getCall')).toEqual([429])
})

test('what Graph throttled is asked again when Graph says, not before', async () => {
  await using rig = await Rig.open(chart)
  await rig.ring()
  await restartThrottled(rig)
  await rig.advance(59_000)
  expect(answers(rig, 'getCall')).toEqual([429])
  await rig.advance(2_000)
  expect(answers(rig, 'getCall')).toEqual([429, 200])
})

/** Restarts the bot while Graph throttles, for a minute, the asking where a call stands. */
async function restartThrottled(rig: Rig): Promise<void> {
  await rig.crash()
  const freeMs = rig.clock.now() + 60_000
  rig.emulator.setFaults({
    onRequest: ({ method }) =>
      method === 'getCall' && rig.clock.now() < freeMs
        ? { kind: 'refuse', status: 429, retryAfterSeconds: 60, moment: 'before' }
        : undefined,
  })
  await rig.start(chart)
}

/** What the requests of a method were answered, in order. */
function answers(rig: Rig, method: string): readonly number[] {
  return rig.emulator.record.flatMap((entry) =>
    entry.kind === 'request' && entry.method === method ? [entry.status] : [],
  )
}
