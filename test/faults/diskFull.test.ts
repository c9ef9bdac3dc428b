/** A disk that fills up under live calls: Graph is told to come again, and nothing that was said is lost. */
import { callChart, callSetup } from 'callchart/machines'
import { expect, test } from 'vitest'
import type { EmulatedCall } from '../../src/emulator/index.ts'
import type { Verdict } from '../../src/engine/intake.ts'
import { Rig } from '../engine/rig.ts'
import { freeRoom, takeRoom } from './fill.ts'

const scenario = callSetup.createStateConfig({
  initial: 'waiting',
  states: {
    waiting: { on: { 'call.established': 'listening' } },
    listening: { entry: 'subscribeToTone', on: { 'tone.received': 'done' } },
    done: { entry: { type: 'transfer', params: { to: 'desk@contoso.com' } } },
  },
})
const chart = callSetup.createMachine(callChart({ id: 'listener', version: '1', scenario }))

/** A bot with one call and hardly any room left. */
async function rigInNarrowRoom(): Promise<{ rig: Rig; early: EmulatedCall }> {
  const rig = await Rig.open(chart)
  const early = await rig.ring('early@fabrikam.com')
  await rig.bot.close()
  const maxPages = takeRoom(rig.database, 50)
  await rig.start(chart, { store: { maxPages } })
  return { rig, early }
}

/** Tells news of a call until they cannot be written any more; resolves to what is said then. */
async function fillUp(rig: Rig, call: EmulatedCall): Promise<Verdict | undefined> {
  for (;;) {
    for (const state of ['hold', 'established']) {
      const verdict = await rig.report(call, state)
      if (verdict?.kind !== 'accepted') return verdict
    }
  }
}

/** The last HTTP status of every notification that is not yet taken. */
function waiting(rig: Rig) {
  return rig.emulator.record.flatMap((entry) =>
    entry.kind === 'notification' && entry.outcome === 'pending' ? [entry.status] : [],
  )
}

function transfersOf(rig: Rig, { id }: EmulatedCall): number {
  return rig.emulator.record.filter(
    (entry) =>
      entry.kind === 'request' &&
      entry.callId === id &&
      entry.method === 'transfer' &&
      entry.tookEffect,
  ).length
}

test('a full disk is answered 503, and when there is room again every call goes on by itself', async () => {
  const { rig, early } = await rigInNarrowRoom()
  await using _ = rig
  expect(await fillUp(rig, early)).toMatchObject({
    kind: 'unavailable',
    reason: expect.stringContaining('has no room to grow'),
    retryAfterSeconds: 5,
  })
  const late = await rig.ring('late@fabrikam.com')
  void early.press('1')
  await rig.settle()
  expect(waiting(rig)).toEqual([503, 503])

  freeRoom(rig.database)
  await rig.advance(10_000)
  await late.press('1')
  await rig.advance(10_000)
  expect(waiting(rig)).toEqual([])
  expect([transfersOf(rig, early), transfersOf(rig, late)]).toEqual([1, 1])
})

test('a process that died on a full disk goes on when there is room again', async () => {
  const { rig, early } = await rigInNarrowRoom()
  await using _ = rig
  await fillUp(rig, early)
  void early.press('1')
  await rig.settle()
  await rig.crash()
  freeRoom(rig.database)
  await rig.start(chart)
  await rig.advance(10_000)
  expect(waiting(rig)).toEqual([])
  expect(transfersOf(rig, early)).toBe(1)
})
