/** How many bytes a turn allocates: the same on every machine, so that CI can hold it. */
import { startAlone } from '../contestants/openAlone.ts'
import type { Benchmark } from '../harness.ts'
import { callIdsOf } from '../traffic.ts'

/** A young generation that holds all that is allocated between two looks. */
export const NO_COLLECTION = ['--min-semi-space-size=128', '--max-semi-space-size=128']

export const allocations: Benchmark = {
  name: 'allocations',
  measures:
    'Bytes allocated on the heap for one durable turn, from parsed notification to acknowledgement; machine-independent, so CI holds it too.',
  run: async ({ short, progress }) => {
    const callIds = callIdsOf(1_024)
    progress('starting')
    await using alone = await startAlone(NO_COLLECTION)
    await alone.ask('open', { folder: alone.folder, callIds })
    await alone.ask('allocations', { callIds, turns: 4_096 })
    progress('looking at the heap')
    const samples = await alone.ask('allocations', { callIds, turns: short ? 8_192 : 32_768 })
    return { figures: [{ name: 'a turn', unit: 'B', samples }] }
  },
}
