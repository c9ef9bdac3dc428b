/** `callchart simulate`: a bot's whole world in one process, seed after seed, with everything going wrong. */
import { performance } from 'node:perf_hooks'
import { Command, Option } from 'commander'
import { CallchartError } from '../errors.ts'
import {
  type Failure,
  type FaultDials,
  isSabotage,
  type Report,
  sabotages,
  simulate,
  type Traffic,
  testOfRun,
} from '../testkit/simulation/index.ts'
import { dialList, withDial, writtenDials } from './dials.ts'
import { type LoadedBot, type LoadOptions, loadBot } from './loadBot.ts'
import { whole } from './numbers.ts'
import { column, print, span } from './terminal/line.ts'

type SimulateOptions = LoadOptions & {
  readonly seed: number
  readonly runs: number
  readonly keep?: readonly number[]
  readonly dial?: FaultDials
  readonly sabotage?: string
  readonly json?: true
}

const HELP = `
One seed decides a run: calls of every kind, people who do anything at any
moment, notifications and requests that are lost, late or repeated, a process
that dies between any two steps, a full disk, a clock that jumps. The judge
then checks every promise. A failure is shrunk to the little it needs, and the
command that replays it is printed. Exit code 1 when a promise was broken.

The last line is JSON: runs, the violations found and the seeds that failed, how
often each fault struck, how much happened, and how fast. Its "hash" is made of
everything that Graph, the network and the disk saw, in order, in all runs: the
same seeds and dials give the same hash on any machine. Where they do not, the
bot or the engine depends on something other than the seed, and a replay of what
was found cannot be trusted.

Faults and their dials (in half of the runs a kind does not strike at all):
${dialList()}

Examples:
  $ callchart simulate ./bot.ts --runs 1000
  $ callchart simulate ./bot.ts --seed 7 --keep 0,3,12
  $ callchart simulate ./bot.ts --dial crash=9 --dial diskFull=0
  $ callchart simulate ./bot.ts --sabotage skipTheFsync`

/** Violations of one run that are shown. */
const SHOWN = 8

/** How often progress is told. */
const PROGRESS_MS = 5_000

export function simulateCommand(): Command {
  return new Command('simulate')
    .description('Play a bot in thousands of simulated worlds in which everything goes wrong.')
    .argument('<bot>', 'module that exports the chart, .ts or .js')
    .option('--chart <name>', 'which export is the chart; default: default, or the only one')
    .option('--prompts <folder>', 'WAV files the chart names; default: prompts/ beside the bot')
    .option('--seed <number>', 'seed of the first run', whole(0), 1)
    .option('--runs <count>', 'how many runs, each with the next seed', whole(1), 100)
    .option('--keep <numbers>', 'play only these deeds and faults of the seed', numbers)
    .option(
      '--dial <kind=n>',
      'how often a kind of fault may strike at most, 0 for never; repeatable',
      withDial,
    )
    .addOption(
      new Option('--sabotage <name>', 'break a promise on purpose: the judge must see it').choices(
        Object.keys(sabotages),
      ),
    )
    .option('--json', 'print nothing but the last line')
    .addHelpText('after', HELP)
    .action(runSimulation)
}

async function runSimulation(path: string, options: SimulateOptions): Promise<void> {
  const { seed, keep, dial: dials, json } = options
  const { bot, charts, promptsFolder } = await loadBot(path, options)
  const startMs = performance.now()
  let toldMs = startMs
  const report = await simulate(bot, {
    seed,
    keep,
    dials,
    runs: keep ? 1 : options.runs,
    ...(promptsFolder !== undefined && { promptsFolder }),
    ...(options.sabotage !== undefined && { sabotage: sabotageNamed(options.sabotage) }),
    progress: (soFar) => {
      if (json || performance.now() - toldMs < PROGRESS_MS) return
      toldMs = performance.now()
      print(span(`${soFar.runs} runs, ${soFar.violations} violations`, 'dim'))
    },
  })
  if (!json) {
    for (const failure of report.failures) {
      printFailure(failure, path, options)
      // Sabotage is nothing a bot's own test can do, and a test is of one chart.
      if (failure.shrunk && charts.length === 1 && options.sabotage === undefined)
        printTest(failure.shrunk.traffic, charts, promptsFolder)
    }
  }
  if (!json) printVerdict(report)
  console.log(JSON.stringify(summary(report, (performance.now() - startMs) / 1_000)))
  if (report.violations > 0) process.exitCode = 1
}

/** What the last line says, for a person. */
function printVerdict({ runs, calls, simulatedHours, violations }: Report): void {
  const seen = `${calls} calls in ${Math.round(simulatedHours)} simulated hours (${runs === 1 ? '1 run' : `${runs} runs`})`
  print()
  if (violations === 0) print(span(`${seen}: every promise was kept.`, 'green'))
  else print(span(`${seen}: promises were broken, ${violations} in all.`, 'red'))
}

function printFailure(failure: Failure, path: string, options: SimulateOptions): void {
  const { seed, violations, shrunk } = failure
  print()
  print(
    span(
      `seed ${seed}: ${violations.length === 1 ? '1 violation' : `${violations.length} violations`}`,
      'red',
    ),
  )
  for (const { invariant, what } of violations.slice(0, SHOWN))
    console.log(`  ${invariant}: ${what}`)
  if (violations.length > SHOWN) print(span(`  and ${violations.length - SHOWN} more`))
  if (!shrunk) return
  const { deeds, faults } = shrunk.traffic
  print(span('  the shortest schedule found:'))
  for (const { atMs, call, act, who } of deeds)
    print(column(`    ${atMs} ms`, 16), span(`call ${call}: ${act} (${who})`))
  for (const { kind, at, forMs } of faults)
    print(column(`    fault ${at}`, 16), span(`${kind}, ${forMs} ms`))
  print(span(`  ${replay(path, seed, shrunk.keep, options)}`, 'bold'))
}

function printTest(
  traffic: Traffic,
  [chart]: LoadedBot['charts'],
  promptsFolder: string | undefined,
): void {
  print(span('  or, as a test of the bot:', 'bold'))
  const choices = promptsFolder === undefined ? {} : { promptsFolder }
  console.log(`\n${testOfRun(chart?.id ?? '', traffic, choices)}`)
}

function replay(
  path: string,
  seed: number,
  keep: readonly number[],
  { dial = {}, sabotage }: SimulateOptions,
): string {
  const isScript = process.env.npm_lifecycle_event === 'simulate'
  const command = isScript ? 'npm run simulate --' : `npx callchart simulate ${path}`
  const sabotaged = sabotage === undefined ? '' : ` --sabotage ${sabotage}`
  return `${command} --seed ${seed} --keep ${keep.join(',')}${writtenDials(dial)}${sabotaged}`
}

function summary(report: Report, wallSeconds: number) {
  const rounded = (value: number) => Math.round(value * 10) / 10
  return {
    ...report,
    faults: Object.fromEntries(
      [...report.faults].sort(([one], [other]) => one.localeCompare(other)),
    ),
    failures: report.failures.map(({ seed, violations }) => ({
      seed,
      invariants: [...new Set(violations.map(({ invariant }) => invariant))],
    })),
    simulatedHours: rounded(report.simulatedHours),
    wallSeconds: rounded(wallSeconds),
    runsPerSecond: rounded(report.runs / wallSeconds),
    simulatedHoursPerSecond: rounded(report.simulatedHours / wallSeconds),
  }
}

function numbers(text: string): readonly number[] {
  return text === '' ? [] : text.split(',').map(whole(0))
}

function sabotageNamed(name: string) {
  if (isSabotage(name)) return sabotages[name]
  throw new CallchartError({
    code: 'sabotage.unknown',
    what: `There is no sabotage '${name}'.`,
    fix: `Choose one of ${Object.keys(sabotages).join(', ')}.`,
  })
}
