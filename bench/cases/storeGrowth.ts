/** How the database grows, and whether many ended calls slow anything down. */
import { startAlone } from '../contestants/openAlone.ts'
import { alternate, type Benchmark, type Circumstances, ratios } from '../harness.ts'
import { callIdsOf } from '../traffic.ts'
import { startedMs } from './startUp.ts'

const CALLS = 1_000
/** Notifications of a short life and of a long one: rings, connects, ends, and moves between. */
const MOVES = { few: 4, many: 20 }
const ENDS = 3
const DOUBLINGS = { short: 4, full: 10 }

export const storeGrowth: Benchmark = {
  name: 'storeGrowth',
  measures:
    'Bytes on disk of an ended call and of each of its notifications; and how a database of 1,024,000 ended calls (16,000 with --short) starts and takes turns, against an empty one.',
  run: async (circumstances) => {
    const { short, progress } = circumstances
    progress('short lives and long ones')
    const empty = await bytesStored(0, 0)
    const few = await bytesStored(CALLS, MOVES.few)
    const many = await bytesStored(CALLS, MOVES.many)
    const figures = [
      {
        name: 'the same call, packed',
        unit: 'B',
        samples: [await bytesPacked(CALLS, MOVES.few)],
      },
      {
        name: `an ended call of ${MOVES.few + ENDS} notifications`,
        unit: 'B',
        samples: [(few - empty) / CALLS],
      },
      {
        name: 'each further notification of it',
        unit: 'B',
        samples: [(many - few) / CALLS / (MOVES.many - MOVES.few)],
      },
    ]
    return { figures: [...figures, ...(await beside(circumstances, short))] }
  },
}

async function beside(circumstances: Circumstances, short: boolean) {
  const { progress } = circumstances
  progress('making the ended calls')
  await using full = await startAlone()
  await using empty = await startAlone()
  await live(full, CALLS, MOVES.few)
  await full.ask('packed', { folder: full.folder })
  const times = short ? DOUBLINGS.short : DOUBLINGS.full
  const count = await full.ask('doubled', { folder: full.folder, times })
  await live(empty, 0, 0)
  const starts = await alternate(
    short ? 2 : 3,
    {
      full: async () => (await startedMs(full.folder)).readyMs,
      empty: async () => (await startedMs(empty.folder)).readyMs,
    },
    circumstances,
  )
  const callIds = callIdsOf(512)
  for (const { ask, folder } of [full, empty]) await ask('open', { folder, callIds })
  const durationMs = short ? 1_000 : 2_000
  const turns = await alternate(
    short ? 3 : 5,
    {
      full: () => full.ask('turns', { callIds, durationMs }),
      empty: () => empty.ask('turns', { callIds, durationMs }),
    },
    circumstances,
  )
  for (const { ask } of [full, empty]) await ask('close', undefined)
  return [
    { name: 'ended calls', unit: '', samples: [count] },
    { name: 'ready beside them', unit: 'ms', samples: starts.full },
    { name: 'ready, empty', unit: 'ms', samples: starts.empty },
    { name: 'start of an empty one', unit: '×', samples: ratios(starts.full, starts.empty) },
    { name: 'turns of an empty one', unit: '×', samples: ratios(turns.full, turns.empty) },
  ]
}

type Alone = Awaited<ReturnType<typeof startAlone>>

async function live({ ask, folder }: Alone, calls: number, moves: number): Promise<void> {
  await ask('open', { folder, callIds: [] })
  if (calls > 0) await ask('ended', { calls, moves })
  await ask('close', undefined)
}

async function bytesStored(calls: number, moves: number): Promise<number> {
  await using alone = await startAlone()
  await live(alone, calls, moves)
  return await alone.ask('stored', { folder: alone.folder })
}

/** Bytes of a packed call, taken of many more of them: the first fill the pages that packing freed. */
async function bytesPacked(calls: number, moves: number): Promise<number> {
  await using alone = await startAlone()
  await live(alone, calls, moves)
  await alone.ask('packed', { folder: alone.folder })
  const before = await alone.ask('stored', { folder: alone.folder })
  const count = await alone.ask('doubled', { folder: alone.folder, times: 5 })
  const after = await alone.ask('stored', { folder: alone.folder })
  return (after - before) / (count - calls)
}
