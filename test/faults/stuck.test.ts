/** What hangs, spins or floods harms itself: the other calls go on. */
import { callChart, callSetup } from 'callchart/machines'
import { emulate, type World } from 'callchart/testkit'
import { expect, test } from 'vitest'
import { fromPromise } from 'xstate'
import { Rig } from '../engine/rig.ts'

const setup = callSetup.extend({
  actors: {
    lookUp: fromPromise<string, { readonly isSlow: boolean }>(({ input }) =>
      input.isSlow ? new Promise(() => {}) : Promise.resolve('known'),
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
        input: ({ context }) => ({ isSlow: context.source.domain === 'slow.com' }),
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

test('promise logic that never ends keeps its own call waiting, and no other', async () => {
  await using world = await emulate(chart)
  const slow = []
  for (let count = 0; count < 100; count++) slow.push(await world.ring({ from: 'ann@slow.com' }))
  const call = await world.ring({ from: 'ann@fabrikam.com' })
  await world.advance(1_000)
  expect(statesOf(world, call.id)).toContain('scenario.found')
  for (const { id } of slow) expect(statesOf(world, id)).toContain('scenario.looking')
})

test('one hot call fills its own mailbox and is asked to come again; its neighbour is heard', async () => {
  await using rig = await Rig.open(chart)
  const [hot, calm] = [await rig.ring('hot@fabrikam.com'), await rig.ring('calm@fabrikam.com')]
  const news = (callId: string, state: string) =>
    rig.delivery(callId, 'call', 'updated', [{ state }])
  const flood = Array.from({ length: 3_000 }, (_, index) =>
    news(hot.id, index % 2 === 0 ? 'hold' : 'established'),
  )
  const flooded = rig.bot.engine.intake(flood)
  expect(await rig.bot.engine.intake([news(calm.id, 'hold')])).toEqual([{ kind: 'accepted' }])
  const accepted = (await flooded).filter(({ kind }) => kind === 'accepted')
  const refused = (await flooded).filter(({ kind }) => kind === 'unavailable')
  expect([accepted.length, refused.length]).toEqual([1_000, 2_000])
  expect(refused[0]).toMatchObject({ retryAfterSeconds: 1 })
  expect(await rig.bot.engine.intake([news(hot.id, 'hold')])).toEqual([{ kind: 'accepted' }])
})

function statesOf(world: World, id: string): readonly string[] {
  const last = world.records.findLast(
    ({ kind, ...rest }) => kind === 'turned' && 'key' in rest && rest.key === id,
  )
  return last?.kind === 'turned' ? last.states : []
}
