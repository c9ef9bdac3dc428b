import { describe, expect, test } from 'vitest'
import { type Caller, desk, ring } from './desk.ts'

const queue = desk.waitInQueue({
  id: 'queue',
  music: 'music.wav',
  until: 'call.escalated',
  announcement: { prompt: 'hold-the-line.wav', everyMs: 30_000 },
  choices: { 1: 'onRefused' },
  patienceMs: 60_000,
  onDone: 'onDone',
  onFailed: 'onFailed',
})

function prompts({ asked }: Caller): number {
  return asked.filter((each) => each === 'playPrompt').length
}

describe('wait in queue', () => {
  test('the music plays over and over, and something is said now and then', async () => {
    await using caller = await ring(queue)
    for (const times of [1, 2, 3]) {
      expect(prompts(caller)).toBe(times)
      await caller.call.finishPrompt()
    }
    await caller.world.advance(30_000)
    expect(await caller.state()).toBe('shape:announcing')
    await caller.call.finishPrompt()
    expect(await caller.state()).toBe('shape:music:playing')
  })

  test('ends when the event comes, and the music stops', async () => {
    await using caller = await ring(queue)
    await caller.call.join('ann@contoso.com')
    await caller.world.advance(500)
    expect(await caller.state()).toBe('onDone')
    expect(caller.asked.slice(-1)).toEqual(['cancelMediaProcessing'])
  })

  test('a key leads out of it', async () => {
    await using caller = await ring(queue)
    await caller.call.press('51')
    expect(await caller.state()).toBe('onRefused')
  })

  test('fails when it takes too long, through a crash too', async () => {
    await using caller = await ring(queue)
    await caller.world.advance(40_000)
    await caller.world.restart()
    await caller.world.advance(21_000)
    expect(await caller.state()).toBe('onFailed')
  })

  test('music that cannot be played is tried again every ten seconds', async () => {
    const faults = {
      onRequest: ({ method }: { method: string }) =>
        method === 'playPrompt'
          ? ({ kind: 'refuse', status: 400, moment: 'before' } as const)
          : undefined,
    }
    await using caller = await ring(queue, { faults })
    await caller.world.advance(25_000)
    expect(prompts(caller)).toBe(3)
  })
})
