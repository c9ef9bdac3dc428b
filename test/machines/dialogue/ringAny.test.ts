import { whoJoined } from 'callchart/machines'
import type { TestCall } from 'callchart/testkit'
import { describe, expect, test } from 'vitest'
import type { CallContext } from '../../../machines/index.ts'
import { type Caller, desk, ring } from './desk.ts'

const ann = 'ann@contoso.com'
const ben = 'ben@contoso.com'
const kim = 'kim@contoso.com'
const agents = desk.ringAny({
  id: 'agents',
  targets: [ann, ben, kim],
  prompt: 'a-moment.wav',
  ringMs: 20_000,
  onDone: 'onDone',
  onFailed: 'onFailed',
})

async function ringing(options = {}): Promise<Caller> {
  return ring(agents, {
    ...options,
    scripts: { [ann]: 'manual', [ben]: 'manual', [kim]: 'manual' },
  })
}

async function joined(call: TestCall): Promise<string | undefined> {
  const context = (await call.context()) as CallContext
  return whoJoined(context, 'agents')
}

/** Who is in the call besides the bot. */
function present(call: TestCall): readonly string[] {
  return call.truth().roster.map(({ name }) => name)
}

describe('ring any of several', () => {
  test('all are rung at once; when one picks up, the others stop ringing', async () => {
    await using caller = await ringing()
    expect(caller.asked).toEqual(['playPrompt', 'invite', 'invite', 'invite'])
    await caller.world.pickUp(ben)
    await caller.world.advance(1_000)
    expect(await caller.state()).toBe('onDone')
    expect(await joined(caller.call)).toBe(ben)
    for (const who of [ann, kim]) await expect(caller.world.pickUp(who)).rejects.toThrow()
    expect(present(caller.call)).not.toContain(ann)
  })

  test('of two who pick up at once, one is shown out again', async () => {
    await using caller = await ringing()
    caller.world.emulator.pickUp(ann)
    caller.world.emulator.pickUp(kim)
    await caller.world.advance(5_000)
    expect(await caller.state()).toBe('onDone')
    const stayed = [ann, kim].filter((who) => present(caller.call).includes(who))
    expect(stayed).toEqual([await joined(caller.call)])
  })

  test('fails at once when all decline', async () => {
    const scripts = { [ann]: 'decline', [ben]: 'decline', [kim]: 'decline' } as const
    await using caller = await ring(agents, { scripts })
    await caller.world.advance(3_000)
    expect(await caller.state()).toBe('onFailed')
  })

  test('gives up after its time, and nobody goes on ringing', async () => {
    await using caller = await ringing()
    await caller.world.advance(22_000)
    expect(await caller.state()).toBe('onFailed')
    for (const who of [ann, ben, kim]) await expect(caller.world.pickUp(who)).rejects.toThrow()
  })

  test('who picks up in the very moment in which it gives up has picked up', async () => {
    await using caller = await ringing()
    while ((await caller.state()) === 'shape:ringing') await caller.world.advance(5)
    caller.world.emulator.pickUp(ben)
    await caller.world.advance(3_000)
    expect(await joined(caller.call)).toBe(ben)
    expect(await caller.state()).toBe('onDone')
  })

  test('goes on through a crash', async () => {
    await using caller = await ringing()
    await caller.world.restart()
    await caller.world.pickUp(kim)
    await caller.world.advance(1_000)
    expect(await caller.state()).toBe('onDone')
    expect(caller.asked.filter((each) => each === 'invite')).toHaveLength(3)
  })

  test('has nobody to ring: fails at once', async () => {
    const nobody = desk.ringAny({
      ...{ id: 'agents', targets: () => [] },
      ...{ onDone: 'onDone', onFailed: 'onFailed' },
    })
    await using caller = await ring(nobody)
    expect(await caller.state()).toBe('onFailed')
  })
})
