/** `callchart coverage`: what all test files together have seen of a bot's chart. */
import { Command } from 'commander'
import { coverageIn, requireOf } from '../testkit/covered/coverage.ts'
import { coveredBy, reportOf } from '../testkit/covered/report.ts'
import { type LoadOptions, loadBot } from './loadBot.ts'
import { number } from './numbers.ts'
import { writeOut } from './outFile.ts'

type CoverageOptions = LoadOptions & {
  readonly from: string
  readonly states?: number
  readonly transitions?: number
  readonly out?: string
}

const HELP = `
Tests write what they see where their worlds are given it:
  const seen = coverage(frontDesk, { folder: 'coverage' })
  await using world = await emulate(frontDesk, { coverage: seen })

Only the scenario and further regions of the bot's own are counted. Empty the
folder before a run of tests: what an earlier one saw would count too. Exit code
1 when less was seen than --states or --transitions ask for.

The JSON of --out is a list, a member for each chart: "chart", "version",
"calls", and how often each of "states" (by path) and "transitions" (by
"state|event|which") was seen.

Examples:
  $ callchart coverage ./bot.ts --from coverage
  $ callchart coverage ./bot.ts --from coverage --states 100 --transitions 90
  $ callchart coverage ./bot.ts --from coverage --out coverage.json`

export function coverageCommand(): Command {
  return new Command('coverage')
    .description('Tell which states and transitions a run of tests has seen.')
    .argument('<bot>', 'module that exports the chart, .ts or .js')
    .option('--chart <name>', 'which export is the chart; default: default, or the only one')
    .option('--from <folder>', 'where the tests wrote what they saw', 'coverage')
    .option('--states <percent>', 'fail when fewer states were seen', number(0, 100))
    .option('--transitions <percent>', 'fail when fewer transitions were seen', number(0, 100))
    .option('--out <file>', 'write the counts to this file, as JSON')
    .addHelpText('after', HELP)
    .action(tellCoverage)
}

async function tellCoverage(path: string, options: CoverageOptions): Promise<void> {
  const { charts } = await loadBot(path, options)
  const all = charts.map((chart) => ({ chart, seen: coverageIn(options.from, chart) }))
  if (options.out !== undefined) {
    const list = all.map(({ seen }) => seen)
    writeOut(options.out, `${JSON.stringify(list, undefined, 2)}\n`)
  }
  for (const { chart, seen } of all) {
    const covered = coveredBy(chart, seen)
    requireOf(covered, {
      statesPercent: options.states ?? 0,
      transitionsPercent: options.transitions ?? 0,
    })
    console.log(reportOf(covered))
  }
}
