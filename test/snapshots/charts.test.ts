import { describe, expect, test } from 'vitest'
import { createMachine } from 'xstate'
import { describeChart, drawChart } from '../../snapshots/index.ts'
import { light } from './light.ts'

describe('the description of a chart', () => {
  const description = JSON.parse(describeChart(light))

  test('names the chart, its version and where it starts', () => {
    expect(description).toMatchObject({
      id: 'light',
      version: '3',
      initial: 'off',
      entry: ['ring'],
    })
  })

  test('lists transitions in the order they are tried, with guards, targets and actions', () => {
    expect(description.states.off.on.flip).toEqual([
      '[isLate {"hour":22}] → on.high',
      '[and(isDark, not(isDark))] / dim {"level":2}',
    ])
    expect(description.states.on.states.low.on.up).toEqual(['→ on.high / assign, raise bell'])
    expect(description.states.on.states.high.on.up).toEqual(['→ on.high (reenter)'])
  })

  test('names delays, completions, failures and eventless transitions without state ids', () => {
    expect(description.states.off.on).toMatchObject({
      'after 10': ['/ ring'],
      'after patience': ['→ rooms'],
    })
    expect(description.states.off.entry).toBeUndefined()
    expect(description.states.on.on).toEqual({
      again: ['→ on.low'],
      always: ['[isDark] → off'],
      done: ['→ off'],
    })
    expect(description.states.rooms).toMatchObject({
      invoke: ['ask as asking'],
      on: { 'asking done': ['→ off'], 'asking failed': ['/ ring'] },
    })
  })

  test('is the same whatever order the states and events are written in', () => {
    const one = { on: { x: 'b', y: 'b' } } as const
    const other = { on: { y: 'b', x: 'b' } } as const
    const first = createMachine({ id: 'm', initial: 'a', states: { a: one, b: {} } })
    const second = createMachine({ id: 'm', initial: 'a', states: { b: {}, a: other } })
    expect(describeChart(second)).toBe(describeChart(first))
  })

  test('changes with a guard, a delay or an order of guards', () => {
    const chart = (after: number, guards: readonly string[]) =>
      createMachine({
        initial: 'a',
        states: {
          a: { after: { [after]: 'b' }, on: { go: guards.map((guard) => ({ guard })) } },
          b: {},
        },
      })
    const texts = [
      chart(1, ['g', 'h']),
      chart(2, ['g', 'h']),
      chart(1, ['h', 'g']),
      chart(1, ['g']),
    ]
    expect(new Set(texts.map(describeChart)).size).toBe(4)
  })
})

describe('the drawing of a chart', () => {
  const lines = drawChart(light)
    .split('\n')
    .map((line) => line.trim())

  test('is a Mermaid state diagram whose braces close', () => {
    expect(lines[0]).toBe('stateDiagram-v2')
    const opened = lines.filter((line) => line.endsWith('{')).length
    expect(lines.filter((line) => line === '}').length).toBe(opened)
  })

  test('has an arrow for every transition that leaves its state, where both ends are known', () => {
    expect(lines).toEqual(
      expect.arrayContaining([
        '[*] --> light__off',
        'light__off --> light__on__high: flip [isLate {#34;hour#34;#58;22}]',
        'light__off --> light__rooms: after patience',
        'light__on --> light__off: always [isDark]',
        'light__on --> light__off: done',
        'light__on__high --> light__on__high: up',
        'light__on__low --> light__on__high: up / assign, raise bell',
        'light__on__burnt --> [*]',
        'light__rooms__kitchen__a --> light__rooms__kitchen__b: go',
      ]),
    )
  })

  test('writes what a state does by itself into its box', () => {
    expect(lines).toContain('state "light 3<br/>entry / ring" as light {')
    expect(lines).toContain('state "on<br/>again → on.low" as light__on {')
    expect(lines).toContain('state "last (H*)" as light__on__last')
  })

  test('divides the regions of a parallel state', () => {
    const attic = lines.indexOf('state "attic" as light__rooms__attic')
    expect(lines[attic + 1]).toBe('--')
    expect(lines[attic + 2]).toBe('state "kitchen" as light__rooms__kitchen {')
  })
})
