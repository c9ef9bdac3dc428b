/** The kill campaign in CI's size, and the proof that its judge can see. */
import { expect, test } from 'vitest'
import { campaign } from '../kill/campaign.ts'
import { sabotageNames } from '../kill/sabotage.ts'

/** With this seed every kill comes the instant Graph has done something. */
const SMALL = { rounds: 3, seed: 4, patienceMs: 8_000 }

test('calls under load outlive an engine that is killed again and again', {
  timeout: 90_000,
}, async () => {
  const { calls, ended, violations } = await campaign({ ...SMALL, rounds: 4, patienceMs: 30_000 })
  expect(violations).toEqual([])
  expect(ended).toBe(calls)
  expect(calls).toBeGreaterThan(10)
})

test.each(sabotageNames)('%s is seen', { timeout: 90_000 }, async (sabotage) => {
  const { violations } = await campaign({ ...SMALL, sabotage })
  expect(violations).not.toEqual([])
})
