/**
 * The harness: what a benchmark is, and how alternatives are measured. Libraries for microbenchmarks time
 * one function for as long as they like; here whole processes take turns, A B A B, so that what slows the
 * machine for a while slows all of them, and ratios are taken between neighbours.
 */

/** What a benchmark is run with. */
export type Circumstances = {
  /** About a minute for all benchmarks, instead of minutes. */
  readonly short: boolean
  /** Tells whoever waits what is being done. */
  readonly progress: (what: string) => void
}

export type Benchmark = {
  readonly name: string
  /** One sentence: what is measured, and against what. */
  readonly measures: string
  readonly run: (circumstances: Circumstances) => Promise<Result>
}

/** A figure: several samples, or the reason why there are none. */
export type Figure = {
  readonly name: string
  readonly unit: string
} & ({ readonly samples: readonly number[] } | { readonly notMeasured: string })

/** One figure at several sizes. */
export type Curve = {
  readonly name: string
  readonly title: string
  readonly across: string
  readonly up: string
  readonly points: readonly (readonly [size: number, value: number])[]
}

export type Result = { readonly figures: readonly Figure[]; readonly curves?: readonly Curve[] }

/** A figure's middle and its spread: the smallest and largest sample. */
export type Summary = { readonly median: number; readonly least: number; readonly most: number }

export function summaryOf(samples: readonly number[]): Summary {
  return { median: quantile(samples, 0.5), least: quantile(samples, 0), most: quantile(samples, 1) }
}

/** The sample below which the share `q` of all samples lies. */
export function quantile(samples: readonly number[], q: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  const found = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))]
  if (found === undefined) throw new Error('A figure needs at least one sample.')
  return found
}

/** Measures every alternative once a round, in the same order each round. */
export async function alternate<Name extends string>(
  rounds: number,
  alternatives: Readonly<Record<Name, () => number | Promise<number>>>,
  { progress }: Pick<Circumstances, 'progress'>,
): Promise<Record<Name, readonly number[]>> {
  const names = Object.keys(alternatives) as Name[]
  const samples = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<
    Name,
    number[]
  >
  for (let round = 1; round <= rounds; round++) {
    for (const name of names) {
      progress(`round ${round} of ${rounds}: ${name}`)
      samples[name].push(await alternatives[name]())
    }
  }
  return samples
}

/** What one alternative is to another: a ratio a round. */
export function ratios(of: readonly number[], to: readonly number[]): readonly number[] {
  return of.map((value, round) => value / (to[round] ?? Number.NaN))
}
