/** The kill campaign in CI's size, and the proof that its judge can see. */
import { expect, test } from 'vitest'
import { campaign } from '../kill/campaign.ts'
import { type SabotageName, sabotageNames } from '../kill/sabotage.ts'

/** With this seed every kill comes the instant Graph has done something. */
const SMALL = { rounds: 3, seed: 4 }

test('calls under load outlive an engine that is killed again and again', async () => {
  const { calls, ended, violations } = await campaign({ ...SMALL, rounds: 4 })
  expect(violations).toEqual([])
  expect(ended).toBe(calls)
  expect(calls).toBeGreaterThan(10)
})

/** No seed makes processes die at the same instruction twice: of one campaign the sabotage may get away. */
const CAMPAIGNS = 12

test.each(sabotageNames)('%s is seen', async (sabotage) => {
  expect(await isSeen(sabotage)).toBe(true)
})

async function isSeen(sabotage: SabotageName, campaigns = CAMPAIGNS): Promise<boolean> {
  if (campaigns === 0) return false
  const seed = SMALL.seed + CAMPAIGNS - campaigns
  const { violations } = await campaign({ ...SMALL, seed, patienceMs: 8_000, sabotage })
  return violations.length > 0 || isSeen(sabotage, campaigns - 1)
}
