/** Runs benchmarks one after the other, and says on what machine. */
import { cpus, totalmem } from 'node:os'
import type { Benchmark, Circumstances, Result } from './harness.ts'

export type Measured = Pick<Benchmark, 'name' | 'measures'> & Result

export type Machine = {
  readonly cpu: string
  readonly cores: number
  readonly memoryGiB: number
  readonly node: string
  readonly platform: string
}

export function thisMachine(): Machine {
  const cores = cpus()
  return {
    cpu: cores[0]?.model.trim() ?? 'unknown',
    cores: cores.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
  }
}

/** Runs each; whatever one throws ends the run, naming it. */
export async function runAll(
  benchmarks: readonly Benchmark[],
  { short, progress }: Circumstances,
): Promise<readonly Measured[]> {
  const measured: Measured[] = []
  for (const { name, measures, run } of benchmarks) {
    try {
      const told = (what: string) => progress(`${name}: ${what}`)
      measured.push({ name, measures, ...(await run({ short, progress: told })) })
    } catch (cause) {
      throw new Error(`Benchmark ${name} failed.`, { cause })
    }
  }
  return measured
}
