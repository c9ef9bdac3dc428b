/** How long a process with many stored live calls takes until it is ready for traffic. */
import { cp } from 'node:fs/promises'
import { startAlone } from '../contestants/openAlone.ts'
import type { Benchmark } from '../harness.ts'
import { makePlace } from '../place.ts'
import { callIdsOf } from '../traffic.ts'

const CALLS = 10_000

export const startUp: Benchmark = {
  name: 'startUp',
  measures: 'From createBot to ready for traffic, with 10,000 live calls in the database.',
  run: async ({ short, progress }) => {
    progress('storing 10,000 live calls')
    await using first = await startAlone()
    await first.ask('open', { folder: first.folder, callIds: callIdsOf(CALLS) })
    await first.ask('close', undefined)
    const ready: number[] = []
    const takenUp: number[] = []
    for (let round = 1; round <= (short ? 2 : 5); round++) {
      progress(`start ${round}`)
      const started = await startedMs(first.folder)
      ready.push(started.readyMs)
      takenUp.push(started.takenUpMs)
    }
    return {
      figures: [
        { name: 'ready', unit: 'ms', samples: ready },
        { name: 'every call taken up', unit: 'ms', samples: takenUp },
      ],
    }
  },
}

/** How long a process of its own takes on a copy of the database: until it listens, until it has no work. */
export async function startedMs(
  stored: string,
): Promise<{ readonly readyMs: number; readonly takenUpMs: number }> {
  const copy = await makePlace()
  await cp(stored, copy.path, { recursive: true })
  await using alone = await startAlone()
  const readyMs = await alone.ask('open', { folder: copy.path, callIds: [] })
  const fromMs = performance.now()
  await alone.ask('idle', undefined)
  const takenUpMs = readyMs + performance.now() - fromMs
  await alone.ask('close', undefined)
  await copy.remove()
  return { readyMs, takenUpMs }
}
