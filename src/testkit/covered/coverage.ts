/** Coverage: which states and transitions of a chart a run of tests has seen. */
import type { AnyStateMachine } from 'xstate'
import { coverageOf } from '../../admin/coverage.ts'
import { loadChart } from '../../engine/chart.ts'
import { Visits } from '../../engine/visits.ts'
import { CallchartError } from '../../errors.ts'
import type { EngineRecord } from '../../telemetry/index.ts'
import { readSeen, writeSeen } from './files.ts'
import { type Covered, coveredBy, reportOf } from './report.ts'
import { type Seen, seenTogether } from './seen.ts'

/** The share of the author's own states and transitions that must have been seen. */
export type Threshold = {
  readonly statesPercent?: number
  readonly transitionsPercent?: number
}

/** What tests see of one chart: given to each of their worlds, asked when they are done. */
export class Coverage {
  readonly #chart: AnyStateMachine
  readonly #folder: string | undefined
  readonly #visits = new Visits()
  #saved = 0
  #file: string | undefined

  constructor(chart: AnyStateMachine, folder: string | undefined) {
    this.#chart = chart
    this.#folder = folder
  }

  /** Takes note of what the engine tells of itself. */
  hear(record: EngineRecord): void {
    if (record.kind !== 'turned') return
    const { chart: id, version, sequence, taken } = record
    this.#visits.note({ id, version }, { group: { sequence }, taken })
  }

  /** The counts, as `coverage.json` holds them. */
  toJSON(): Seen {
    const { machine } = loadChart(this.#chart)
    return { ...nothingOf(this.#chart), ...coverageOf(machine, this.#visits) }
  }

  /** How much of the chart was seen, and what was not. */
  get covered(): Covered {
    return coveredBy(this.#chart, this.toJSON())
  }

  /** What was never seen, in words: the scenario first, regions that every call has in a line. */
  report(): string {
    return reportOf(this.covered)
  }

  /** Throws `coverage.tooLow`, with the report, when less was seen. */
  require(threshold: Threshold): void {
    requireOf(this.covered, threshold)
  }

  /** Writes the counts to the folder, if there is one and anything new was seen. */
  save(): void {
    if (this.#folder === undefined) return
    const seen = this.toJSON()
    const kinds = Object.keys({ ...seen.states, ...seen.transitions }).length
    if (kinds === this.#saved) return
    this.#saved = kinds
    this.#file = writeSeen(this.#folder, seen, this.#file)
  }
}

/**
 * Collects what tests see of a chart. With `folder`, each process also writes it there, for
 * `callchart coverage` to put together what many test files saw.
 *
 * @example
 * const seen = coverage(frontDesk)
 * afterAll(() => seen.require({ statesPercent: 100, transitionsPercent: 90 }))
 * // in each test: await using world = await emulate(frontDesk, { coverage: seen })
 */
export function coverage(
  chart: AnyStateMachine,
  { folder }: { readonly folder?: string } = {},
): Coverage {
  return new Coverage(chart, folder)
}

/** What all processes that wrote to a folder have seen of a chart. */
export function coverageIn(folder: string, chart: AnyStateMachine): Seen {
  return seenTogether(nothingOf(chart), readSeen(folder))
}

/** Throws `coverage.tooLow`, with the report, when less than that was seen. */
export function requireOf(covered: Covered, threshold: Threshold): void {
  const { statesPercent = 0, transitionsPercent = 0 } = threshold
  const { states, transitions } = covered
  if (states.percent >= statesPercent && transitions.percent >= transitionsPercent) return
  throw new CallchartError({
    code: 'coverage.tooLow',
    what: `The tests saw less than ${statesPercent} % of the states or ${transitionsPercent} % of the transitions.\n${reportOf(covered)}`,
    fix: 'Add a test that goes there, or take out what nobody reaches.',
  })
}

function nothingOf({ id, version = '' }: AnyStateMachine): Seen {
  return { chart: id, version, calls: 0, states: {}, transitions: {} }
}
