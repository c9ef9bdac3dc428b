/** What is on the heap, and what is put there by a turn. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { delivery } from '../traffic.ts'
import { AT_ONCE, type Contestant } from './contestant.ts'

setFlagsFromString('--expose-gc')
const collect: unknown = runInNewContext('gc')

/** Bytes in use once all garbage has gone. */
export async function heapAfterCollection(): Promise<number> {
  if (typeof collect !== 'function') throw new Error('This Node cannot be told to collect garbage.')
  // Twice, with a turn of the event loop between: what only finalizers held goes the second time.
  for (let round = 0; round < 3; round++) {
    collect()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return process.memoryUsage().heapUsed
}

/** Turns between two looks at the heap: far less garbage than the young generation holds. */
const BETWEEN = 1_024

/**
 * Bytes allocated a turn, the same on every machine of one Node version. Needs a young generation that holds
 * what is looked at (`--min-semi-space-size=64`): a collection in between is noticed, and that look dropped.
 */
export async function allocatedPerTurn(
  { take }: Pick<Contestant, 'take'>,
  callIds: readonly string[],
  turns: number,
): Promise<readonly number[]> {
  const samples: number[] = []
  for (let round = 0; samples.length < turns / BETWEEN; round++) {
    const state = round % 2 === 0 ? 'hold' : 'established'
    const told = callIds.slice(0, BETWEEN).map((id) => delivery(id, 'updated', state))
    await heapAfterCollection()
    const before = process.memoryUsage().heapUsed
    for (let from = 0; from < told.length; from += AT_ONCE) {
      await Promise.all(told.slice(from, from + AT_ONCE).map(take))
    }
    const grown = process.memoryUsage().heapUsed - before
    if (grown > 0) samples.push(grown / told.length)
  }
  return samples
}
