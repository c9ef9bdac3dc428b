import { describe, expect, test } from 'vitest'
import { desk, ring } from './desk.ts'

const pin = desk.gatherDigits({
  id: 'pin',
  prompt: 'pin.wav',
  length: 4,
  retries: 1,
  retryPrompt: 'sorry.wav',
  onDone: 'onDone',
  onFailed: 'onFailed',
})
const number = desk.gatherDigits({
  id: 'pin',
  prompt: 'number.wav',
  length: [2, 6],
  stopKey: '#',
  onDone: 'onDone',
  onFailed: 'onFailed',
})

describe('gather digits', () => {
  test('takes as many digits as were asked for, pressed while the prompt plays, which they stop', async () => {
    await using caller = await ring(pin)
    await caller.call.press('1')
    expect(caller.asked).toEqual(['subscribeToTone', 'playPrompt', 'cancelMediaProcessing'])
    await caller.call.press('234')
    expect(await caller.state()).toBe('onDone')
    expect(caller.seen).toEqual([{ pin: '1234' }])
  })

  test('takes what was keyed in when the stop key is pressed, or nothing more comes', async () => {
    await using one = await ring(number)
    await one.call.finishPrompt()
    await one.call.press('12#')
    expect(one.seen).toEqual([{ pin: '12' }])
    await using other = await ring(number)
    await other.call.finishPrompt()
    await other.call.press('123')
    await other.world.advance(3_100)
    expect(other.seen).toEqual([{ pin: '123' }])
  })

  test('asks again, saying why, after nothing or too little was keyed in, and fails at last', async () => {
    await using caller = await ring(pin)
    await caller.call.finishPrompt()
    await caller.call.press('12')
    await caller.world.advance(3_100)
    expect(await caller.state()).toBe('shape:asking')
    expect(caller.asked.filter((each) => each === 'playPrompt')).toHaveLength(3)
    await caller.call.finishPrompt()
    expect(await caller.state()).toBe('shape:asking')
    await caller.call.finishPrompt()
    await caller.world.advance(5_100)
    expect(await caller.state()).toBe('onFailed')
    expect(caller.seen).toEqual([{}])
  })

  test('puts digits in the order in which they were pressed, however they arrive, and each once', async () => {
    const held = { kind: 'delay', delayMs: 1_000 } as const
    let tones = 0
    const faults = {
      onNotification: (told: object) =>
        JSON.stringify(told).includes('toneInfo') ? [held, undefined][tones++] : undefined,
    }
    await using caller = await ring(pin, { faults })
    await caller.call.press('12')
    await caller.world.advance(2_000)
    await caller.call.press('34')
    expect(caller.seen).toEqual([{ pin: '1234' }])
  })

  test('listens without a prompt when the prompt fails', async () => {
    const faults = {
      onRequest: ({ method }: { method: string }) =>
        method === 'playPrompt'
          ? ({ kind: 'refuse', status: 400, moment: 'before' } as const)
          : undefined,
    }
    await using caller = await ring(pin, { faults })
    expect(await caller.state()).toBe('shape:waiting')
    await caller.call.press('1234')
    expect(caller.seen).toEqual([{ pin: '1234' }])
  })

  test('asks anew after a restart took digits, and does not count it', async () => {
    await using caller = await ring(pin)
    for (const _ of [1, 2, 3]) {
      await caller.call.press('12')
      await caller.world.restart()
      await caller.world.advance(1_000)
      expect(await caller.state()).toBe('shape:asking')
    }
    await caller.call.press('5678')
    expect(caller.seen).toEqual([{ pin: '5678' }])
  })

  test('goes on after a restart that took nothing', async () => {
    await using caller = await ring(pin)
    await caller.world.restart()
    expect(caller.asked).toEqual(['subscribeToTone', 'playPrompt'])
    await caller.call.finishPrompt()
    await caller.world.restart()
    await caller.call.press('1234')
    expect(caller.seen).toEqual([{ pin: '1234' }])
  })

  test('writes no digit', async () => {
    await using caller = await ring(pin)
    await caller.call.press('8642')
    expect(caller.seen).toEqual([{ pin: '8642' }])
    const disk = caller.world.disk.store.image().toString('latin1')
    expect(disk).toContain('dialogue')
    expect(disk).not.toMatch(/8642|"tone[2468]"/)
  })

  test('without barge-in, keys count once the prompt has ended', async () => {
    const patient = { id: 'pin', prompt: 'a.wav', length: 2, bargeIn: false } as const
    await using caller = await ring(
      desk.gatherDigits({ ...patient, onDone: 'onDone', onFailed: 'onFailed' }),
    )
    await caller.call.press('12')
    expect(await caller.state()).toBe('shape:asking')
    await caller.call.finishPrompt()
    await caller.call.press('34')
    expect(caller.seen).toEqual([{ pin: '34' }])
  })

  test('a prompt whose end is never told is not waited for', async () => {
    await using caller = await ring(pin)
    await caller.world.advance(2 * 60_000 + 100)
    expect(await caller.state()).toBe('shape:waiting')
    expect(caller.asked).toContain('cancelMediaProcessing')
  })
})
