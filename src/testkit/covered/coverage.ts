/** Coverage: which states and transitions of a chart a run of tests has seen. */
import type { AnyStateMachine } from 'xstate'
import { transitionId } from '../../../snapshots/index.ts'
import { CallchartError } from '../../errors.ts'
import type { EngineRecord } from '../../telemetry/index.ts'
import { readSeen, writeSeen } from './files.ts'
import { type Covered, coveredBy, reportOf } from './report.ts'
import { type Seen, seenTogether, sorted } from './seen.ts'

/** The share of the author's own states and transitions that must have been seen. */
export type Threshold = {
  readonly statesPercent?: number
  readonly transitionsPercent?: number
}

type Turned = Extract<EngineRecord, { readonly kind: 'turned' }>

/** What tests see of one chart: given to each of their worlds, asked when they are done. */
export class Coverage {
  readonly #chart: AnyStateMachine
  readonly #folder: string | undefined
  readonly #states = new Map<string, number>()
  readonly #transitions = new Map<string, number>()
  /** Where each call stands. */
  readonly #standing = new Map<string, ReadonlySet<string>>()
  #calls = 0
  #kinds = 0
  #file: string | undefined

  constructor(chart: AnyStateMachine, folder: string | undefined) {
    this.#chart = chart
    this.#folder = folder
  }

  /** Takes note of a turn of this chart. */
  hear(record: EngineRecord): void {
    if (record.kind !== 'turned' || !this.#isOf(record)) return
    if (record.sequence === 1) this.#calls += 1
    const before = record.sequence === 1 ? undefined : this.#standing.get(record.key)
    const standing = new Set(record.states.flatMap(withAround))
    for (const path of new Set([...standing, ...wentThrough(record)])) {
      if (!before?.has(path)) count(this.#states, path)
    }
    this.#standing.set(record.key, standing)
    for (const definition of record.taken) {
      const id = transitionId(definition)
      if (id !== undefined) count(this.#transitions, id)
    }
  }

  #isOf({ chart, version }: Turned): boolean {
    return chart === this.#chart.id && version === this.#chart.version
  }

  /** The counts, as `coverage.json` holds them. */
  toJSON(): Seen {
    return {
      ...nothingOf(this.#chart),
      calls: this.#calls,
      states: sorted(this.#states),
      transitions: sorted(this.#transitions),
    }
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
    const kinds = this.#states.size + this.#transitions.size
    if (this.#folder === undefined || kinds === this.#kinds) return
    this.#kinds = kinds
    this.#file = writeSeen(this.#folder, this.toJSON(), this.#file)
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

/** The states that a turn's transitions led to, also those it left again, each with the states around it. */
function wentThrough({ taken }: Turned): readonly string[] {
  return taken.flatMap(({ target = [] }) =>
    target.flatMap(({ path }) => withAround(path.join('.'))),
  )
}

function withAround(path: string): readonly string[] {
  const names = path.split('.')
  return names.map((_, index) => names.slice(0, index + 1).join('.'))
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}
