/** How many notifications a second are acknowledged over real HTTP with signed tokens, and how soon. */
import { Worker } from 'node:worker_threads'
import { openBench } from './bot.ts'
import { medianOf, quantile } from './figures.ts'

const CALLS = 1_024
const DURATION_MS = 5_000

export type Acknowledged = { perSecond: number; p50Ms: number; p99Ms: number; connections: number }

/** One run of `connections` connections that wait for each acknowledgement before they send again. */
export async function acknowledgements(connections: number): Promise<Acknowledged> {
  const bench = await openBench(CALLS)
  const run = (durationMs: number) => load({ ...bench, connections, durationMs })
  await run(1_000)
  const startedMs = performance.now()
  const latenciesMs = await run(DURATION_MS)
  const seconds = (performance.now() - startedMs) / 1_000
  await bench.close()
  return {
    connections,
    perSecond: Math.round(latenciesMs.length / seconds),
    p50Ms: quantile(latenciesMs, 0.5),
    p99Ms: quantile(latenciesMs, 0.99),
  }
}

function load(options: {
  url: string
  token: string
  callIds: readonly string[]
  connections: number
  durationMs: number
}) {
  const { url, token, callIds, connections, durationMs } = options
  const worker = new Worker(new URL('./load.ts', import.meta.url), {
    workerData: { url, token, callIds, connections, durationMs },
  })
  return new Promise<number[]>((resolve, reject) => {
    worker.once('message', resolve).once('error', reject)
  })
}

/** The median of several runs, by throughput. */
export async function measureAcknowledgements(
  connections: number,
  runs: number,
): Promise<Acknowledged> {
  const all: Acknowledged[] = []
  for (let index = 0; index < runs; index++) all.push(await acknowledgements(connections))
  return medianOf(all, ({ perSecond }) => perSecond)
}
