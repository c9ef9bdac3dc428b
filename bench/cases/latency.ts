/** How soon a notification is acknowledged at a thousand a second, against the disk's own fsync. */
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { openContestant } from '../contestants/open.ts'
import { alternate, type Benchmark, quantile } from '../harness.ts'
import { openLoad } from '../load/open.ts'
import { createLogin } from '../login.ts'
import { makePlace } from '../place.ts'
import { callIdsOf } from '../traffic.ts'

const CALLS = 1_024
const CONNECTIONS = 128
const PER_SECOND = 1_000
const PAGE_BYTES = 8_192

export const latency: Benchmark = {
  name: 'latency',
  measures:
    'Time to an acknowledgement at 1,000 notifications a second (open loop: paced, whether or not the ones before were answered), against a write and fsync of one page to the same file system in the same run.',
  run: async (circumstances) => {
    const { short, progress } = circumstances
    const callIds = callIdsOf(CALLS)
    const login = await createLogin()
    progress('starting')
    await using engine = await openContestant({ build: 'engine', callIds, login })
    await using load = openLoad()
    const { url = '' } = engine
    const target = { url, token: login.token, dialect: 'graph' as const, callIds }
    const number = await load.connect(target, CONNECTIONS)
    const durationMs = short ? 1_500 : 4_000
    await load.ask('burst', { load: number, durationMs: 2_000 })
    const p99s: number[] = []
    const measured = await alternate(
      short ? 3 : 5,
      {
        fsync: () => fsyncMs(short ? 100 : 400),
        p50: async () => {
          const took = await load.ask('pace', { load: number, perSecond: PER_SECOND, durationMs })
          p99s.push(quantile([...took], 0.99))
          return quantile([...took], 0.5)
        },
      },
      circumstances,
    )
    const allowed = measured.fsync.map((ms) => 2 * ms + 1)
    return {
      figures: [
        { name: 'p50', unit: 'ms', samples: measured.p50 },
        { name: 'p99', unit: 'ms', samples: p99s },
        { name: 'fsync p50', unit: 'ms', samples: measured.fsync },
        {
          name: 'p50 of (2 fsync + 1 ms)',
          unit: '×',
          samples: measured.p50.map((ms, round) => ms / (allowed[round] ?? Number.NaN)),
        },
      ],
    }
  },
}

/** The median of `count` writes of a page, each with its fsync. */
async function fsyncMs(count: number): Promise<number> {
  const place = await makePlace()
  const file = openSync(join(place.path, 'page'), 'w')
  const took = Array.from({ length: count }, (_, index) => {
    const page = Buffer.alloc(PAGE_BYTES, index)
    const startMs = performance.now()
    writeSync(file, page)
    fsyncSync(file)
    return performance.now() - startMs
  })
  closeSync(file)
  await place.remove()
  return quantile(took, 0.5)
}
