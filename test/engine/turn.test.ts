/** A turn: one event run to completion, with all it asked for on the way. */
import { callChart, callSetup } from 'callchart/machines'
import { describe, expect, test } from 'vitest'
import { assign, enqueueActions, fromPromise, setup } from 'xstate'
import type { Participant, RosterChange } from '../../machines/index.ts'
import { type Chart, loadChart } from '../../src/engine/chart.ts'
import { type CallChartEvent, startTurn, takeTurn } from '../../src/engine/turn.ts'

const input = { key: 'k', direction: 'incoming', call: { myParticipantId: 'me' } } as const
const established = { type: 'callState.established' }

const bot = callSetup.extend({
  types: {} as {
    bot: { readonly heard: readonly string[] }
    private: { readonly digits: string }
    events: { type: 'order.go' } | { type: 'order.again' }
  },
  actors: { find: fromPromise(async () => 1) },
  actions: {
    listen: assign(({ context, event }) => ({
      bot: { heard: [...context.bot.heard, event.type] },
    })),
    keep: assign({ private: { digits: '123' } }),
    break: assign(() => {
      throw new Error('broken')
    }),
  },
  delays: { never: () => Number.NaN, past: () => -1 },
})

type Scenario = Parameters<typeof bot.createStateConfig>[0]

function load(scenario: Scenario): Chart {
  const config = callChart({ id: 'c', version: '1', scenario, bot: { heard: [] }, incoming: 'ask' })
  return loadChart(bot.createMachine(config))
}

function play(scenario: Scenario, ...events: readonly CallChartEvent[]) {
  const chart = load(scenario)
  return events.reduce(
    (turn, event) => takeTurn(chart, turn.group, event),
    startTurn(chart, { type: 'call.started', input }),
  )
}

const listening = { on: { '*': { actions: 'listen' } } } as const
const heard = (turn: ReturnType<typeof play>): readonly string[] =>
  turn.group.call.context.bot.heard

describe('effects', () => {
  test('become commands numbered by call, turn and place', () => {
    const turn = play(
      {
        on: {
          'call.established': {
            actions: ['mute', { type: 'playPrompt', params: { prompt: 'a.wav' } }],
          },
        },
      },
      established,
    )
    expect(turn.commands).toEqual([
      { id: 'k.2.0', effect: 'mute', params: {} },
      { id: 'k.2.1', effect: 'playPrompt', params: { prompt: 'a.wav' } },
    ])
  })

  test('are heard of as asked in the same turn, each with its command', () => {
    const turn = play(
      { on: { 'call.established': { actions: 'mute' }, '*': { actions: 'listen' } } },
      established,
    )
    expect(heard(turn).filter((type) => type.endsWith('.asked'))).toEqual(['mute.asked'])
    expect(turn.group.call.value).toMatchObject({ audio: 'muting' })
  })

  test('asked for by the answer to having asked are taken in the same turn', () => {
    const turn = play(
      { on: { 'call.established': { actions: 'mute' }, 'mute.asked': { actions: 'unmute' } } },
      established,
    )
    expect(turn.commands.map(({ effect }) => effect)).toEqual(['mute', 'unmute'])
  })

  test('are 100 in a turn at most', () => {
    const scenario = {
      on: { 'call.established': { actions: 'mute' }, 'mute.asked': { actions: 'mute' } },
    } as const
    expect(() => play(scenario, established)).toThrow(
      'One event made the chart ask for more than 100 effects. Look for states that enter one another in a circle.',
    )
  })

  test('nobody knows are refused when they are asked for', () => {
    const chart = setup({ actions: { log: () => {} } }).createMachine({
      id: 'c',
      version: '1',
      context: { private: {} },
      on: { go: { actions: enqueueActions(({ enqueue }) => enqueue('log')) } },
    })
    const { group } = startTurn(loadChart(chart), { type: 'call.started', input })
    expect(() => takeTurn(loadChart(chart), group, { type: 'go' })).toThrow(
      "The chart ran the action 'log', which is neither an effect nor made by assign, raise or enqueueActions.",
    )
  })
})

describe('timers', () => {
  const reminding = (delay: number | 'never' | 'past', id?: string) =>
    ({
      on: {
        'call.established': {
          actions: bot.raise({ type: 'order.go' }, { delay, ...(id && { id }) }),
        },
        'call.held': { actions: bot.cancel('soon') },
      },
    }) as const

  test('carry the id the chart gave, or one of their own', () => {
    const named = play(reminding(50, 'soon'), established)
    expect(named.timers).toContainEqual({ id: 'soon', delayMs: 50, event: { type: 'order.go' } })
    const own = play(reminding(50), established).timers.filter(({ delayMs }) => delayMs === 50)
    expect(own.map(({ event }) => event.type)).toEqual(['order.go'])
  })

  test('without an id do not replace one another, in one turn or the next', () => {
    const both = [
      bot.raise({ type: 'order.go' }, { delay: 1 }),
      bot.raise({ type: 'order.again' }, { delay: 1 }),
    ]
    const scenario = {
      on: { 'call.established': { actions: both }, 'call.held': { actions: both } },
    } as never
    const first = play(scenario, established)
    const next = play(scenario, established, { type: 'callState.hold' })
    const ids = [first, next].flatMap(({ timers }) =>
      timers.filter(({ delayMs }) => delayMs === 1).map(({ id }) => id),
    )
    expect(new Set(ids).size).toBe(4)
  })

  test('are called off by their id', () => {
    const turn = play(reminding(50, 'soon'), established, { type: 'callState.hold' })
    expect(turn.timersCancelled).toContain('soon')
  })

  test('set again in the turn that called them off are set', () => {
    const states = {
      a: { after: { 9: {} }, on: { 'call.established': { target: 'a', reenter: true } } },
    } as const
    const turn = play({ initial: 'a', states }, established)
    expect(turn.timers.map(({ delayMs }) => delayMs)).toContain(9)
  })

  test.each([
    ['never', 'NaN'],
    ['past', '-1'],
  ] as const)('with the delay %s are refused', (delay, came) => {
    expect(() => play(reminding(delay, 'soon'), established)).toThrow(
      `The delay of 'soon' came out as ${came}. A delay is a number of milliseconds, zero or more.`,
    )
  })
})

describe('invocations', () => {
  const states = {
    idle: { on: { 'call.established': 'finding' } },
    finding: {
      invoke: { src: 'find', id: 'finder', onDone: 'found', onError: 'lost' },
      on: { 'call.held': 'idle' },
    },
    found: {},
    lost: {},
  } as const
  const scenario = { initial: 'idle', states } as const

  test('are commands that run the logic by name', () => {
    expect(play(scenario, established).commands).toEqual([
      { id: 'k.2.0', effect: 'invoke', params: { id: 'finder', src: 'find', input: undefined } },
    ])
  })

  test('are left behind with their state', () => {
    expect(play(scenario, established, { type: 'callState.hold' }).uninvoked).toEqual(['finder'])
  })

  test.each([
    ['xstate.done.actor.finder', { output: 1 }, 'found'],
    ['xstate.error.actor.finder', { error: { name: 'Error', message: 'no' } }, 'lost'],
  ])('end by %s', (type, more, state) => {
    const turn = play(scenario, established, { type, actorId: 'finder', ...more })
    expect(turn.group.call.value).toMatchObject({ scenario: state })
  })
})

describe('a turn that throws', () => {
  test('leaves the group it was given as it was', () => {
    const chart = load({ on: { 'call.established': { actions: ['listen', 'break'] } } })
    const { group } = startTurn(chart, { type: 'call.started', input })
    const before = JSON.stringify(group.call)
    expect(() => takeTurn(chart, group, established)).toThrow('broken')
    expect(JSON.stringify(group.call)).toBe(before)
    expect(group.sequence).toBe(1)
  })
})

test('private values stay in the context of the call', () => {
  const turn = play({ on: { 'call.established': { actions: 'keep' } } }, established)
  expect(turn.group.call.context.private).toEqual({ digits: '123' })
})

test('what is emitted is told by its type', () => {
  const scenario = {
    on: { 'call.established': { actions: bot.emit({ type: 'desk.reached' }) } },
  } as const
  expect(play(scenario, established).emitted).toEqual(['desk.reached'])
})

test('an event nobody listens to changes nothing but the sequence', () => {
  const before = play({})
  const after = play({}, { type: 'callState.unknown', state: 'x' })
  expect(after.group.call.value).toEqual(before.group.call.value)
  expect([after.commands, after.timers, after.group.sequence]).toEqual([[], [], 2])
})

describe('rosters', () => {
  const talking: Partial<Participant> = {
    mediaStreams: [{ mediaType: 'audio', direction: 'sendReceive' }],
  }
  const change = (
    updated: readonly Participant[],
    absent: readonly string[] = [],
  ): RosterChange => ({
    type: 'roster.changed',
    kind: 'full',
    listed: false,
    gap: false,
    updated,
    absent,
  })
  const facts = (turn: ReturnType<typeof play>) =>
    heard(turn).filter((type) => type.startsWith('participant.') || type === 'roster.updated')

  test('move only the participants they tell of, whom the call then hears of', () => {
    const turn = play(
      listening,
      change([{ id: 'me', ...talking }, { id: 'a', ...talking }, { id: 'b' }]),
      change([{ id: 'b', ...talking }], ['a']),
    )
    expect([...turn.moved]).toEqual(['b', 'a'])
    expect(facts(turn)).toEqual([
      ...['participant.joined', 'participant.joined', 'participant.updated', 'roster.updated'],
      ...['participant.joined', 'participant.left', 'roster.updated'],
    ])
    expect(turn.group.call.context).toMatchObject({ rosterSize: 2, self: { id: 'me' } })
  })

  test('of strangers who have left already move nobody on the call', () => {
    expect(facts(play(listening, change([], ['nobody'])))).toEqual(['roster.updated'])
  })
})
