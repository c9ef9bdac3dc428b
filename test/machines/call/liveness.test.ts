import { expect, test } from 'vitest'
import { untaken } from '../coverage.ts'
import { due, gone, HeardCall, terminated, told } from './heard.ts'

const failed = { fault: { status: 503, code: 'busy', message: '', fix: '' } }
const resumed = { type: 'engine.resumed' }
const ask = { incoming: 'ask' } as const

const waiting = () => new HeardCall({}, ask)
const beating = () => new HeardCall().hear({ type: 'callState.established' })
const suspect = () => beating().hear(told('keepAlive', 'failed', failed))

test('the heart beats every 15 min once the call is established', () => {
  const call = beating()
  expect(call.value.liveness).toBe('beating')
  const beat = due('keepAliveInterval', 'liveness.beating')
  expect(call.last.timers).toContainEqual({ id: beat.type, delayMs: 900_000, event: beat })
  for (let times = 0; times < 2; times++) {
    expect(call.hear(beat).asked).toEqual(['keepAlive', 'getCall'])
    expect(call.last.timers).toContainEqual({ id: beat.type, delayMs: 900_000, event: beat })
  }
})

test('a call that Graph has not named yet is not asked for', () => {
  const outgoing = { direction: 'outgoing', request: { targets: 'bob@fabrikam.com' } } as const
  const unresolved = { fault: { status: 0, code: 'unresolved', message: '', fix: '' } }
  const beat = due('lookUpInterval', 'liveness.waiting')
  const call = new HeardCall(outgoing)
  for (const more of [[], [told('createCall', 'failed', unresolved)]]) {
    call.hear(...more)
    expect(call.hear(resumed).asked).toEqual([])
    expect(call.hear({ type: 'admin.nudged' }).asked).toEqual([])
    expect(call.hear(beat).asked).toEqual([])
    expect(call.last.timers.map(({ id }) => id)).toEqual([beat.type])
  }
})

test('the heart beats for a call first heard of as held, whose established was missed', () => {
  expect(new HeardCall().hear({ type: 'callState.hold' }).value.liveness).toBe('beating')
})

test('a call that is not connected is looked up every 2 min', () => {
  const call = waiting()
  for (let times = 0; times < 2; times++) {
    expect(call.hear(due('lookUpInterval', 'liveness.waiting')).asked).toEqual(['getCall'])
  }
})

test.each([
  ['waiting', waiting],
  ['beating', beating],
])('after a restart a call %s is looked up', (_, into) => {
  expect(into().hear(resumed).asked).toEqual(['getCall'])
})

test.each([
  ['waiting', waiting],
  ['beating', beating],
  ['suspect', suspect],
])('a call %s is looked up when an operator wants to know', (_, into) => {
  expect(into().hear({ type: 'admin.nudged' }).asked).toEqual(['getCall'])
})

test.each(['keepAlive', 'getCall'] as const)(
  'a %s that fails makes the heart suspect; it is looked up every 30 s until it is found',
  (effect) => {
    const call = beating().hear(told(effect, 'failed', failed))
    expect(call.value.liveness).toBe('suspect')
    const look = due('suspectInterval', 'liveness.suspect')
    expect(call.last.timers).toContainEqual({ id: look.type, delayMs: 30_000, event: look })
    expect(call.hear(look).asked).toEqual(['getCall'])
    expect(call.hear(told('getCall', 'failed', failed)).value.liveness).toBe('suspect')
    expect(call.hear(told(effect, 'completed')).value.liveness).toBe('beating')
  },
)

test.each([
  ['waiting', waiting, ['getCall', 'hangUp', 'answer', 'reject', 'redirect']],
  ['beating', beating, ['keepAlive', 'getCall', 'hangUp']],
  ['suspect', suspect, ['keepAlive', 'getCall', 'hangUp']],
] as const)('a call %s that Graph no longer knows is over', (_, into, effects) => {
  for (const effect of effects) {
    const call = into().hear(told(effect, 'failed', gone))
    expect(call.heard).toContain('call.gone')
    expect(call.group.call.status).toBe('active')
    expect(call.value).toMatchObject({ signalling: 'terminated', liveness: 'ended' })
  }
})

test.each([
  ['waiting', waiting],
  ['beating', beating],
  ['suspect', suspect],
])('a call %s that ends beats no more', (_, into) => {
  const call = into().hear(terminated)
  expect(call.value.liveness).toBe('ended')
  expect(call.last.timersCancelled).toEqual(
    expect.arrayContaining([expect.stringContaining('liveness')]),
  )
})

test('the tests above exercise every transition of liveness', () => {
  expect(untaken(new HeardCall().region('liveness'))).toEqual([])
})
