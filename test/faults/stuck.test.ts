/** What hangs, spins or floods harms itself: the other calls go on. */
import { callChart, callSetup } from 'callchart/machines'
import { emulate } from 'callchart/testkit'
import { expect, test } from 'vitest'
import { fromPromise } from 'xstate'
import { MAILBOX_LIMIT } from '../../src/engine/mailboxes.ts'
import { Rig } from '../engine/rig.ts'

const setup = callSetup.extend({
  actors: {
    lookUp: fromPromise<string, { readonly from: string }>(({ input }) =>
      input.from.startsWith('slow') ? new Promise(() => {}) : Promise.resolve('known'),
    ),
  },
})
const scenario = setup.createStateConfig({
  initial: 'waiting',
  states: {
    waiting: { on: { 'call.established': 'looking' } },
    looking: {
      invoke: {
        src: 'lookUp',
        input: ({ context }) => ({ from: context.source.address ?? '' }),
        onDone: 'found',
      },
    },
    found: {},
  },
})
const chart = setup.createMachine(callChart({ id: 'curious', version: '1', scenario }))

test('a thousand calls whose requests hang do not keep another call waiting beyond its ringing', async () => {
  await using world = await emulate(chart)
  const stuck = new Set<string>()
  world.emulator.setFaults({
    onRequest: ({ callId = '' }) =>
      stuck.has(callId) ? { kind: 'slow', delayMs: 10 * 60_000, moment: 'before' } : undefined,
  })
  for (let count = 0; count < 1_000; count++)
    stuck.add(world.emulator.ring({ from: `stuck${count}@fabrikam.com` }).id)
  await world.advance(1_000)
  const call = await world.ring({ from: 'ann@fabrikam.com' })
  await world.advance(9_000)
  expect(call.state).toBe('established')
})
