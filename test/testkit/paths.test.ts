/** Every state of a scenario is walked to, or it is said why not. */
import { callChart, callSetup } from 'callchart/machines'
import { pathsOf } from 'callchart/testkit'
import { describe, expect, test } from 'vitest'
import { frontDesk } from '../../examples/front-desk/chart.ts'

const { paths, undriven } = await pathsOf(frontDesk)

test('the front desk is driven to every state, by the shortest way', () => {
  expect(undriven).toEqual([])
  expect(paths.map(({ title }) => title)).toEqual([
    'scenario: bob@fabrikam.com rings',
    'scenario.waiting: bob@fabrikam.com rings',
    'scenario.greeting: bob@fabrikam.com rings',
    'scenario.choosing: bob@fabrikam.com rings, finishPrompt',
    'scenario.desk: ann@contoso.com rings',
    'scenario.goodbye: bob@fabrikam.com rings, finishPrompt, 10 s pass',
    'scenario.ended: bob@fabrikam.com rings, hangUp',
  ])
})

describe('the front desk', () => {
  test.each(paths)('$title', ({ walk }) => walk())
})

const scenario = callSetup.createStateConfig({
  initial: 'waiting',
  states: {
    waiting: { on: { 'call.established': 'moving' } },
    moving: {
      entry: { type: 'transfer', params: { to: 'desk@contoso.com' } },
      on: { 'transfer.failed': 'sorry' },
    },
    sorry: { on: { 'tone.received': 'moving' } },
    forgotten: {},
  },
})

test('what nobody can bring about is reported, and so is what nothing leads to', async () => {
  const chart = callSetup.createMachine(callChart({ id: 'mover', version: '1', scenario }))
  expect((await pathsOf(chart)).undriven).toEqual([
    { state: 'scenario.sorry', why: "No deed makes 'transfer.failed' happen for sure." },
    { state: 'scenario.forgotten', why: 'No event of the chart leads there.' },
  ])
})

test('a way on which the bot does not follow its chart says so, with the test that shows it', async () => {
  const missing = await pathsOf(frontDesk, { world: { roles: [] } })
  const [path] = missing.paths.filter(({ state }) => state === 'scenario.desk')
  await expect(path?.walk()).rejects.toMatchObject({ code: 'path.lost' })
})
