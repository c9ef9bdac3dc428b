/** How many turns a second become durable in process, without HTTP. */
import { delivery, openBench } from './bot.ts'
import { medianOf } from './figures.ts'

const CALLS = 1_024
const ROUNDS = 20

/** Turns per second when `CALLS` calls hear one notification each at the same time, again and again. */
export async function turns(): Promise<number> {
  const bench = await openBench(CALLS)
  const round = (index: number) =>
    bench.bot.engine.intake(
      bench.callIds.map((id) => delivery(id, 'updated', index % 2 === 0 ? 'hold' : 'established')),
    )
  for (let index = 0; index < 4; index++) await round(index)
  const startedMs = performance.now()
  for (let index = 0; index < ROUNDS; index++) await round(index)
  const seconds = (performance.now() - startedMs) / 1_000
  await bench.close()
  return Math.round((CALLS * ROUNDS) / seconds)
}

export async function measureTurns(runs: number): Promise<number> {
  const all: number[] = []
  for (let index = 0; index < runs; index++) all.push(await turns())
  return medianOf(all, (each) => each)
}
