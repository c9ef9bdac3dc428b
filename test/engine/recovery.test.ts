/** Going on with the calls of a process before this one. */
import Database from 'better-sqlite3'
import { callChart, callSetup } from 'callchart/machines'
import { expect, test } from 'vitest'
import { assign } from 'xstate'
import { Rig } from './rig.ts'

const setup = callSetup.extend({
  types: {} as { private: { digit: string | undefined } },
  actions: {
    keepDigit: assign({
      private: ({ event }) =>
        event.type === 'tone.received' ? { digit: event.toneInfo.tone } : {},
    }),
    forgetDigit: assign({ private: { digit: undefined } }),
  },
})
const scenario = setup.createStateConfig({
  initial: 'waiting',
  on: { 'engine.resumed': '.resumed' },
  states: {
    waiting: {
      on: {
        'call.established': { actions: 'subscribeToTone' },
        'tone.received': { actions: 'keepDigit' },
        'call.held': { actions: 'forgetDigit' },
      },
    },
    resumed: {},
  },
})
const chart = setup.createMachine(callChart({ id: 'keeping', version: '1', scenario }))

function turnsOf(rig: Rig, key: string): readonly string[] {
  return rig.records.flatMap((record) =>
    record.kind === 'turned' && record.key === key ? [record.event] : [],
  )
}

async function ringOften(rig: Rig, times: number) {
  const calls = []
  for (let index = 0; index < times; index++) calls.push(await rig.ring(`u${index}@fabrikam.com`))
  return calls
}

function resumptions(rig: Rig, key: string): number {
  return turnsOf(rig, key).filter((event) => event === 'engine.resumed').length
}

/** A bot whose calls could not be taken up when it started, because the disk was full then. */
async function openLate(times: number) {
  const disk = { isFull: false }
  const beforeStatement = () => {
    if (disk.isFull) throw new Error('disk full')
  }
  const rig = await Rig.open(chart)
  const calls = await ringOften(rig, times)
  await rig.crash()
  disk.isFull = true
  await rig.start(chart, { store: { beforeStatement } })
  await rig.settle()
  disk.isFull = false
  rig.records.splice(0).forEach((record) => {
    if (record.kind !== 'turned') rig.records.push(record)
  })
  return { rig, calls }
}

test('every stored call is taken up once, in the background', async () => {
  await using rig = await Rig.open(chart)
  const calls = await ringOften(rig, 40)
  await rig.crash()
  rig.records.length = 0
  await rig.start(chart)
  await rig.settle()
  expect(rig.records).toContainEqual(expect.objectContaining({ kind: 'recovering', calls: 40 }))
  expect(rig.records).toContainEqual(expect.objectContaining({ kind: 'recovered', calls: 40 }))
  for (const { id } of calls) expect(resumptions(rig, id)).toBe(1)
})

test('a call that is spoken of before it was taken up hears first that memory was lost', async () => {
  const { rig, calls } = await openLate(1)
  await using _ = rig
  const [call] = calls
  if (!call) throw new Error('Nobody rang.')
  expect(await rig.report(call, 'hold')).toEqual({ kind: 'accepted' })
  expect(turnsOf(rig, call.id)).toEqual(['engine.resumed', 'callState.hold'])
  await rig.advance(60_000)
  expect(resumptions(rig, call.id)).toBe(1)
})

test('calls that the store could not take are told of, and taken up when it can', async () => {
  const { rig, calls } = await openLate(1)
  await using _ = rig
  const key = calls[0]?.id ?? ''
  expect(rig.records).toContainEqual(expect.objectContaining({ kind: 'takeUpFailed', key }))
  await rig.advance(5_000)
  expect(resumptions(rig, key)).toBe(1)
})

test('a call that leaves memory with private values hears that they are lost; another hears nothing', async () => {
  await using rig = await Rig.open(chart, { hotCalls: 1 })
  const [secret, plain] = await ringOften(rig, 2)
  await secret?.press('7')
  await ringOften(rig, 3)
  rig.records.length = 0
  for (const call of [secret, plain]) if (call) await rig.report(call, 'hold')
  expect(turnsOf(rig, secret?.id ?? '')).toEqual(['engine.resumed', 'callState.hold'])
  expect(turnsOf(rig, plain?.id ?? '')).toEqual(['callState.hold'])
})

test('a call that has forgotten its private values leaves memory like any other', async () => {
  await using rig = await Rig.open(chart, { hotCalls: 1 })
  const [call] = await ringOften(rig, 1)
  await call?.press('7')
  if (call) await rig.report(call, 'hold')
  await ringOften(rig, 3)
  rig.records.length = 0
  if (call) await rig.report(call, 'terminating')
  expect(turnsOf(rig, call?.id ?? '')).toEqual(['callState.terminating'])
})

test('a deadline of a state that is left because memory was lost does not fire', async () => {
  const waiting = callSetup.createStateConfig({
    initial: 'waiting',
    states: {
      waiting: { after: { 10000: 'late' }, on: { 'engine.resumed': 'asking' } },
      asking: {},
      late: { entry: 'hangUp' },
    },
  })
  const patient = callSetup.createMachine(
    callChart({ id: 'waiting', version: '1', scenario: waiting }),
  )
  await using rig = await Rig.open(patient)
  const [call] = await ringOften(rig, 1)
  await rig.crash()
  await rig.advance(60_000)
  await rig.start(patient)
  await rig.advance(1_000)
  expect(rig.states(call?.id ?? '')).toContain('scenario.asking')
  expect(rig.emulator.requests).not.toContain('hangUp')
})

test('a timer that no call knows of does not fall due for ever', async () => {
  await using rig = await Rig.open(chart)
  await ringOften(rig, 1)
  const database = new Database(rig.database)
  database.exec('INSERT INTO timer SELECT id, \'stray\', 0, \'{"type":"stray"}\' FROM call')
  const strays = () =>
    database.prepare("SELECT count(*) FROM timer WHERE id = 'stray'").pluck().get()
  expect(strays()).toBe(1)
  await rig.crash()
  await rig.start(chart)
  await rig.advance(0)
  expect(strays()).toBe(0)
  database.close()
})

test('a notification under a token of another tenant is refused, and told of', async () => {
  await using rig = await Rig.open(chart)
  const [call] = await ringOften(rig, 1)
  const told = rig.delivery(call?.id ?? '', 'call', 'updated', [{ state: 'hold' }])
  const [verdict] = await rig.bot.engine.intake([{ ...told, tenantId: 'another' }])
  expect(verdict?.kind).toBe('refused')
  expect(rig.records).toContainEqual(
    expect.objectContaining({ kind: 'refused', reason: expect.stringContaining('another tenant') }),
  )
})

test('an ended call is packed after its rest, and still known when Graph speaks of it', async () => {
  await using rig = await Rig.open(chart)
  const calls = await ringOften(rig, 12)
  for (const call of calls) call.hangUp()
  const database = new Database(rig.database, { readonly: true })
  const packed = () => database.prepare('SELECT key FROM ended').pluck().all()
  await rig.advance(9 * 60_000)
  expect(packed()).toEqual([])
  await rig.advance(12 * 60_000)
  expect(packed()).toHaveLength(12)
  for (const call of calls)
    expect(await rig.report(call, 'established')).toEqual({ kind: 'accepted' })
  expect(rig.records.filter(({ kind }) => kind === 'unknownCall')).toEqual([])
  database.close()
})
