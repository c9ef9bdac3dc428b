import { expect, test } from 'vitest'
import { fuzz } from './fuzz.ts'

test('no input brings the door down, and nothing refused leaves a trace', async () => {
  const report = await fuzz({ inputs: 3_000, seed: 1, acceptRefused: false })
  expect(report.failures).toEqual([])
  expect(report.inputs).toBeGreaterThanOrEqual(3_000)
  // Mutations that all end at the first check would prove nothing.
  const { 202: taken = 0, 400: refused = 0 } = report.statuses
  expect(Math.min(taken, refused)).toBeGreaterThan(500)
})

test('a door that takes what it refused is seen, and the input that shows it is replayed', async () => {
  const sabotaged = { inputs: 100, seed: 1, acceptRefused: true }
  const [failure] = (await fuzz(sabotaged)).failures
  expect(failure?.what).toContain('refusedChangesNothing')
  const replayed = await fuzz({ ...sabotaged, ...failure })
  expect(replayed.failures).toMatchObject([{ what: failure?.what }])
})
