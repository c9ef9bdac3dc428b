/** The fate of every request: repeated, looked for, resent or given up, and always told. */
import { callChart, callSetup } from 'callchart/machines'
import { expect, test } from 'vitest'
import type { RequestFault, RequestSight } from '../../src/emulator/index.ts'
import { Rig, type RigOptions } from '../engine/rig.ts'

const scenario = callSetup.createStateConfig({
  initial: 'waiting',
  states: {
    waiting: { on: { 'call.established': 'greeting' } },
    greeting: {
      entry: { type: 'playPrompt', params: { prompt: 'welcome.wav' } },
      on: { 'prompt.completed': 'choosing', 'prompt.failed': 'choosing' },
    },
    choosing: { entry: 'subscribeToTone', on: { 'tone.received': 'desk' } },
    desk: {
      entry: { type: 'transfer', params: { to: 'desk@contoso.com' } },
      on: { 'transfer.failed': 'goodbye' },
    },
    goodbye: { entry: 'hangUp' },
  },
})
const chart = callSetup.createMachine(callChart({ id: 'front', version: '1', scenario }))

/** Lets the first request of a method go wrong. */
function once(method: string, fault: RequestFault) {
  let isDone = false
  return {
    onRequest: (sight: RequestSight) => {
      if (isDone || sight.method !== method) return undefined
      isDone = true
      return fault
    },
  }
}

async function rigWith(method: string, fault: RequestFault, options?: RigOptions): Promise<Rig> {
  const rig = await Rig.open(chart, options)
  rig.emulator.setFaults(once(method, fault))
  return rig
}

function asked(rig: Rig, method: string) {
  return rig.emulator.record.filter((entry) => entry.kind === 'request' && entry.method === method)
}

function effective(rig: Rig, method: string) {
  return asked(rig, method).filter((entry) => entry.kind === 'request' && entry.tookEffect)
}

test('an effect that may be repeated is repeated when its answer is lost', async () => {
  await using rig = await rigWith('answer', { kind: 'cut', moment: 'before' })
  const call = await rig.ring()
  await rig.advance(2_000)
  expect(asked(rig, 'answer')).toHaveLength(2)
  expect(call.state).toBe('established')
})

test('a prompt whose answer is lost is not played twice: its operation is the evidence', async () => {
  await using rig = await rigWith('playPrompt', { kind: 'cut', moment: 'after' })
  const call = await rig.ring()
  expect(rig.states(call.id)).toContain('scenario.greeting')
  call.finishPrompt()
  await rig.advance(120_000)
  expect(effective(rig, 'playPrompt')).toHaveLength(1)
  expect(rig.states(call.id)).toContain('scenario.choosing')
})

test('a prompt that never reached Graph is sent again once no evidence turned up', async () => {
  await using rig = await rigWith('playPrompt', { kind: 'cut', moment: 'before' })
  const call = await rig.ring()
  await rig.advance(29_000)
  expect(asked(rig, 'playPrompt')).toHaveLength(1)
  await rig.advance(3_000)
  expect(effective(rig, 'playPrompt')).toHaveLength(1)
  call.finishPrompt()
  await rig.settle()
  expect(rig.states(call.id)).toContain('scenario.choosing')
})

test('by the author’s policy a request in doubt is given up instead, and the chart is told', async () => {
  const options = { unresolved: { playPrompt: 'drop' } } as const
  await using rig = await Rig.open(chart, options)
  rig.emulator.setFaults(once('playPrompt', { kind: 'cut', moment: 'before' }))
  const call = await rig.ring()
  await rig.advance(31_000)
  expect(asked(rig, 'playPrompt')).toHaveLength(1)
  expect(rig.states(call.id)).toContain('scenario.choosing')
})

test('a transfer whose answer is lost is found by asking for the call, and not sent again', async () => {
  await using rig = await rigWith('transfer', { kind: 'refuse', status: 502, moment: 'after' })
  const call = await rig.ring()
  call.finishPrompt()
  await rig.settle()
  await call.press('1')
  await rig.advance(60_000)
  expect(effective(rig, 'transfer')).toHaveLength(1)
  expect(asked(rig, 'transfer')).toHaveLength(1)
})

test('throttled, it waits as long as Graph asks and no longer', async () => {
  await using rig = await rigWith('playPrompt', {
    kind: 'refuse',
    status: 429,
    retryAfterSeconds: 7,
    moment: 'before',
  })
  await rig.ring()
  await rig.advance(6_900)
  expect(asked(rig, 'playPrompt')).toHaveLength(1)
  await rig.advance(200)
  expect(asked(rig, 'playPrompt')).toHaveLength(2)
})

test('what Graph would take only when it is of no use any more fails when its time is up', async () => {
  const fault = { kind: 'refuse', status: 429, retryAfterSeconds: 600, moment: 'before' } as const
  await using rig = await rigWith('playPrompt', fault)
  const call = await rig.ring()
  await rig.advance(119_000)
  expect(rig.states(call.id)).toContain('scenario.greeting')
  await rig.advance(1_000)
  expect(rig.states(call.id)).toContain('scenario.choosing')
  await rig.advance(600_000)
  expect(asked(rig, 'playPrompt')).toHaveLength(1)
})

test('an answer is not tried beyond the 15 s in which Graph would take it', async () => {
  await using rig = await Rig.open(chart)
  rig.emulator.setFaults({
    onRequest: ({ method }) =>
      method === 'answer'
        ? { kind: 'refuse', status: 503, retryAfterSeconds: 2, moment: 'before' }
        : undefined,
  })
  const call = await rig.ring()
  await rig.advance(60_000)
  expect(asked(rig, 'answer').length).toBeLessThan(10)
  expect(call.state).toBe('terminated')
  expect(rig.records.filter(({ kind }) => kind === 'ended')).toHaveLength(1)
})

test('a refusal is told to the chart with what to do', async () => {
  await using rig = await rigWith('transfer', { kind: 'refuse', status: 403, moment: 'before' })
  const call = await rig.ring()
  call.finishPrompt()
  await rig.settle()
  await call.press('1')
  await rig.settle()
  expect(rig.emulator.requests).toContain('hangUp')
  expect(rig.records).toContainEqual(
    expect.objectContaining({
      kind: 'settled',
      effect: 'transfer',
      status: 'failed',
      fault: expect.objectContaining({ status: 403, fix: expect.any(String) }),
    }),
  )
})

test('hanging up does not wait behind an effect that is being retried', async () => {
  await using rig = await Rig.open(chart)
  rig.emulator.setFaults({
    onRequest: ({ method }) =>
      method === 'subscribeToTone'
        ? { kind: 'refuse', status: 429, retryAfterSeconds: 60, moment: 'before' }
        : undefined,
  })
  const call = await rig.ring()
  call.finishPrompt()
  await rig.settle()
  call.hangUp()
  await rig.advance(1_000)
  expect(call.state).toBe('terminated')
  expect(rig.records.filter(({ kind }) => kind === 'ended')).toHaveLength(1)
})

test('a prompt asked for after a cancellation waits for it, and is not cancelled by it', async () => {
  const play = { type: 'playPrompt', params: { prompt: 'welcome.wav' } } as const
  const interrupting = callSetup.createStateConfig({
    initial: 'waiting',
    states: {
      waiting: {
        on: { 'call.established': { target: 'playing', actions: [play, 'subscribeToTone'] } },
      },
      playing: { on: { 'tone.received': { actions: ['cancelMediaProcessing', play] } } },
    },
  })
  const chart = callChart({ id: 'front', version: '1', scenario: interrupting })
  await using rig = await Rig.open(callSetup.createMachine(chart))
  const throttled = { kind: 'refuse', status: 429, retryAfterSeconds: 2, moment: 'before' } as const
  rig.emulator.setFaults(once('cancelMediaProcessing', throttled))
  const call = await rig.ring()
  await call.press('1')
  await rig.advance(3_000)
  expect(rig.emulator.requests.slice(-2)).toEqual(['cancelMediaProcessing', 'playPrompt'])
  expect(call.truth().playing).toBe('playPromptOperation')
})

test('effects owed when the process died are sent by the next one', async () => {
  await using rig = await Rig.open(chart)
  rig.emulator.setFaults({
    onRequest: ({ method }) =>
      method === 'answer'
        ? { kind: 'refuse', status: 429, retryAfterSeconds: 5, moment: 'before' }
        : undefined,
  })
  const call = await rig.ring()
  await rig.crash()
  rig.emulator.setFaults({})
  await rig.start(chart)
  await rig.settle()
  expect(effective(rig, 'answer')).toHaveLength(1)
  expect(call.state).toBe('established')
})

test('a prompt in flight when the process died is not played twice', async () => {
  await using rig = await Rig.open(chart)
  const call = await rig.ring()
  await rig.crash()
  call.finishPrompt()
  await rig.start(chart)
  await rig.advance(60_000)
  expect(effective(rig, 'playPrompt')).toHaveLength(1)
  expect(rig.states(call.id)).toContain('scenario.choosing')
})

test('a call the bot places is known by its callbackUri even when the 201 is lost', async () => {
  await using rig = await rigWith('createCall', { kind: 'cut', moment: 'after' })
  const key = await rig.bot.call({ targets: 'bob@contoso.com' })
  await rig.advance(20_000)
  expect(effective(rig, 'createCall')).toHaveLength(1)
  expect(rig.states(key)).toContain('signalling.established')
})
