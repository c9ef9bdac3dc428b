/**
 * What TypeScript and the loading of a chart say of a dialogue shape that is used wrongly. Each
 * `@ts-expect-error` is a claim that `tsc` holds.
 */
import { callChart, callSetup, type Recording } from 'callchart/machines'
import { describe, expect, test } from 'vitest'
import { loadChart } from '../../../src/engine/chart.ts'
import { desk } from './desk.ts'

const ends = { onDone: 'there', onFailed: 'there' } as const
const pin = { id: 'pin', prompt: 'pin.wav', length: 4, ...ends } as const

function load(...shapes: readonly object[]) {
  const named = shapes.map((shape, index) => [`shape${index}`, shape] as const)
  const scenario = desk.createStateConfig({
    initial: 'there',
    states: { there: {}, ...Object.fromEntries(named) },
  })
  return loadChart(desk.createMachine(callChart({ id: 'desk', version: '1', scenario })))
}

test('shapes stand beside one another in a scenario, computed prompts and all', () => {
  const bank = callSetup.extend({
    types: {} as {
      bot: { readonly name: string }
      private: { readonly pin: string; readonly message: Recording }
    },
  })
  const scenario = bank.createStateConfig({
    initial: 'pin',
    states: {
      pin: bank.gatherDigits({
        id: 'pin',
        prompt: ({ context }) => `${context.bot.name}.wav`,
        length: [4, 6],
        onDone: 'sure',
        onFailed: 'bye',
      }),
      sure: bank.confirm({
        id: 'sure',
        prompt: ['sure.wav', 'or-not.wav'],
        onDone: 'message',
        onRefused: 'pin',
        onFailed: 'bye',
      }),
      message: bank.recordMessage({ id: 'message', onDone: 'bye', onFailed: 'bye' }),
      bye: { entry: 'hangUp' },
    },
  })
  const bot = { name: 'bank' }
  const chart = loadChart(
    bank.createMachine(callChart({ id: 'bank', version: '1', scenario, bot })),
  )
  expect(chart.machine.root.states.scenario?.states.pin?.id).toBe('pin')
})

describe('does not compile', () => {
  test('without an end, with one that no such shape has, or a misspelt option', () => {
    // @ts-expect-error
    desk.gatherDigits({ id: 'pin', prompt: 'pin.wav', length: 4, onDone: 'there' })
    // @ts-expect-error
    desk.playSequence({ id: 'hours', prompts: ['a.wav'], onRefused: 'there', ...ends })
    // @ts-expect-error
    desk.gatherDigits({ ...pin, retrys: 2 })
    // @ts-expect-error
    desk.gatherDigits({ ...pin, prompt: 7 })
  })

  test('with a key that no dial pad has', () => {
    // @ts-expect-error
    desk.gatherDigits({ ...pin, stopKey: 'x' })
    const wrong = { id: 'main', prompt: 'main.wav', onFailed: 'there' } as const
    // @ts-expect-error
    expect(() => desk.menu({ ...wrong, choices: { 12: 'there' } })).toThrow()
  })

  test('where private values do not have a place for what it keeps', () => {
    // @ts-expect-error no such value
    desk.gatherDigits({ ...pin, id: 'pinn' })
    // @ts-expect-error a value of another kind
    desk.gatherDigits({ ...pin, id: 'message' })
    // @ts-expect-error
    desk.recordMessage({ id: 'pin', ...ends })
    // @ts-expect-error no private values at all
    callSetup.gatherDigits(pin)
  })

  test('with a context that the bot does not have', () => {
    // @ts-expect-error
    desk.gatherDigits({ ...pin, prompt: ({ context }) => context.bot.name })
  })
})

describe('is refused at load', () => {
  test('for an end that is no state beside it', () => {
    const lost = desk.gatherDigits({ ...pin, onFailed: 'nowhere' })
    expect(() => load(lost)).toThrow("Child state 'nowhere' does not exist")
  })

  test('twice under one id', () => {
    expect(() => load(desk.gatherDigits(pin), desk.gatherDigits(pin))).toThrow(
      "gives the id 'pin' twice, to 'scenario.shape0' and 'scenario.shape1'",
    )
  })
})
