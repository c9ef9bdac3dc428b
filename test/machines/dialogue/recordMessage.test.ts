import { describe, expect, test } from 'vitest'
import { desk, ring } from './desk.ts'

const message = desk.recordMessage({
  id: 'message',
  prompt: 'speak.wav',
  retries: 1,
  retryPrompt: 'nothing-heard.wav',
  onDone: 'onDone',
  onFailed: 'onFailed',
})

describe('record message', () => {
  test('keeps where the recording is, and the token that fetches it, in memory', async () => {
    await using caller = await ring(message)
    await caller.call.finishPrompt()
    await caller.call.say(2_000)
    await caller.call.press('#')
    expect(await caller.state()).toBe('onDone')
    const recording = { location: expect.stringContaining('http'), token: expect.any(String) }
    expect(caller.seen).toEqual([{ message: recording }])
    expect(caller.world.disk.store.image().toString('latin1')).not.toContain('AccessToken')
  })

  test('asks again when nothing was said, and fails at last', async () => {
    await using caller = await ring(message)
    await caller.call.finishPrompt()
    await caller.world.advance(6_000)
    expect(await caller.state()).toBe('shape:asking')
    expect(caller.asked).toEqual(['recordResponse', 'playPrompt', 'recordResponse'])
    await caller.call.finishPrompt()
    await caller.call.finishPrompt()
    await caller.world.advance(6_000)
    expect(await caller.state()).toBe('onFailed')
  })

  test('a restart while it is recorded loses nothing', async () => {
    await using caller = await ring(message)
    await caller.call.finishPrompt()
    await caller.call.say(2_000)
    await caller.world.restart()
    await caller.call.press('#')
    expect(caller.seen).toEqual([
      { message: expect.objectContaining({ token: expect.any(String) }) },
    ])
  })

  test('is refused with a length that Graph does not take', () => {
    const ends = { id: 'message', onDone: 'onDone', onFailed: 'onFailed' } as const
    expect(() => desk.recordMessage({ ...ends, longestSeconds: 180 })).toThrow('1 to 120 s')
  })
})
