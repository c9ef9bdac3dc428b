/** Results as text for people and as JSON for programs. */
import type { Judged } from './goals.ts'
import { type Figure, summaryOf } from './harness.ts'
import type { Machine, Measured } from './run.ts'

/** What a run found out. */
export type Report = {
  readonly machine: Machine
  readonly short: boolean
  readonly measured: readonly Measured[]
  readonly judged: readonly Judged[]
}

/** A benchmark's figures, a line each: the median, and between what the samples lay. */
export function textOf({ name, measures, figures, curves = [] }: Measured): string {
  const lines = figures.map((figure) => `  ${figure.name.padEnd(34)} ${figureText(figure)}`)
  const drawn = curves.map(
    ({ title, points }) =>
      `  ${title}: ${points.map(([size, value]) => `${size} → ${rounded(value)}`).join(', ')}`,
  )
  return [`${name}`, `  ${measures}`, ...lines, ...drawn, ''].join('\n')
}

/** The goals, a line each. */
export function goalsText(judged: readonly Judged[]): string {
  return judged
    .map((goal) =>
      [
        goal.verdict.padEnd(12),
        `${goal.benchmark}: ${goal.figure}`.padEnd(52),
        boundOf(goal).padEnd(12),
        figureText(goal.found),
      ].join(' '),
    )
    .join('\n')
}

export function boundOf(goal: Judged): string {
  return 'atLeast' in goal
    ? `≥ ${goal.atLeast} ${goal.found.unit}`
    : `≤ ${goal.atMost} ${goal.found.unit}`
}

/** The median with its spread, or why there is none. */
export function figureText(figure: Figure): string {
  if ('notMeasured' in figure) return `not measured: ${figure.notMeasured}`
  const { median, least, most } = summaryOf(figure.samples)
  const spread = figure.samples.length > 1 ? ` (${rounded(least)}–${rounded(most)})` : ''
  return `${rounded(median)} ${figure.unit}${spread}`
}

/** Three digits that say something, thousands apart. */
export function rounded(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2
  return value.toLocaleString('en', { maximumFractionDigits: digits })
}

/** The report with every figure's median and spread beside its samples. */
export function jsonOf({ machine, short, measured, judged }: Report): string {
  const benchmarks = measured.map(({ figures, ...rest }) => ({
    ...rest,
    figures: figures.map((figure) =>
      'samples' in figure ? { ...figure, ...summaryOf(figure.samples) } : figure,
    ),
  }))
  const goals = judged.map(({ found, ...goal }) => ({
    ...goal,
    unit: found.unit,
    ...('samples' in found && { median: summaryOf(found.samples).median }),
  }))
  return JSON.stringify({ machine, short, benchmarks, goals }, null, 2)
}
