/** Every benchmark, in the order in which they run. */
import type { Benchmark } from '../harness.ts'
import { acknowledgements } from './acknowledgements.ts'
import { allocations } from './allocations.ts'
import { latency } from './latency.ts'
import { liveCalls } from './liveCalls.ts'
import { observing } from './observing.ts'
import { path } from './path.ts'
import { roster } from './roster.ts'
import { startUp } from './startUp.ts'
import { storeGrowth } from './storeGrowth.ts'
import { turns } from './turns.ts'
import { watching } from './watching.ts'

export const benchmarks: readonly Benchmark[] = [
  acknowledgements,
  turns,
  latency,
  path,
  liveCalls,
  roster,
  startUp,
  storeGrowth,
  watching,
  observing,
  allocations,
]
