/** A campaign: many runs, counted, and the first failure of each kind shrunk. */
import { createHash } from 'node:crypto'
import type { AnyStateMachine } from 'xstate'
import type { BotCharts } from '../../engine/charts.ts'
import type { FaultKind } from './faults.ts'
import type { Violation } from './judge/judge.ts'
import { type Outcome, type RunOptions, run } from './run.ts'
import { keeping, shrink } from './shrink.ts'
import { anyFaults, type FaultDials, type Traffic, trafficOf } from './traffic.ts'

export type CampaignOptions = RunOptions & {
  /** Seed of the first run; each further one takes the next. */
  readonly seed: number
  readonly runs: number
  /** Numbers of the deeds and faults to keep, as a shrunk failure names them. */
  readonly keep?: readonly number[] | undefined
  /** How often kinds of fault may strike at most; other dials give a seed another meaning. */
  readonly dials?: FaultDials | undefined
  /** Told after each run. */
  readonly progress?: (report: Report) => void
}

/** One run that broke a promise. */
export type Failure = {
  readonly seed: number
  readonly violations: readonly Violation[]
  /** What is left of its traffic; absent where an earlier failure broke the same promises. */
  readonly shrunk?: { readonly keep: readonly number[]; readonly traffic: Traffic } | undefined
}

/** What a campaign came to. */
export type Report = {
  readonly runs: number
  readonly violations: number
  readonly failures: readonly Failure[]
  readonly faults: ReadonlyMap<FaultKind, number>
  readonly calls: number
  readonly requests: number
  readonly notifications: number
  readonly commits: number
  readonly simulatedHours: number
  /** Of the digests of all runs, in order. */
  readonly hash: string
}

const nothing: Report = {
  runs: 0,
  violations: 0,
  failures: [],
  faults: new Map(),
  calls: 0,
  requests: 0,
  notifications: 0,
  commits: 0,
  simulatedHours: 0,
  hash: '',
}

/** Runs the seeds one after the other. */
export async function simulate(
  bot: AnyStateMachine | BotCharts,
  options: CampaignOptions,
): Promise<Report> {
  let report = nothing
  const faults = anyFaults(options.dials)
  for (let index = 0; index < options.runs; index++) {
    const traffic = kept(trafficOf(options.seed + index, { faults }), options.keep)
    const outcome = await run(bot, traffic, options)
    const failures = await failuresOf(bot, traffic, outcome, report, options)
    report = withOutcome(report, outcome, failures)
    options.progress?.(report)
  }
  return report
}

function kept(traffic: Traffic, keep: readonly number[] | undefined): Traffic {
  return keep ? keeping(traffic, keep) : traffic
}

async function failuresOf(
  bot: AnyStateMachine | BotCharts,
  traffic: Traffic,
  { violations }: Outcome,
  { failures }: Report,
  options: CampaignOptions,
): Promise<readonly Failure[]> {
  if (violations.length === 0) return []
  const { seed } = traffic
  const broken = namesOf(violations)
  const isKnown = failures.some((each) => holds(namesOf(each.violations), broken))
  if (isKnown || options.keep) return [{ seed, violations }]
  const failing = async (fewer: Traffic) =>
    holds(namesOf((await run(bot, fewer, options)).violations), broken)
  const keep = await shrink(traffic, failing)
  return [{ seed, violations, shrunk: { keep, traffic: keeping(traffic, keep) } }]
}

function holds(all: ReadonlySet<string>, some: ReadonlySet<string>): boolean {
  return [...some].every((name) => all.has(name))
}

function namesOf(violations: readonly Violation[]): ReadonlySet<string> {
  return new Set(violations.map(({ invariant }) => invariant))
}

function withOutcome(report: Report, outcome: Outcome, failures: readonly Failure[]): Report {
  return {
    runs: report.runs + 1,
    violations: report.violations + outcome.violations.length,
    failures: [...report.failures, ...failures],
    faults: sum(report.faults, outcome.struck),
    calls: report.calls + outcome.calls,
    requests: report.requests + outcome.requests,
    notifications: report.notifications + outcome.notifications,
    commits: report.commits + outcome.commits,
    simulatedHours: report.simulatedHours + outcome.simulatedMs / 3_600_000,
    hash: createHash('sha256').update(report.hash).update(outcome.digest).digest('hex'),
  }
}

function sum(
  some: ReadonlyMap<FaultKind, number>,
  more: ReadonlyMap<FaultKind, number>,
): ReadonlyMap<FaultKind, number> {
  const total = new Map(some)
  for (const [kind, times] of more) total.set(kind, (total.get(kind) ?? 0) + times)
  return total
}
