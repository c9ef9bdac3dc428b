/**
 * How fast the SQLite store commits: snapshots of 2 KB and journal rows of 1.5 KB, all changing, over
 * 5,000 calls, on this machine's disk. Prints the median of several runs.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { type CallCommit, openSqliteStore } from '../snapshots/index.ts'

const CALLS = 5_000
const RUN_MS = 1_500
const RUNS = 5
/** As the engine does it: a snapshot with every turn, or with every 16th. */
const snapshotEvery = [1, 16]
const batchSizes = [1, 10, 100]

type Figures = { readonly commits: number; readonly turns: number; readonly p99Ms: number }

for (const every of snapshotEvery) {
  console.log(`snapshot with every ${every === 1 ? 'turn' : `${every}th turn`}`)
  for (const batchSize of batchSizes) {
    const runs: Figures[] = []
    for (let run = 0; run < RUNS; run++) runs.push(await measure(batchSize, every))
    const median = runs.toSorted((a, b) => a.turns - b.turns)[RUNS >> 1]
    if (median === undefined) continue
    const rows = median.turns * (1 + 1 / every)
    console.log(
      `  batch ${String(batchSize).padStart(3)}: ${round(median.commits)} commits/s, ` +
        `${round(median.turns)} turns/s, ${round(rows)} rows/s, p99 ${median.p99Ms.toFixed(1)} ms a commit`,
    )
  }
}

async function measure(batchSize: number, every: number): Promise<Figures> {
  // Beside the repository, because a system's temporary folder may be held in memory.
  const folder = mkdtempSync(join(import.meta.dirname, 'store-'))
  const store = openSqliteStore(join(folder, 'calls.db'))
  const sequences = new Uint32Array(CALLS)
  for (let call = 0; call < CALLS; call += 100) {
    await store.commit(range(100).map((offset) => turn(call + offset, sequences, 1)))
  }
  const tookMs: number[] = []
  const startMs = performance.now()
  while (performance.now() - startMs < RUN_MS) {
    const batch = range(batchSize).map(() => turn((Math.random() * CALLS) | 0, sequences, every))
    const commitMs = performance.now()
    await store.commit(batch)
    tookMs.push(performance.now() - commitMs)
  }
  const seconds = (performance.now() - startMs) / 1000
  await store.close()
  rmSync(folder, { recursive: true })
  tookMs.sort((a, b) => a - b)
  return {
    commits: tookMs.length / seconds,
    turns: (tookMs.length * batchSize) / seconds,
    p99Ms: tookMs[(tookMs.length * 0.99) | 0] ?? 0,
  }
}

function turn(call: number, sequences: Uint32Array, every: number): CallCommit {
  const afterSequence = sequences[call] ?? 0
  const sequence = afterSequence + 1
  sequences[call] = sequence
  const snapshot = {
    sequence,
    chartVersion: '1',
    actors: [{ actor: 'call', snapshot: filler(2_000, sequence) }],
  }
  return {
    key: `call-${call}`,
    afterSequence,
    status: 'live',
    chartId: 'front-desk',
    journal: [{ sequence, atMs: sequence, chartVersion: '1', event: filler(1_500, sequence) }],
    snapshot: (sequence + call) % every === 0 || afterSequence === 0 ? snapshot : undefined,
    effects: [],
    effectChanges: [],
    timers: [],
    timersRemoved: [],
    quarantined: [],
  }
}

/** Text of a length that differs every time: a row written again unchanged costs nothing. */
function filler(length: number, seed: number): string {
  return `${seed}-${Math.random()}`.padEnd(length, 'x')
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index)
}

function round(value: number): string {
  return Math.round(value).toLocaleString('en')
}
