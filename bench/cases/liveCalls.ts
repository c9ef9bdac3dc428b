/** What a live call takes of memory, hot and passivated. */
import { startAlone } from '../contestants/openAlone.ts'
import type { Benchmark, Curve } from '../harness.ts'
import { callIdsOf } from '../traffic.ts'

const SIZES = { short: [1_000, 5_000, 10_000], full: [1_000, 10_000, 100_000] }
/** Calls kept hot where the others are passivated. */
const HOT = 100
/** Where the store's bounded memory of rows is filled alike, so that it is left out. */
const PASSIVATED = { from: 20_000, to: 40_000 }

export const liveCalls: Benchmark = {
  name: 'liveCalls',
  measures:
    'Heap bytes of an established call, garbage collected, with so many in one process, all of them hot; and of one that was passivated.',
  run: async ({ short, progress }) => {
    const sizes = short ? SIZES.short : SIZES.full
    const most = sizes.at(-1) ?? 0
    progress('all hot')
    const hot = await heapCurve(sizes, most + 1, progress)
    progress('all but a few passivated')
    const { from, to } = PASSIVATED
    const passivated = await heapCurve([from, to], HOT, progress)
    const [first = Number.NaN] = hot
    const last = hot.at(-1) ?? Number.NaN
    return {
      figures: [
        { name: 'a hot call', unit: 'B', samples: [last] },
        { name: 'growth to the largest size', unit: '× linear', samples: [last / first] },
        { name: 'a passivated call', unit: 'B', samples: [slope(PASSIVATED, passivated)] },
      ],
      curves: [curve(sizes, hot)],
    }
  },
}

/** Bytes for each further call between two sizes: what is there once, however many calls, is left out. */
function slope(
  { from, to }: { readonly from: number; readonly to: number },
  [atFrom = Number.NaN, atTo = Number.NaN]: readonly number[],
): number {
  return (atTo * to - atFrom * from) / (to - from)
}

/** Heap bytes a call at each size. */
async function heapCurve(
  sizes: readonly number[],
  hotCalls: number,
  progress: (what: string) => void,
): Promise<readonly number[]> {
  await using alone = await startAlone(['--max-old-space-size=4096'])
  // Warmed up by the calls that stay hot in either case, so that code and caches are not counted.
  const callIds = callIdsOf((sizes.at(-1) ?? 0) + HOT)
  await alone.ask('open', { folder: alone.folder, hotCalls, callIds: callIds.slice(0, HOT) })
  const before = await alone.ask('heap', undefined)
  const bytes: number[] = []
  let calls = 0
  for (const size of sizes) {
    progress(`${size} calls`)
    await alone.ask('establish', { callIds: callIds.slice(HOT + calls, HOT + size) })
    calls = size
    bytes.push(((await alone.ask('heap', undefined)) - before) / size)
  }
  return bytes
}

function curve(sizes: readonly number[], bytes: readonly number[]): Curve {
  return {
    name: 'live-calls',
    title: 'Heap of live calls, all hot',
    across: 'live calls',
    up: 'MB',
    points: sizes.map((size, index) => [size, ((bytes[index] ?? 0) * size) / 1e6]),
  }
}
