import { describe, expect, test } from 'vitest'
import { callChart, callSetup } from '../../../machines/index.ts'
import { loadChart } from '../../../src/engine/chart.ts'
import type { ChartSnapshot } from '../../../src/engine/step.ts'
import { startTurn, takeTurn } from '../../../src/engine/turn.ts'
import { HeardCall, terminated } from './heard.ts'

const established = { type: 'callState.established' }

type Scenario = Parameters<typeof callSetup.createStateConfig>[0]

function play(scenario: Scenario, events: readonly { type: string }[], more: object = {}) {
  const chart = loadChart(
    callSetup.createMachine(callChart({ id: 'c', version: '1', scenario, ...more })),
  )
  const input = { key: 'k', direction: 'incoming', call: { id: 'g' } } as const
  const { group } = startTurn(chart, { type: 'call.started', input })
  return events.reduce((before, event) => takeTurn(chart, before, event).group, group).call
}

const scenarioOf = (snapshot: ChartSnapshot) => (snapshot.value as { scenario?: unknown }).scenario
const waiting = { initial: 'waiting', states: { waiting: {} } } as const

describe('when the call ends', () => {
  test('a scenario that does not care ends with it, and the chart is done', () => {
    const call = play(waiting, [established, terminated])
    expect([scenarioOf(call), call.status]).toEqual(['ended', 'done'])
  })

  test('so does a scenario of parallel regions, each of them', () => {
    const call = play({ type: 'parallel', states: { one: waiting, other: waiting } }, [terminated])
    expect([scenarioOf(call), call.status]).toEqual([{ one: 'ended', other: 'ended' }, 'done'])
  })

  test('so do further regions', () => {
    expect(play(waiting, [terminated], { regions: { hours: waiting } }).status).toBe('done')
  })

  test('a scenario that hears call.terminated goes on by itself', () => {
    const states = { waiting: { on: { 'call.terminated': 'wrappingUp' } }, wrappingUp: {} } as const
    const call = play({ initial: 'waiting', states }, [terminated])
    expect([scenarioOf(call), call.status]).toEqual(['wrappingUp', 'active'])
  })

  test('a scenario with a state named ended says itself when it comes there', () => {
    const call = play({ initial: 'waiting', states: { waiting: {}, ended: {} } }, [terminated])
    expect(scenarioOf(call)).toBe('waiting')
  })

  test('every region of the base chart has ended, and nothing is awaited', () => {
    const call = new HeardCall().hear(established, terminated)
    const { scenario: _, ...regions } = call.value
    expect(regions).toEqual({
      signalling: 'terminated',
      topology: 'ended',
      audio: 'ended',
      screenSharing: 'ended',
      media: 'ended',
      recordingStatus: 'ended',
      holdMusic: 'ended',
      largeGallery: 'ended',
      liveness: 'ended',
    })
    expect(call.last.timers).toEqual([])
  })
})

describe('a chart', () => {
  test.each(['signalling', 'liveness', 'scenario'])('may not bring a region named %s', (name) => {
    expect(() =>
      callChart({ id: 'c', version: '1', scenario: waiting, regions: { [name]: waiting } }),
    ).toThrow(`Chart 'c' brings a region named '${name}', which every call already has.`)
  })

  test('starts the author’s context from the call when it is a function', () => {
    const chart = callChart({
      id: 'c',
      version: '1',
      scenario: waiting,
      bot: ({ key }) => ({ name: key }),
    })
    expect(chart.context({ input: { key: 'k', direction: 'incoming' } }).bot).toEqual({ name: 'k' })
  })

  test('takes 1,000 microsteps for one event at most', () => {
    const states = {
      a: { on: { 'call.established': 'b' } },
      b: { always: 'c' },
      c: { always: 'b' },
    } as const
    expect(() => play({ initial: 'a', states }, [established])).toThrow('1000 microsteps')
  })
})
