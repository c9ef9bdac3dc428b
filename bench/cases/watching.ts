/** What it costs that somebody could watch, while nobody does. */
import { startAlone } from '../contestants/openAlone.ts'
import { type Benchmark, quantile } from '../harness.ts'
import { callIdsOf } from '../traffic.ts'

/** How many neighbouring pairs make one sample. */
const PAIRS = 60

export const watching: Benchmark = {
  name: 'watching',
  measures:
    'Throughput lost to a console that is there and that nobody looks at: processor time of the same durable turns with and without it, in one process, in neighbouring pairs.',
  run: async ({ short, progress }) => {
    const pairs = PAIRS * (short ? 3 : 7)
    const [one = [], other = []] = [
      await lost(true, pairs, progress),
      await lost(false, pairs, progress),
    ]
    const samples = one.map((sample, index) => (sample + (other[index] ?? Number.NaN)) / 2)
    return { figures: [{ name: 'throughput lost', unit: '%', samples }] }
  },
}

/** Per cent lost in each `PAIRS` pairs, with one or the other opened first. */
async function lost(
  isOnFirst: boolean,
  pairs: number,
  progress: (what: string) => void,
): Promise<readonly number[]> {
  await using alone = await startAlone()
  progress(`taking turns, the ${isOnFirst ? 'watched' : 'unwatched'} opened first`)
  const question = { folder: alone.folder, callIds: callIdsOf(512), pairs, isOnFirst }
  const { offMs, onMs } = await alone.ask('watching', question)
  const each = offMs.map((off, pair) => (1 - off / (onMs[pair] ?? Number.NaN)) * 100)
  return Array.from({ length: pairs / PAIRS }, (_, index) =>
    quantile(each.slice(index * PAIRS, (index + 1) * PAIRS), 0.5),
  )
}
