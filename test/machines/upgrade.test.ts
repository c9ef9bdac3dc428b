/** renamed: a state under another name, with all that belongs to it. */
import { callChart, callSetup, renamed, type Standing } from 'callchart/machines'
import { expect, test } from 'vitest'
import { loadChart } from '../../src/engine/chart.ts'
import { encodeActors } from '../../src/engine/group.ts'
import { startTurn } from '../../src/engine/turn.ts'

const scenario = callSetup.createStateConfig({ initial: 'a', states: { a: {} } })
const chart = loadChart(callSetup.createMachine(callChart({ id: 'd', version: '1', scenario })))
const { group } = startTurn(chart, {
  type: 'call.started',
  input: { key: 'k', direction: 'incoming' },
})
const { context } = JSON.parse(encodeActors(chart, group)[0]?.snapshot ?? '')

function standing(parts: Partial<Standing>): Standing {
  return { chart: 'd', states: {}, context, timers: [], invocations: [], history: {}, ...parts }
}

test('a state is found at any depth, and its inner states go along', () => {
  const states = { signalling: 'established', scenario: { menu: { first: 'open' } } }
  expect(renamed(standing({ states }), 'scenario.menu', 'scenario.list').states).toEqual({
    signalling: 'established',
    scenario: { list: { first: 'open' } },
  })
  expect(renamed(standing({ states }), 'scenario.menu.first', 'scenario.later').states).toEqual({
    signalling: 'established',
    scenario: { later: 'open' },
  })
})

test('a state may move deeper, or become a region of its own', () => {
  const states = { scenario: 'choosing' }
  const deeper = renamed(standing({ states }), 'scenario.choosing', 'scenario.menu.open').states
  expect(deeper).toEqual({ scenario: { menu: 'open' } })
  const beside = renamed(standing({ states: { a: 'x', b: 'y' } }), 'a.x', 'c').states
  expect(beside).toEqual({ b: 'y', c: {} })
})

test('deadlines, promise logic and history are renamed with it; names that only look alike are not', () => {
  const timers = ['xstate.after.10.d.scenario.menu', 'xstate.after.10.d.scenario.menu.open']
  const others = ['xstate.after.10.d.scenario.menus', 'own', 'xstate.after.d.x.d.other']
  const call = standing({
    states: { scenario: 'other' },
    timers: [...timers, ...others].map((id) => ({ id, dueMs: 7 })),
    invocations: [{ id: '0.d.scenario.menu', src: 'look', command: 'k.2.0' }],
    history: { 'd.scenario.hist': ['d.scenario.menu'] },
  })
  const after = renamed(call, 'scenario.menu', 'scenario.list')
  expect(after.timers.map(({ id }) => id)).toEqual([
    'xstate.after.10.d.scenario.list',
    'xstate.after.10.d.scenario.list.open',
    ...others,
  ])
  expect(after.timers.every(({ dueMs }) => dueMs === 7)).toBe(true)
  expect(after.invocations).toEqual([{ id: '0.d.scenario.list', src: 'look', command: 'k.2.0' }])
  expect(after.history).toEqual({ 'd.scenario.hist': ['d.scenario.list'] })
})

test('a call that is not in the state stays as it is', () => {
  const call = standing({ states: { scenario: 'other' } })
  expect(renamed(call, 'scenario.menu', 'scenario.list').states).toEqual(call.states)
})
