/** Policy-based recording: what Graph is answered when it tells of somebody who joins. */
import { callChart, callSetup } from 'callchart/machines'
import { expect, test } from 'vitest'
import { type AnyStateMachine, assign } from 'xstate'
import type { JsonObject } from '../../src/graph/json.ts'
import { Rig } from './rig.ts'

const accept = { '@odata.type': '#microsoft.graph.acceptJoinResponse' }
const reject = { '@odata.type': '#microsoft.graph.rejectJoinResponse', reason: 'busy' }

const typed = callSetup.extend({
  types: {} as { bot: { readonly taken: number } },
  actions: { take: assign(({ context: { bot } }) => ({ bot: { taken: bot.taken + 1 } })) },
  guards: { hasRoom: ({ context }) => context.bot.taken < 1 },
})

const oneOnly = typed.createMachine(
  callChart({
    id: 'recorder',
    version: '1',
    bot: { taken: 0 },
    scenario: typed.createStateConfig({
      on: {
        'participant.joining': [
          { guard: 'hasRoom', actions: ['acceptJoin', 'take'] },
          { actions: { type: 'rejectJoin', params: { reason: 'busy' } } },
        ],
      },
    }),
  }),
)

/** A chart as a JavaScript author would write it. */
function answering(action: object): AnyStateMachine {
  const scenario: object = { on: { 'participant.joining': { actions: action } } }
  return callSetup.createMachine(callChart({ id: 'recorder', version: '1', scenario }))
}

/** What Graph is answered when it tells the bot of this joining. */
async function answerTo(rig: Rig, callId: string, joining: JsonObject) {
  const delivery = rig.delivery(callId, 'participantJoining', 'updated', [joining])
  const [verdict] = await rig.bot.engine.intake([delivery])
  return verdict?.kind === 'accepted' ? verdict.response : verdict
}

const told = (callId: string, id: string) => ({ id, call: { id: callId } })

test('a joining that is told again is answered as it was at first, after a restart too', async () => {
  await using rig = await Rig.open(oneOnly)
  const { id } = await rig.ring()
  const answers = () =>
    Promise.all(['eve', 'dan', 'eve', 'dan'].map((who) => answerTo(rig, id, told(id, who))))
  expect(await answers()).toEqual([accept, reject, accept, reject])
  await rig.crash()
  await rig.start(oneOnly)
  expect(await answers()).toEqual([accept, reject, accept, reject])
  for (let turn = 0; turn < 20; turn++) await answerTo(rig, id, told(id, `more-${turn}`))
  await rig.crash()
  await rig.start(oneOnly)
  expect(await answers()).toEqual([accept, reject, accept, reject])
})

test('a joining that a chart let pass stays accepted when it is told again in another state', async () => {
  const scenario = typed.createStateConfig({
    initial: 'open',
    states: {
      open: { on: { 'call.established': 'full' } },
      full: { on: { 'participant.joining': { actions: 'rejectJoin' } } },
    },
  })
  const chart = typed.createMachine(
    callChart({ id: 'recorder', version: '1', bot: { taken: 0 }, incoming: 'ask', scenario }),
  )
  await using rig = await Rig.open(chart)
  const call = await rig.ring()
  expect(await answerTo(rig, call.id, told(call.id, 'eve'))).toEqual(accept)
  await rig.report(call, 'established')
  expect(await answerTo(rig, call.id, told(call.id, 'eve'))).toEqual(accept)
  expect(await answerTo(rig, call.id, told(call.id, 'dan'))).toEqual({ ...reject, reason: 'none' })
})

test.each([
  ['rejectJoin', { reason: 7 }, 'reason'],
  ['inviteNewBot', { inviteUri: {} }, 'inviteUri'],
])(
  '%s with a wrong parameter that is computed rejects the join, and the log says why',
  async (type, params, field) => {
    await using rig = await Rig.open(answering({ type, params: () => params }))
    const { id } = await rig.ring()
    for (let round = 0; round < 2; round++)
      expect(await answerTo(rig, id, told(id, 'eve'))).toEqual({ ...reject, reason: 'none' })
    expect(rig.records.findLast(({ kind }) => kind === 'quarantined')).toMatchObject({
      reason: expect.stringContaining(`Effect "${type}", field "${field}": must be text.`),
    })
  },
)
