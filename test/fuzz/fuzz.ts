/** Fuzzing: input after input at one bot after the other, until there have been as many as asked for. */
import fc from 'fast-check'
import { anyInput } from './input.ts'
import { judge, type Sabotage } from './judge.ts'

export type FuzzOptions = Sabotage & {
  readonly inputs: number
  readonly seed: number
  /** Where in the seed's inputs one failure lies, as a report named it: only that is tried. */
  readonly path?: string | undefined
  readonly progress?: (soFar: Report) => void
}

export type Failure = {
  readonly seed: number
  readonly path: string
  /** The promise broken and the input that breaks it, after shrinking. */
  readonly what: string
}

export type Report = {
  readonly inputs: number
  readonly violations: number
  /** How many inputs were answered with which status. */
  readonly statuses: Readonly<Record<string, number>>
  readonly failures: readonly Failure[]
}

/** Inputs to one bot; a state that takes more to reach is the simulator's to find. */
const MOST_TO_ONE_BOT = 200
/** Bots to one seed, so that the seed and a short path replay a failure. */
const BOTS = 5
/** Enough to see whether failures are alike. */
const MOST_FAILURES = 3
const SHRINKING_MS = 30_000

const anyInputs = fc.array(anyInput, { minLength: 1, maxLength: MOST_TO_ONE_BOT, size: 'max' })

/** Sends `inputs` or a few more; each seed's failure is shrunk and told. */
export async function fuzz({ path, progress, ...options }: FuzzOptions): Promise<Report> {
  const statuses: Record<string, number> = {}
  const failures: Failure[] = []
  let inputs = 0
  const property = fc.asyncProperty(anyInputs, (each) =>
    judge(each, options, (status) => {
      inputs += 1
      statuses[status] = (statuses[status] ?? 0) + 1
    }),
  )
  const report = () => ({ inputs, violations: failures.length, statuses, failures })
  for (let { seed } = options; ; seed++) {
    const found = await fc.check(property, {
      seed,
      ...(path !== undefined && { path }),
      numRuns: BOTS,
      interruptAfterTimeLimit: SHRINKING_MS,
    })
    if (found.failed && found.counterexamplePath !== null)
      failures.push({
        seed,
        path: found.counterexamplePath,
        what: String(found.errorInstance),
      })
    progress?.(report())
    const isOver = inputs >= options.inputs || failures.length >= MOST_FAILURES
    if (path !== undefined || isOver) return report()
  }
}
