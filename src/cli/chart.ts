/** `callchart chart`: a bot's chart to look at, here or in Stately's tools. */
import { Command, Option } from 'commander'
import type { AnyStateMachine } from 'xstate'
import { chartModule, defineChart, drawChart } from '../../snapshots/index.ts'
import { CallchartError } from '../errors.ts'
import { type LoadedBot, type LoadOptions, loadBot } from './loadBot.ts'
import { writeOut } from './outFile.ts'

/** A chart, or the state at a path, as text; `undefined` where there is no such state. */
type Format = (
  chart: AnyStateMachine,
  path: string,
  detail: 'words' | 'names',
) => string | undefined | Promise<string | undefined>

const formats = { mermaid, svg, stately: chartModule, json: defineChart } satisfies Record<
  string,
  Format
>

type ChartOptions = LoadOptions & {
  readonly format: keyof typeof formats
  readonly state?: string
  readonly names?: true
  readonly out?: string
}

const HELP = `
Formats:
  mermaid  a state diagram as text, for Markdown that draws it
  svg      a picture that stands alone, light or dark as its reader is
  stately  a module with the machine and nothing of the bot's code: opens in
           Stately Studio and in its VS Code extension
  json     the same machine configuration as JSON

Guards, actions, delays and invocations are told by their names; the bot's code
stays where it is. Nothing is sent anywhere.

Examples:
  $ callchart chart ./bot.ts
  $ callchart chart ./bot.ts --format svg --state scenario --out scenario.svg
  $ callchart chart ./bots.js --chart frontDesk --format stately --out desk.ts`

export function chartCommand(): Command {
  return new Command('chart')
    .description("Show a bot's chart: as a picture, as text, or for Stately's tools.")
    .argument('<bot>', 'module that exports the chart, .ts or .js')
    .option('--chart <name>', 'which export is the chart; default: default, or the only one')
    .addOption(
      new Option('--format <name>', 'what to make of it')
        .choices(Object.keys(formats))
        .default('mermaid'),
    )
    .option('--state <path>', 'this state alone, e.g. scenario; default: the whole chart')
    .option('--names', 'names of states only, without words at states and arrows; for svg')
    .option('--out <file>', 'write it to this file; default: to the terminal')
    .addHelpText('after', HELP)
    .action(showChart)
}

async function showChart(path: string, options: ChartOptions): Promise<void> {
  const chart = onlyChart(await loadBot(path, options))
  const detail = options.names ? 'names' : 'words'
  const text = await formats[options.format](chart, options.state ?? '', detail)
  if (text === undefined) throw unknownState(chart, options.state)
  if (options.out === undefined) process.stdout.write(text)
  else writeOut(options.out, text)
}

function mermaid(chart: AnyStateMachine, path: string): string {
  if (path === '') return drawChart(chart)
  throw new CallchartError({
    code: 'option.invalid',
    what: 'Mermaid text is of the whole chart, and --state asks for one state.',
    fix: 'Add --format svg, stately or json, or leave --state out.',
  })
}

/** The layout library is loaded by those who want a picture. */
async function svg(
  chart: AnyStateMachine,
  path: string,
  detail: 'words' | 'names',
): Promise<string | undefined> {
  const { pictureChart } = await import('../../snapshots/picture/index.ts')
  return pictureChart(chart, path, detail)
}

function unknownState(chart: AnyStateMachine, path: string | undefined): CallchartError {
  return new CallchartError({
    code: 'state.unknown',
    what: `The chart ${chart.id} has no state '${path}'.`,
    fix: `Name one by its path: ${Object.keys(chart.states).join(', ')}, or a state within, with dots.`,
  })
}

/** A bot of several charts is looked at one by one. */
function onlyChart({ charts }: LoadedBot): AnyStateMachine {
  const [chart, ...others] = charts
  if (chart && others.length === 0) return chart
  throw new CallchartError({
    code: 'bot.whichChart',
    what: `The bot has several charts: ${charts.map(({ id }) => id).join(', ')}.`,
    fix: 'Export each by a name of its own too, and choose it with --chart.',
  })
}
