import { expect, test } from 'vitest'
import { frontDesk } from '../../examples/front-desk/chart.ts'
import { OverloadError } from '../../src/errors.ts'
import { Rig } from './rig.ts'

test('a bot that is drained keeps its calls, and is done when the last has ended', async () => {
  await using rig = await Rig.open(frontDesk)
  const call = await rig.ring()
  const drained = rig.bot.drain({ forMs: 60_000 })
  await rig.advance(5_000)
  expect(rig.states(call.id)).toContain('scenario.greeting')
  call.hangUp()
  await rig.advance(5_000)
  expect(await drained).toBe(0)
  expect(call.truth().state).toBe('terminated')
})

test('calls that outlive the time are left live, for the next process', async () => {
  await using rig = await Rig.open(frontDesk)
  const call = await rig.ring()
  const drained = rig.bot.drain({ forMs: 3_000 })
  await rig.advance(3_000)
  expect(await drained).toBe(1)
  expect(call.truth().state).toBe('established')
})

test('new calls are turned away while a bot is drained: to be sent again, or elsewhere', async () => {
  await using rig = await Rig.open(frontDesk)
  await rig.ring()
  void rig.bot.drain({ forMs: 60_000 })
  const incoming = rig.delivery('b1', 'call', 'created', [{ state: 'incoming' }])
  expect(await rig.bot.engine.intake([incoming])).toMatchObject([
    { kind: 'unavailable', retryAfterSeconds: 1 },
  ])
  void rig.bot.drain({ forMs: 60_000, elsewhere: 'https://other.example/api/calls' })
  expect(await rig.bot.engine.intake([incoming])).toEqual([
    { kind: 'elsewhere', url: 'https://other.example/api/calls' },
  ])
  await expect(rig.bot.call({ targets: [] })).rejects.toThrow(OverloadError)
  expect(rig.emulator.calls).toHaveLength(1)
})

test('whether it takes calls is told: draining, with the calls left, is not ready', async () => {
  await using rig = await Rig.open(frontDesk)
  await rig.ring()
  expect((await rig.bot.app.request('/readyz')).status).toBe(200)
  void rig.bot.drain({ forMs: 60_000 })
  await rig.advance(250)
  const health = await rig.bot.app.request('/readyz')
  expect(health.status).toBe(503)
  expect(await health.json()).toMatchObject({ ready: false, calls: 1 })
})

test('a bot that has closed asks for notifications to be sent again, and nothing fails for it', async () => {
  await using rig = await Rig.open(frontDesk)
  const call = await rig.ring()
  const underWay = rig.report(call, 'established')
  await rig.bot.close()
  expect(await underWay).toEqual({ kind: 'accepted' })
  expect(await rig.report(call, 'terminated')).toMatchObject({
    kind: 'unavailable',
    retryAfterSeconds: 1,
  })
  expect(rig.records.filter(({ kind }) => kind === 'commitFailed')).toEqual([])
})
