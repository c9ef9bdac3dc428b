/** Figures from samples. */

/** The sample below which the share `q` of all samples lies. */
export function quantile(samples: readonly number[], q: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  const found = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0
  return Math.round(found * 100) / 100
}

/** The run in the middle, by its figure. */
export function medianOf<Run>(runs: readonly Run[], figure: (run: Run) => number): Run {
  const sorted = [...runs].sort((a, b) => figure(a) - figure(b))
  const middle = sorted[Math.floor(sorted.length / 2)]
  if (middle === undefined) throw new Error('There was no run.')
  return middle
}
