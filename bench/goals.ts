/** The goals, all of them: docs/PERFORMANCE.md shows this list, `--check` enforces it. */
import type { Figure } from './harness.ts'
import { summaryOf } from './harness.ts'
import type { Measured } from './run.ts'

export type Goal = {
  readonly benchmark: string
  readonly figure: string
} & ({ readonly atLeast: number } | { readonly atMost: number })

export const goals: readonly Goal[] = [
  { benchmark: 'acknowledgements', figure: 'of the bare loop', atLeast: 0.8 },
  { benchmark: 'acknowledgements', figure: 'of a straightforward build', atLeast: 3 },
  { benchmark: 'acknowledgements', figure: 'of @restatedev/xstate', atLeast: 10 },
  { benchmark: 'turns', figure: 'of the bare loop', atLeast: 0.8 },
  { benchmark: 'latency', figure: 'p50 of (2 fsync + 1 ms)', atMost: 1 },
  { benchmark: 'liveCalls', figure: 'a hot call', atMost: 4_096 },
  { benchmark: 'liveCalls', figure: 'growth to the largest size', atMost: 1.2 },
  { benchmark: 'liveCalls', figure: 'a passivated call', atMost: 64 },
  { benchmark: 'roster', figure: 'of JSON.parse', atMost: 1.5 },
  { benchmark: 'roster', figure: 'growth from 1,000 to 3,000', atMost: 1.5 },
  { benchmark: 'startUp', figure: 'ready', atMost: 1_000 },
  { benchmark: 'storeGrowth', figure: 'start of an empty one', atMost: 1.5 },
  { benchmark: 'storeGrowth', figure: 'turns of an empty one', atLeast: 0.9 },
  { benchmark: 'watching', figure: 'throughput lost', atMost: 2 },
  { benchmark: 'allocations', figure: 'a turn', atMost: 25_000 },
]

/** `under`: the median does not reach the goal. */
export type Verdict = 'ok' | 'under' | 'not measured'

export type Judged = Goal & { readonly found: Figure; readonly verdict: Verdict }

/** Judges every goal of the benchmarks that ran. Throws when one of them has no such figure. */
export function judge(measured: readonly Measured[], among: readonly Goal[] = goals) {
  return among.flatMap((goal): readonly Judged[] => {
    const ran = measured.find(({ name }) => name === goal.benchmark)
    if (!ran) return []
    const found = ran.figures.find(({ name }) => name === goal.figure)
    if (!found) throw new Error(`Benchmark ${goal.benchmark} has no figure '${goal.figure}'.`)
    return [{ ...goal, found, verdict: verdictOn(goal, found) }]
  })
}

/** Whether no goal was missed; one that could not be measured is told, and not held against the run. */
export function isReached(judged: readonly Judged[]): boolean {
  return judged.every(({ verdict }) => verdict !== 'under')
}

function verdictOn(goal: Goal, figure: Figure): Verdict {
  if ('notMeasured' in figure) return 'not measured'
  const { median } = summaryOf(figure.samples)
  return ('atLeast' in goal ? median >= goal.atLeast : median <= goal.atMost) ? 'ok' : 'under'
}
