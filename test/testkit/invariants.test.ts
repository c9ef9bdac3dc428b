/** Every invariant shipped sees the chart that breaks it, and says nothing of one that does not. */
import { callChart, callSetup } from 'callchart/machines'
import {
  courtesies,
  emulate,
  endsEventually,
  everyPromptStops,
  type Invariant,
  invariant,
  neverActsAfterHangUp,
  neverThrows,
  noDeadState,
  noDeadStateBut,
  promises,
  type World,
} from 'callchart/testkit'
import { expect, test } from 'vitest'
import { assign } from 'xstate'
import { frontDesk } from '../../examples/front-desk/chart.ts'

type Scenario = Parameters<typeof setup.createStateConfig>[0]

const setup = callSetup.extend({
  actions: {
    stumble: assign(() => {
      throw new Error('over its own feet')
    }),
  },
})

function chartOf(scenario: Scenario) {
  return setup.createMachine(
    callChart({ id: 'flawed', version: '1', scenario: setup.createStateConfig(scenario) }),
  )
}

const greeting = { type: 'playPrompt', params: { prompt: 'welcome.wav' } } as const

const flawed: readonly (readonly [Invariant, Scenario])[] = [
  [
    endsEventually,
    {
      initial: 'one',
      on: { 'call.terminated': {} },
      states: { one: { after: { 60000: 'two' } }, two: { after: { 60000: 'one' } } },
    },
  ],
  [
    neverActsAfterHangUp,
    {
      initial: 'idle',
      states: {
        idle: { on: { 'call.terminated': 'sorry' } },
        sorry: { entry: greeting, on: { 'prompt.failed': 'over' } },
        over: { type: 'final' },
      },
    },
  ],
  [
    neverThrows,
    {
      initial: 'idle',
      states: { idle: { on: { 'call.established': { actions: 'stumble' } } } },
    },
  ],
  [
    everyPromptStops,
    {
      initial: 'idle',
      states: {
        idle: { on: { 'call.established': 'greeting' } },
        greeting: { entry: greeting, after: { 5000: 'listening' } },
        listening: { entry: 'subscribeToTone', on: { 'tone.received': 'idle' } },
      },
    },
  ],
  [
    noDeadState,
    {
      initial: 'idle',
      states: {
        idle: { on: { 'call.established': 'listening' } },
        listening: { entry: 'subscribeToTone', after: { 5000: 'lost' } },
        lost: { on: { 'prompt.completed': 'listening' } },
      },
    },
  ],
]

test.each(flawed)('$name sees the chart that breaks it', async (broken, scenario) => {
  await using world = await emulate(chartOf(scenario))
  await world.ring({ from: 'bob@fabrikam.com' })
  await world.advance(10_000)
  await expect(world.checkInvariants(broken)).rejects.toThrow(`  ${broken.name}: `)
})

test.each(courtesies)('$name says nothing of a chart that keeps it', async (kept) => {
  await using world = await emulate(frontDesk)
  const call = await world.ring({ from: 'bob@fabrikam.com' })
  await call.finishPrompt()
  await call.press('2')
  await world.checkInvariants(kept)
})

test('a state in which a call is meant to rest is not dead', async () => {
  const restful = chartOf({ initial: 'idle', states: { idle: {} } })
  const rung = async (invariants: Invariant) => {
    await using world = await emulate(restful)
    await world.ring({ from: 'bob@fabrikam.com' })
    await world.checkInvariants(invariants)
  }
  await rung(noDeadStateBut('scenario.idle'))
  await expect(rung(noDeadState)).rejects.toThrow('is stuck in scenario.idle')
})

const greetsNobody = invariant('greetsNobody', 'always', ({ calls }) =>
  calls
    .filter(({ asked }) => asked.some(({ effect }) => effect === 'playPrompt'))
    .map(({ heard, states }) => `greeted after ${heard.length} events, in ${states.join(', ')}`),
)

async function ring(world: World) {
  const call = await world.ring({ from: 'bob@fabrikam.com' })
  await call.finishPrompt()
}

test('an author’s own invariant is judged like ours, alone or among others', async () => {
  await using world = await emulate(frontDesk)
  await ring(world)
  await expect(world.checkInvariants(neverThrows, greetsNobody)).rejects.toThrow(
    /greetsNobody: greeted after[\s\S]*{ emulate, neverThrows }[\s\S]*{ greetsNobody } from '.\/invariants.ts'/,
  )
})

test('one given to the world is judged by itself, at its moment', async () => {
  await using world = await emulate(frontDesk, { invariants: [greetsNobody] })
  await ring(world)
  await world.finish()
  await expect(world.checkInvariants()).rejects.toThrow('greetsNobody')
})

test('what holds while calls live cannot be asked when the world is over', async () => {
  await using world = await emulate(frontDesk)
  await world.finish()
  await expect(world.checkInvariants(noDeadState)).rejects.toMatchObject({ code: 'world.over' })
})

test('the engine’s promises are named as they are broken, whoever plays', async () => {
  await using world = await emulate(frontDesk, { invariants: promises })
  await ring(world)
  await world.checkInvariants()
})
