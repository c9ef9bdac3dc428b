/** More notifications than can be taken: the excess is told to come again, and nothing taken is lost. */
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { openBench } from '../../bench/bot.ts'
import type { Flood, Flooded } from './flood.ts'

const CALLS = 2_000
const LIMIT = 64

/** What so many live calls may take on the heap, garbage and all. */
const MOST_GROWTH_BYTES = 128 * 1024 * 1024

test('a flood is answered 503 with Retry-After beyond the limit; all that is taken is kept', {
  timeout: 90_000,
}, async () => {
  const { bot, url, token, close } = await openBench(0, { intakeLimit: LIMIT })
  const before = process.memoryUsage().heapUsed
  const flooded = await flood({ url, token, calls: CALLS, connections: 256 })
  expect(flooded.taken).toBe(CALLS)
  expect(flooded.refused).toBeGreaterThan(0)
  expect(flooded.without).toBe(0)
  expect(bot.engine.mailboxes).toBe(CALLS)
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(MOST_GROWTH_BYTES)
  const calm = await flood({ url, token, calls: 1, connections: 1 })
  expect(calm).toEqual({ taken: 1, refused: 0, without: 0 })
  await close()
})

function flood(workerData: Flood): Promise<Flooded> {
  const worker = new Worker(new URL('./flood.ts', import.meta.url), {
    workerData,
    execArgv: ['--conditions=callchart-source'],
  })
  return new Promise((resolve, reject) => {
    worker.once('message', resolve).once('error', reject)
  })
}
