/** What a machine's speed has no part in: bytes allocated, statements run, calls kept. */
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { NO_COLLECTION } from '../../bench/cases/allocations.ts'
import { openEngine } from '../../bench/contestants/engine.ts'
import { startAlone } from '../../bench/contestants/openAlone.ts'
import { rosterBody } from '../../bench/contestants/rosters.ts'
import { goals } from '../../bench/goals.ts'
import { quantile } from '../../bench/harness.ts'
import { makePlace } from '../../bench/place.ts'
import { APP_ID, callIdsOf, delivery, TENANT_ID } from '../../bench/traffic.ts'
import { openSqliteStore } from '../../snapshots/index.ts'
import { parseNotifications } from '../../src/graph/parse.ts'

/** An engine on a store that tells how many statements have run. */
async function counting(callIds: readonly string[]) {
  const place = await makePlace()
  let statements = 0
  const beforeStatement = () => {
    statements += 1
  }
  const store = openSqliteStore(join(place.path, 'calls.db'), { beforeStatement })
  const engine = await openEngine({ folder: place.path, callIds, store })
  const cost = async (work: () => Promise<unknown>) => {
    const before = statements
    await work()
    return statements - before
  }
  const close = async () => {
    await engine.close()
    await place.remove()
  }
  return { engine, cost, close }
}

test('a turn allocates no more than its goal', async () => {
  const goal = goals.find(({ benchmark }) => benchmark === 'allocations')
  const callIds = callIdsOf(1_024)
  await using alone = await startAlone(NO_COLLECTION)
  await alone.ask('open', { folder: alone.folder, callIds })
  await alone.ask('allocations', { callIds, turns: 4_096 })
  const samples = await alone.ask('allocations', { callIds, turns: 4_096 })
  expect(goal && 'atMost' in goal ? goal.atMost : 0).toBeGreaterThan(quantile(samples, 0.5))
})

test('one person muting costs as many statements among 1,000 as among 10', async () => {
  const [callId = ''] = callIdsOf(1)
  const costs: number[] = []
  for (const people of [10, 1_000]) {
    const { engine, cost, close } = await counting([callId])
    const tell = async (round: number) => {
      const { notifications } = parseNotifications(JSON.parse(rosterBody(callId, people, round)))
      for (const notification of notifications) {
        await engine.take({ tenantId: TENANT_ID, appId: APP_ID, atMs: Date.now(), notification })
      }
    }
    await tell(0)
    await tell(1)
    costs.push(await cost(() => tell(2)))
    await close()
  }
  expect(costs[0]).toBeGreaterThan(0)
  expect(costs[1]).toBe(costs[0])
})

test('a notification costs as many statements beside 1,000 calls as beside 10', async () => {
  const costs: number[] = []
  for (const calls of [10, 1_000]) {
    const callIds = callIdsOf(calls)
    const { engine, cost, close } = await counting(callIds)
    const [callId = ''] = callIds
    costs.push(await cost(() => engine.take(delivery(callId, 'updated', 'hold'))))
    await close()
  }
  expect(costs[0]).toBeGreaterThan(0)
  expect(costs[1]).toBe(costs[0])
})
