import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { type AnyStateMachine, createMachine } from 'xstate'
import { callChart, callSetup, participantChart } from '../../machines/index.ts'
import { chartModule, defineChart, describeChart } from '../../snapshots/index.ts'
import { root } from '../repository.ts'
import { callCharts } from './blessed.ts'
import { temporaryFolder } from './folder.ts'
import { light } from './light.ts'

const charts = [light, participantChart, ...(await callCharts())]

/** A definition holds no functions, so it has no word for their being there. */
function described(machine: AnyStateMachine): unknown {
  return JSON.parse(describeChart(machine).replaceAll(' (inline)', ''))
}

function definition(machine: AnyStateMachine, path?: string) {
  return JSON.parse(defineChart(machine, path) ?? 'null')
}

/** The machine of a module in a folder where nothing but XState is installed. */
async function imported(text: string): Promise<AnyStateMachine> {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(join(root, 'node_modules', 'xstate'), join(folder, 'node_modules', 'xstate'))
  writeFileSync(join(folder, 'machine.js'), text)
  return (await import(pathToFileURL(join(folder, 'machine.js')).href)).machine
}

describe('the module for Stately', () => {
  test.each(charts)(
    'of $id stands alone and has every state, event and transition',
    async (chart) => {
      const machine = await imported(chartModule(chart) ?? '')
      expect(described(machine)).toEqual(described(chart))
    },
  )

  test.each(charts)(
    'of $id is a createMachine of constants: no code of the bot is in it',
    (chart) => {
      const text = chartModule(chart) ?? ''
      const [, argument = ''] = /^export const machine = createMachine\((.*)\)$/ms.exec(text) ?? []
      expect(JSON.parse(argument)).toEqual(definition(chart))
      expect(text.match(/^import .*$/gm)).toEqual(["import { createMachine } from 'xstate'"])
    },
  )
})

describe('the definition of a chart', () => {
  test('writes actions, guards and delays as names with their parameters', () => {
    const { states, entry } = definition(light)
    expect(entry).toBe('ring')
    expect(states.off.on.flip).toEqual([
      { target: '#light.on.high', guard: { type: 'isLate', params: { hour: 22 } } },
      { guard: 'and(isDark, not(isDark))', actions: { type: 'dim', params: { level: 2 } } },
    ])
    expect(states.off.after).toEqual({ 10: { actions: 'ring' }, patience: 'rooms' })
    expect(states.rooms.invoke).toEqual([
      { id: 'asking', src: 'ask', onDone: 'off', onError: { actions: 'ring' } },
    ])
    expect(states.on).toMatchObject({ always: { guard: 'isDark', target: 'off' }, onDone: 'off' })
    expect(states.on.states.high.on.up).toEqual({ target: 'high', reenter: true })
    expect(states.on.states.last).toEqual({ type: 'history', history: 'deep' })
  })

  test('keeps descriptions, tags, ids and what is constant of meta and context', () => {
    const chart = createMachine({
      id: 'told',
      context: { count: 1 },
      initial: 'a',
      states: {
        a: {
          description: 'Waits.',
          tags: ['quiet'],
          meta: { page: 7, open: () => {} },
          on: { go: { target: '#end', description: 'At last.', meta: { page: 8 } } },
        },
        b: { id: 'end' },
      },
    })
    expect(definition(chart)).toEqual({
      id: 'told',
      context: { count: 1 },
      initial: 'a',
      states: {
        a: {
          description: 'Waits.',
          tags: ['quiet'],
          meta: { page: 7, open: '(inline)' },
          on: { go: { target: 'b', description: 'At last.', meta: { page: 8 } } },
        },
        b: { id: 'end' },
      },
    })
    expect(described(createMachine(definition(chart)))).toEqual(described(chart))
  })

  test('keeps a transition to several states one transition', () => {
    const region = { initial: 'a', states: { a: {}, b: {} } } as const
    const chart = createMachine({
      id: 'pair',
      type: 'parallel',
      on: { go: { target: ['.one.b', '.other.b'] } },
      states: { one: region, other: region },
    })
    expect(definition(chart).on.go).toEqual({ target: ['#pair.one.b', '#pair.other.b'] })
    expect(described(createMachine(definition(chart)))).toEqual(described(chart))
  })

  test('leaves out parameters that are worked out while a call runs', () => {
    const chart = createMachine({ entry: { type: 'ask', params: () => ({ who: 'bob' }) } })
    expect(definition(chart).entry).toBe('ask')
  })
})

describe('the definition of one state', () => {
  const scenario = callSetup.createStateConfig({
    initial: 'waiting',
    states: {
      waiting: { on: { 'call.established': 'busy.talking' } },
      busy: {
        initial: 'idle',
        states: {
          idle: {},
          talking: { entry: { type: 'playPrompt', params: { prompt: 'hello.wav' } } },
        },
        on: { 'prompt.completed': { target: '.idle', actions: 'hangUp' } },
      },
    },
  })
  const chart = callSetup.createMachine(callChart({ id: 'desk', version: '1', scenario }))

  test('is a machine of its own, named after it', () => {
    const alone = definition(chart, 'scenario')
    expect(alone).toMatchObject({ id: 'scenario', initial: 'waiting' })
    expect(Object.keys(createMachine(alone).states)).toEqual(['waiting', 'busy', 'ended'])
    expect(alone.states.waiting.on['call.established']).toBe('#scenario.busy.talking')
  })

  test('comes back into the chart as it was', () => {
    const { id: _, ...alone } = definition(chart, 'scenario')
    const again = callChart({ id: 'desk', version: '1', scenario: alone })
    const [returned, was] = [again.states.scenario, definition(chart).states.scenario]
    const text = JSON.stringify(returned).replaceAll('#scenario.', '#desk.scenario.')
    expect(JSON.parse(text)).toEqual(was)
  })

  test('says of a transition that leaves it where it leads, as no machine could', () => {
    const { states } = definition(light, 'on')
    expect(states.low.on.up.target).toBe('high')
    expect(definition(light, 'on').onDone).toEqual({ description: 'Leads to light.off' })
    expect(() => createMachine(definition(light, 'on'))).not.toThrow()
  })

  test('is none where there is no such state', () => {
    expect(defineChart(light, 'on.nowhere')).toBeUndefined()
    expect(chartModule(light, 'nowhere.at.all')).toBeUndefined()
  })
})
