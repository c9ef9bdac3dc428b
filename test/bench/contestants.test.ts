/** The contestants are comparable: the same bodies leave all of them in the same state. */
import { afterAll, expect, test } from 'vitest'
import { openCollector } from '../../bench/collector.ts'
import { BareLoop } from '../../bench/contestants/bareLoop.ts'
import { openEngine } from '../../bench/contestants/engine.ts'
import { Straightforward } from '../../bench/contestants/straightforward.ts'
import { heardIn } from '../../bench/contestants/wire.ts'
import { makePlace } from '../../bench/place.ts'
import { APP_ID, bodyOf, callIdsOf, delivery, TENANT_ID, type Told } from '../../bench/traffic.ts'
import { openSqliteStore } from '../../snapshots/index.ts'
import { parseNotifications } from '../../src/graph/parse.ts'

const place = await makePlace()
afterAll(place.remove)

const callIds = callIdsOf(3)
const traffic: readonly Told[] = ['hold', 'established', 'hold']

test('every contestant ends where Callchart does, a row for each notification', async () => {
  const engine = await openEngine({ folder: place.path, callIds })
  const bare = new BareLoop(place.path, callIds)
  const straightforward = new Straightforward(place.path, callIds)
  for (const state of traffic) {
    for (const callId of callIds) {
      await engine.take(delivery(callId, 'updated', state))
      for (const heard of heardIn(bodyOf(callId, state))) {
        await bare.take(heard.callId, heard.state)
        straightforward.take(heard.callId, heard.state)
      }
    }
  }
  await engine.close()
  const store = openSqliteStore(`${place.path}/calls.db`)
  for (const callId of callIds) {
    const [call] = (await store.load(callId))?.actors ?? []
    const { value } = JSON.parse(call?.snapshot ?? '{}')
    expect(value).toMatchObject({ signalling: 'hold', scenario: 'waiting' })
    expect(bare.stateOf(callId)).toEqual(value)
    expect(straightforward.stateOf(callId)).toEqual(value)
    // Started, established, and one for each notification: none came to more turns than one.
    expect(await store.journal(callId)).toHaveLength(2 + traffic.length)
  }
  await store.close()
  bare.close()
  straightforward.close()
})

test('every span of a contestant that is traced reaches the collector, or the benchmark hears of it', async () => {
  using collector = await openCollector()
  const [callId = ''] = callIds
  const traceTo = async (collectorUrl: string) => {
    const traced = await makePlace()
    const onlooker = { by: 'traces', collectorUrl, share: 1 } as const
    const engine = await openEngine({ folder: traced.path, callIds, onlooker })
    await engine.take(delivery(callId, 'updated', 'hold'))
    const told = await engine.told?.().then(
      () => true,
      () => false,
    )
    await engine.close()
    await traced.remove()
    return told
  }
  expect(await traceTo(collector.url)).toBe(true)
  expect(await traceTo(`${collector.url}/elsewhere`)).toBe(false)
})

test('a body says over HTTP what a delivery says in process', () => {
  const [callId = ''] = callIds
  const [notification] = parseNotifications(JSON.parse(bodyOf(callId, 'hold'))).notifications
  expect({ ...delivery(callId, 'updated', 'hold'), atMs: 0 }).toEqual({
    tenantId: TENANT_ID,
    appId: APP_ID,
    atMs: 0,
    notification,
  })
})

test('what the door of the others reads must be a notification', () => {
  expect(() => heardIn('{"value":[{}]}')).toThrow()
})
