import { describe, expect, test } from 'vitest'
import { desk, ring } from './desk.ts'

const ends = { onDone: 'onDone', onFailed: 'onFailed' } as const
const hours = desk.playSequence({
  id: 'hours',
  prompts: ['open.wav', ['till.wav', 'six.wav'], 'closed.wav'],
  skipKey: '#',
  ...ends,
})

describe('play sequence', () => {
  test('asks for all at once, in order, and is done when the last has ended', async () => {
    await using caller = await ring(hours)
    expect(caller.asked).toEqual(['subscribeToTone', 'playPrompt', 'playPrompt', 'playPrompt'])
    for (const _ of [1, 2]) await caller.call.finishPrompt()
    expect(await caller.state()).toMatch('shape:playing')
    await caller.call.finishPrompt()
    expect(await caller.state()).toBe('onDone')
  })

  test('the skip key stops what is left', async () => {
    await using caller = await ring(hours)
    await caller.call.finishPrompt()
    await caller.call.press('5#')
    expect(await caller.state()).toBe('onDone')
    expect(caller.asked.slice(-1)).toEqual(['cancelMediaProcessing'])
  })

  test.each([
    [[1, 2], 'onDone'],
    [[0, 1, 2], 'onFailed'],
  ])('prompts %j fail: %s', async (failing, state) => {
    let prompts = 0
    const faults = {
      onRequest: ({ method }: { method: string }) =>
        method === 'playPrompt' && failing.includes(prompts++)
          ? ({ kind: 'refuse', status: 400, moment: 'before' } as const)
          : undefined,
    }
    await using caller = await ring(hours, { faults })
    if (state === 'onDone') await caller.call.finishPrompt()
    expect(await caller.state()).toBe(state)
  })

  test('is refused without prompts', () => {
    expect(() => desk.playSequence({ id: 'hours', prompts: [], ...ends })).toThrow('no prompts')
  })
})
