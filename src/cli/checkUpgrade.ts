/** `callchart check-upgrade`: what a release would do to the calls under way, before it takes traffic. */
import { Command } from 'commander'
import { type Golden, openSqliteStore, readGoldens, storedGolden } from '../../snapshots/index.ts'
import { Charts, type Prospect, prospectOf, survey } from '../engine/index.ts'
import { type LoadOptions, loadBot } from './loadBot.ts'
import { chartNames } from './terminal/chartNames.ts'
import { printFacts } from './terminal/facts.ts'
import { print, printWrapped, span } from './terminal/line.ts'

type CheckOptions = LoadOptions & {
  readonly database: string
  readonly goldens?: string
  readonly json?: true
  readonly verbose?: true
}

const HELP = `
The database is only read, and may be in use. Every live call is loaded under
the bot's charts as they are now: those whose version the bot brings stay on it,
those with an upgrade go through it, and all come to this Callchart's base, its
own part of a chart. Nothing is written.

Exit code: 0 when every call can go on, 2 when some cannot, 1 when it could not
be found out. --json gives a line for each call that cannot go on, or with
--verbose for each call, and a last line with the counts.

Examples:
  $ callchart check-upgrade ./bot.ts
  $ callchart check-upgrade ./bot.ts --database /var/lib/bot/calls.db --json
  $ callchart check-upgrade ./bot.ts --goldens ./goldens`

/** What became of the calls, or of the goldens, looked at. */
type Counts = { stay: number; upgraded: number; broken: number }

/** How often progress is told. */
const PROGRESS_MS = 5_000

export function checkUpgradeCommand(): Command {
  return new Command('check-upgrade')
    .description('Say which live calls a new release of a bot could not go on with.')
    .argument('<bot>', 'module that exports the chart or charts, .ts or .js')
    .option('--chart <name>', 'which export is the chart; default: default, or the only one')
    .option(
      '--database <file>',
      'the SQLite file that remembers the calls',
      process.env.CALLCHART_DATABASE || './calls.db',
    )
    .option('--goldens <folder>', 'checkpoints of former releases that must be readable too')
    .option('--verbose', 'a line for every call, not only for those that cannot go on')
    .option('--json', 'JSON lines')
    .addHelpText('after', HELP)
    .action(check)
}

async function check(path: string, options: CheckOptions): Promise<void> {
  const { bot, charts: machines } = await loadBot(path, options)
  const charts = new Charts(bot)
  const store = openSqliteStore(options.database, { readOnly: true })
  const calls: Counts = { stay: 0, upgraded: 0, broken: 0 }
  const goldens: Counts = { stay: 0, upgraded: 0, broken: 0 }
  try {
    const { live } = await store.counts()
    if (!options.json) {
      const looked = live === 1 ? '1 live call' : `${live.toLocaleString('en')} live calls`
      printFacts(chartNames(machines), { database: options.database, holds: looked })
    }
    const tellProgress = progressTeller(live, options)
    for await (const prospect of survey(store, charts)) {
      count(prospect, calls)
      tell(prospect, 'call', options)
      tellProgress(calls)
    }
    for (const golden of goldensIn(options)) {
      const prospect = prospectOf(storedGolden(golden), charts)
      count(prospect, goldens)
      tell(prospect, 'golden', options)
    }
  } finally {
    await store.close()
  }
  tellCounts(calls, goldens, options)
  if (calls.broken + goldens.broken > 0) process.exitCode = 2
}

function count({ flaws, version, to, base, toBase }: Prospect, counts: Counts): void {
  if (flaws.length > 0) counts.broken += 1
  else if (version === to && base === toBase) counts.stay += 1
  else counts.upgraded += 1
}

function tell(prospect: Prospect, kind: 'call' | 'golden', options: CheckOptions): void {
  const { key, chart, states, flaws, changes } = prospect
  if (flaws.length === 0 && !options.verbose) return
  if (options.json) {
    console.log(JSON.stringify({ kind, ...prospect }))
    return
  }
  const sign = flaws.length > 0 ? span('✗ ', 'red') : span('✓ ', 'green')
  print()
  print(sign, span(`${kind} ${key}`, 'bold'), span(`  ${chart} ${wayOf(prospect)}`))
  // A call's own region is what its author looks for.
  const own = states.filter((state) => /^(scenario|signalling)\b/.test(state))
  const shown = (options.verbose ? states : own).join(', ') || 'no state that can be read'
  printWrapped([span('  in ', 'dim')], shown, 'dim')
  for (const line of [...flaws, ...changes]) printWrapped([span('  ')], line)
}

/** From which version, and from which base of ours where that is another, to which. */
function wayOf({ version, to, base, toBase }: Prospect): string {
  const own = version === to ? `version ${version}` : `version ${version} to ${to}`
  const isRead = base !== undefined && toBase !== undefined
  return isRead && base !== toBase ? `${own}, base ${base} to ${toBase}` : own
}

function progressTeller(live: number, { json }: CheckOptions): (counts: Counts) => void {
  let toldMs = performance.now()
  return ({ stay, upgraded, broken }) => {
    if (json || performance.now() - toldMs < PROGRESS_MS) return
    toldMs = performance.now()
    const done = (stay + upgraded + broken).toLocaleString('en')
    print(span(`${done} of ${live.toLocaleString('en')} looked at, ${broken} cannot go on`, 'dim'))
  }
}

function tellCounts(calls: Counts, goldens: Counts, options: CheckOptions): void {
  if (options.json) {
    const [stay, upgraded] = [calls.stay + goldens.stay, calls.upgraded + goldens.upgraded]
    const broken = calls.broken + goldens.broken
    console.log(JSON.stringify({ kind: 'checked', stay, upgraded, broken }))
    return
  }
  const said = [callsSentence(calls), goldensSentence(goldens, options)].filter(Boolean).join(' ')
  print()
  const facts = {
    'stay as they are': String(calls.stay),
    'are upgraded': String(calls.upgraded),
    'cannot go on': String(calls.broken),
  }
  printFacts([span(said, 'bold')], sum(calls) === 0 ? {} : facts)
}

function callsSentence(calls: Counts): string {
  if (sum(calls) === 0) return 'No call is live: nothing that is stored depends on the chart.'
  return calls.broken > 0 ? 'Some calls cannot go on.' : 'Every call can go on.'
}

function goldensSentence(goldens: Counts, options: CheckOptions): string | undefined {
  const all = sum(goldens)
  if (options.goldens === undefined) return undefined
  if (all === 0) return `There is no golden in ${options.goldens}.`
  if (goldens.broken === 0) return `Every golden can be read (${all}).`
  return `Of ${all} ${all === 1 ? 'golden' : 'goldens'}, ${goldens.broken} cannot be read.`
}

function sum({ stay, upgraded, broken }: Counts): number {
  return stay + upgraded + broken
}

function goldensIn({ goldens }: CheckOptions): readonly Golden[] {
  return goldens === undefined ? [] : readGoldens(goldens)
}
