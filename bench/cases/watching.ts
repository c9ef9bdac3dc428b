/** What it costs that somebody could watch, while nobody does. */
import { startAlone } from '../contestants/openAlone.ts'
import { type Benchmark, quantile } from '../harness.ts'
import { callIdsOf } from '../traffic.ts'

/** How many neighbouring pairs make one sample. */
const PAIRS = 20

export const watching: Benchmark = {
  name: 'watching',
  measures:
    'Throughput lost to a console that is there and that nobody looks at: processor time of the same durable turns with and without it, in one process, in neighbouring pairs.',
  run: async ({ short, progress }) => {
    await using alone = await startAlone()
    progress('taking turns, watched and unwatched')
    const pairs = PAIRS * (short ? 3 : 7)
    const question = { folder: alone.folder, callIds: callIdsOf(512), pairs }
    const { offMs, onMs } = await alone.ask('watching', question)
    const lost = offMs.map((off, pair) => (1 - off / (onMs[pair] ?? Number.NaN)) * 100)
    const samples = Array.from({ length: pairs / PAIRS }, (_, index) =>
      quantile(lost.slice(index * PAIRS, (index + 1) * PAIRS), 0.5),
    )
    return { figures: [{ name: 'throughput lost', unit: '%', samples }] }
  },
}
