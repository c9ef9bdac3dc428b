import { describe, expect, test } from 'vitest'
import { type Caller, desk, ring } from './desk.ts'

const ann = 'ann@contoso.com'
const ends = { onDone: 'onDone', onFailed: 'onFailed' } as const
const transfer = desk.warmTransfer({
  ...{ id: 'ann', to: ann, prompt: 'a-moment.wav', whisper: 'bob-calls.wav', ringMs: 20_000 },
  ...ends,
})

/** Who is held with music. */
function held({ call }: Caller): readonly string[] {
  return call
    .truth()
    .roster.filter(({ onHold }) => onHold)
    .map(({ name }) => name)
}

async function whispering(): Promise<Caller> {
  const caller = await ring(transfer, { scripts: { [ann]: 'manual' } })
  await caller.world.pickUp(ann)
  await caller.world.advance(1_000)
  expect(await caller.state()).toBe('shape:whispering')
  return caller
}

describe('warm transfer', () => {
  test('the caller is held while whoever picked up is told, and then with them', async () => {
    await using caller = await whispering()
    expect(held(caller)).toEqual(['bob@fabrikam.com'])
    await caller.call.finishPrompt()
    await caller.world.advance(1_000)
    expect(await caller.state()).toBe('onDone')
    expect(held(caller)).toEqual([])
  })

  test('who declines, or does not pick up, leaves the caller with the bot', async () => {
    await using caller = await ring(transfer, { scripts: { [ann]: 'decline' } })
    await caller.world.advance(2_000)
    expect(await caller.state()).toBe('onFailed')
    await using other = await ring(transfer, { scripts: { [ann]: 'ignore' } })
    await other.world.advance(22_000)
    expect(await other.state()).toBe('onFailed')
    expect(other.asked).toContain('removeParticipant')
  })

  test('who leaves while they are told has not taken the call, and the caller is not left on hold', async () => {
    await using caller = await whispering()
    await caller.call.leave(ann)
    await caller.world.advance(1_000)
    expect(await caller.state()).toBe('onFailed')
    expect(held(caller)).toEqual([])
  })

  test('without a whisper, nobody is held', async () => {
    await using caller = await ring(desk.warmTransfer({ id: 'ann', to: ann, ...ends }))
    await caller.world.advance(3_000)
    expect(await caller.state()).toBe('onDone')
    expect(caller.asked).toEqual(['invite'])
  })

  test('where the caller cannot be held, nothing is whispered', async () => {
    const faults = {
      onRequest: ({ method }: { method: string }) =>
        method === 'startHoldMusic'
          ? ({ kind: 'refuse', status: 403, moment: 'before' } as const)
          : undefined,
    }
    await using caller = await ring(transfer, { faults })
    await caller.world.advance(4_000)
    expect(await caller.state()).toBe('onDone')
    expect(caller.asked.filter((each) => each === 'playPrompt')).toHaveLength(1)
  })

  test('goes on through a crash', async () => {
    await using caller = await whispering()
    await caller.world.restart()
    await caller.call.finishPrompt()
    await caller.world.advance(1_000)
    expect(await caller.state()).toBe('onDone')
    expect(held(caller)).toEqual([])
  })
})
