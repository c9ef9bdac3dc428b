/** What whoever watches is told, tried with a real store, real HTTP and a simulated clock. */
import { expect, test, vi } from 'vitest'
import { openEngine } from '../../bench/contestants/engine.ts'
import { rosterBody } from '../../bench/contestants/rosters.ts'
import { makePlace } from '../../bench/place.ts'
import { APP_ID, callIdsOf, delivery, TENANT_ID } from '../../bench/traffic.ts'
import { parseNotifications } from '../../src/graph/parse.ts'
import { type EngineRecord, Observers } from '../../src/telemetry/index.ts'
import type { ShownParticipant } from '../../src/telemetry/records.ts'
import { Rig } from '../engine/rig.ts'
import { chart, wholeCall } from './watched.ts'

type Of<Kind extends EngineRecord['kind']> = Extract<EngineRecord, { readonly kind: Kind }>

function all<Kind extends EngineRecord['kind']>(records: readonly EngineRecord[], kind: Kind) {
  return records.filter((record): record is Of<Kind> => record.kind === kind)
}

test('every turn is told, once and in the order of its journal, with what the call heard', async () => {
  const { rig, call, records } = await wholeCall()
  await using _ = rig
  const turns = all(records, 'turned')
  expect(turns.map(({ sequence }) => sequence)).toEqual(turns.map((_, index) => index + 1))
  expect(turns.map(({ event, heard }) => ({ ...heard, type: event }))).toEqual(
    turns.map(({ heard }) => heard),
  )
  expect(turns.at(-1)?.snapshot.value).toMatchObject({ signalling: 'terminated' })
  expect(turns.every(({ key }) => key === call.id)).toBe(true)
})

test('neither a record nor what it makes when read holds a tone or what is private', async () => {
  const { rig, records } = await wholeCall()
  await using _ = rig
  const read = records.map((record) => [
    record,
    record.kind === 'turned' && [record.heard, record.snapshot, record.participants],
    record.kind === 'asked' && record.params,
  ])
  const text = JSON.stringify(read)
  expect(/tone\.reported/.test(text)).toBe(true)
  expect(/tone7|private/.exec(text)).toBeNull()
})

test('a record as JSON names nobody', async () => {
  const { rig, records } = await wholeCall()
  await using _ = rig
  expect(JSON.stringify(all(records, 'turned')[0]?.heard)).toMatch(/bob/i)
  expect(JSON.stringify(records)).not.toMatch(/bob|fabrikam/i)
})

test('a call begins each thing it does with what caused it', async () => {
  const { rig, records } = await wholeCall()
  await using _ = rig
  const causes = new Set(['notified', 'settled', 'timerFired'])
  const caused = records.flatMap((record, index) => {
    if (record.kind !== 'turned') return []
    const cause = records.slice(0, index).findLast(({ kind }) => causes.has(kind))
    return [`${cause && 'what' in cause ? cause.what : cause?.kind} → ${record.event}`]
  })
  expect(caused).toContain('call created → call.started')
  expect(caused).toContain('settled → xstate.error.actor.0.watched.scenario.looking')
  expect(caused).toContain('timerFired → xstate.after.3000.watched.scenario.asking')
  expect(caused).toContain('settled → answer.accepted')
})

test('each effect is told from asking to its fate, and each request with its answer', async () => {
  const { rig, records } = await wholeCall()
  await using _ = rig
  const [prompt] = all(records, 'asked').filter(({ effect }) => effect === 'playPrompt')
  const of = records.filter((record) => 'command' in record && record.command === prompt?.command)
  expect(of).toMatchObject(
    [
      { kind: 'asked', params: { prompt: 'welcome.wav' } },
      { kind: 'requested', attempt: 1, isEvidence: false },
      { kind: 'responded', attempt: 1, outcome: 'answered', status: 200, requestId: /./ },
      { kind: 'settled', status: 'running' },
      { kind: 'settled', status: expect.stringMatching(/done|dropped/) },
    ].map((each) => ('requestId' in each ? { ...each, requestId: expect.any(String) } : each)),
  )
  const [look] = all(records, 'invoked')
  expect(look).toMatchObject({ src: 'lookUp' })
  expect(all(records, 'settled')).toContainEqual(
    expect.objectContaining({ command: look?.command, effect: 'invoke', status: 'failed' }),
  )
})

test('a request that Graph puts off is told as retried, with how long it waits', async () => {
  await using rig = await Rig.open(chart)
  let refusals = 2
  rig.emulator.setFaults({
    onRequest: ({ method }) =>
      method === 'answer' && refusals-- > 0
        ? { kind: 'refuse', status: 429, retryAfterSeconds: 2, moment: 'before' }
        : undefined,
  })
  await rig.ring()
  await rig.advance(5_000)
  const about = { effect: 'answer', status: 429 }
  expect(all(rig.records, 'retrying')).toMatchObject([
    { ...about, attempt: 2, waitMs: 2_000 },
    { ...about, attempt: 3, waitMs: 2_000 },
  ])
  const answers = all(rig.records, 'responded').filter(({ effect }) => effect === 'answer')
  expect(answers).toMatchObject([
    { attempt: 1, outcome: 'refused', retryAfterMs: 2_000 },
    { attempt: 2, outcome: 'refused', retryAfterMs: 2_000 },
    { attempt: 3, outcome: 'answered' },
  ])
})

test('each timer that is set is told as fired or cancelled, unless its call ends before', async () => {
  const { rig, records } = await wholeCall()
  await using _ = rig
  const listening = 'xstate.after.10000.watched.scenario.listening'
  const asking = 'xstate.after.3000.watched.scenario.asking'
  const told = records.flatMap((record) =>
    'timer' in record && [listening, asking].includes(record.timer)
      ? [`${record.kind} ${record.timer === asking ? 'asking' : 'listening'}`]
      : [],
  )
  expect(told).toEqual([
    'timerSet listening',
    'timerCancelled listening',
    'timerSet asking',
    'timerFired asking',
  ])
})

test('a notification is told when heard, and again when Graph may be told that it is durable', async () => {
  const { rig, call, records } = await wholeCall()
  await using _ = rig
  const taken = all(records, 'taken')
  expect(taken.map(({ notification }) => notification).toSorted()).toEqual(
    all(records, 'notified')
      .map(({ notification }) => notification)
      .toSorted(),
  )
  for (const { notification, key } of taken) {
    const heard = records.findIndex(
      (each) => each.kind === 'notified' && each.notification === notification,
    )
    const known = records.findIndex(
      (each) => each.kind === 'taken' && each.notification === notification,
    )
    const between = records.slice(heard, known)
    const moved = between.some((each) => each.kind === 'turned' && each.key === key)
    const isDurable = between.some((each) => each.kind === 'committed' && each.keys.includes(key))
    expect(isDurable).toBe(moved || isDurable)
  }
  expect(taken[0]).toMatchObject({ key: call.id, what: 'call created', verdict: 'accepted' })
  expect(all(records, 'posted').map(({ status }) => status)).toContain(202)
})

test('a participant is shown when it comes and when it moves', async () => {
  const [callId = ''] = callIdsOf(1)
  await using open = await engineOf([callId])
  const moves: ShownParticipant[][] = []
  open.engine.bot.observe((record) => {
    if (record.kind === 'turned' && record.event === 'roster.changed')
      moves.push([...record.participants])
  })
  for (const round of [1, 2]) {
    const { notifications } = parseNotifications(JSON.parse(rosterBody(callId, 10, round)))
    for (const notification of notifications) {
      await open.engine.take({ tenantId: TENANT_ID, appId: APP_ID, atMs: Date.now(), notification })
    }
  }
  const [came = [], moved = []] = moves
  expect(came).toHaveLength(10)
  expect(came.every(({ isNew, states }) => isNew && states.includes('presence.joined'))).toBe(true)
  expect(moved.map(({ isNew }) => isNew)).toEqual([false])
  expect(moved[0]?.snapshot).not.toEqual(came.find(({ id }) => id === moved[0]?.id)?.snapshot)
})

test('an observer that throws changes nothing of what the call does', async () => {
  await using rig = await Rig.open(chart)
  const stop = rig.bot.observe(() => {
    throw new Error('not today')
  })
  const call = await rig.ring()
  stop()
  await call.press('7')
  await rig.settle()
  expect(rig.states(call.id)).toContain('scenario.asking')
})

test('while nobody looks, no record is made', async () => {
  const callIds = callIdsOf(8)
  await using open = await engineOf(callIds)
  const { engine } = open
  const tell = vi.spyOn(Observers.prototype, 'tell')
  const stop = engine.bot.observe(() => {})
  await engine.take(delivery(callIds[0] ?? '', 'updated', 'hold'))
  const watched = tell.mock.calls.length
  stop()
  for (const id of callIds) {
    await engine.take(delivery(id, 'updated', 'established'))
    await engine.take(delivery(id, 'deleted', 'terminated'))
  }
  expect(tell.mock.calls.length).toBe(watched)
  expect(watched).toBeGreaterThan(0)
  tell.mockRestore()
})

/** An engine of established calls that nobody looks at yet. */
async function engineOf(callIds: readonly string[]) {
  const place = await makePlace()
  const engine = await openEngine({ folder: place.path, callIds })
  return {
    engine,
    [Symbol.asyncDispose]: async () => {
      await engine.close()
      await place.remove()
    },
  }
}
