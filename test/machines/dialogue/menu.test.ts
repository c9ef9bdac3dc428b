import { describe, expect, test } from 'vitest'
import { desk, ring } from './desk.ts'

const asking = { id: 'main', prompt: 'main.wav', retries: 1, onFailed: 'onFailed' } as const
const menu = desk.menu({ ...asking, choices: { 1: 'onDone', '#': 'onRefused' } })

describe('menu', () => {
  test.each([
    ['1', 'onDone'],
    ['#', 'onRefused'],
  ])('%s leads to its state, also while the prompt plays, which it stops', async (key, state) => {
    await using caller = await ring(menu)
    await caller.call.press(key)
    expect(await caller.state()).toBe(state)
    expect(caller.asked).toEqual(['subscribeToTone', 'playPrompt', 'cancelMediaProcessing'])
  })

  test('a key that is no choice is asked again, and so is silence; then it fails', async () => {
    await using caller = await ring(menu)
    await caller.call.press('7')
    expect(await caller.state()).toBe('shape:asking')
    await caller.call.finishPrompt()
    await caller.world.advance(5_100)
    expect(await caller.state()).toBe('onFailed')
  })

  test('entered once more, it asks as often as before', async () => {
    await using caller = await ring(desk.menu({ ...asking, retries: 0, choices: { 1: 'before' } }))
    await caller.call.press('1')
    expect(await caller.state()).toBe('before')
  })

  test('without barge-in, keys count once the prompt has ended', async () => {
    await using caller = await ring(
      desk.menu({ ...asking, bargeIn: false, choices: { 1: 'onDone' } }),
    )
    await caller.call.press('1')
    expect(await caller.state()).toBe('shape:asking')
    await caller.call.finishPrompt()
    await caller.call.press('1')
    expect(await caller.state()).toBe('onDone')
  })

  test('a prompt of an earlier state that ends late is not taken for its own', async () => {
    await using caller = await ring(menu)
    await caller.call.press('7')
    await caller.world.advance(1_000)
    expect(await caller.state()).toBe('shape:asking')
  })

  test('a restart changes nothing', async () => {
    await using caller = await ring(menu)
    await caller.call.finishPrompt()
    await caller.world.restart()
    await caller.call.press('1')
    expect(await caller.state()).toBe('onDone')
    expect(caller.asked).toEqual(['subscribeToTone', 'playPrompt'])
  })

  test('is refused without choices, and with a key that no dial pad has', () => {
    expect(() => desk.menu({ ...asking, choices: {} })).toThrow("'main' offers no choice")
    const wrong: object = { 12: 'onDone' }
    expect(() => desk.menu({ ...asking, choices: wrong })).toThrow('no dial pad has: 12')
  })
})

describe('confirm', () => {
  const sure = desk.confirm({ ...asking, onDone: 'onDone', onRefused: 'onRefused' })

  test.each([
    ['1', 'onDone'],
    ['2', 'onRefused'],
  ])('%s leads to %s', async (key, state) => {
    await using caller = await ring(sure)
    await caller.call.press(key)
    expect(await caller.state()).toBe(state)
  })

  test('no answer fails', async () => {
    await using caller = await ring(sure)
    for (const _ of [1, 2]) {
      await caller.call.finishPrompt()
      await caller.world.advance(5_100)
    }
    expect(await caller.state()).toBe('onFailed')
  })
})
