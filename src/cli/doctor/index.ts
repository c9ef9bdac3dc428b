/**
 * `callchart doctor`: whether a bot could go on duty for Microsoft Graph, and what to mend before.
 *
 * Read: finding (what is told), printFinding, examine (in what order), then the checks: wishes (of the chart), database,
 * microsoft, token, standIn, publicUrl, prompts.
 * Not here: whether stored calls go on under a changed chart (check-upgrade).
 */
import { Command } from 'commander'
import type { LoadOptions } from '../loadBot.ts'
import { print, span } from '../terminal/line.ts'
import { examine } from './examine.ts'
import type { Finding } from './finding.ts'
import { printFinding } from './printFinding.ts'

type DoctorOptions = LoadOptions & { readonly json?: true }

const HELP = `
Looks at the configuration (the environment of "callchart serve"), the database,
Graph and its signing keys, the clock, the bot's tokens and the permissions they
carry, the public URL with its certificate, and, given the bot, at its chart,
the permissions its effects need, and its prompts. Where the bot does not run,
the doctor answers at its port for the moment it takes. Nothing is written,
placed or called.

  ✓  well      ✗  wrong, with what to do      ?  cannot be known from here

Exit code 1 when something is wrong.

Examples:
  $ callchart doctor ./bot.ts
  $ callchart doctor             the installation alone
  $ callchart doctor ./bot.ts --json`

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('Check whether a bot could go on duty, and say what to mend.')
    .argument('[bot]', 'module that exports the chart, .ts or .js')
    .option('--chart <name>', 'which export is the chart; default: default, or the only one')
    .option('--prompts <folder>', 'WAV files the chart names; default: prompts/ beside the bot')
    .option('--json', 'one JSON object with every finding')
    .addHelpText('after', HELP)
    .action(doctor)
}

async function doctor(bot: string | undefined, options: DoctorOptions): Promise<void> {
  const findings: Finding[] = []
  for await (const finding of examine({ bot, options, environment: process.env })) {
    findings.push(finding)
    if (!options.json) printFinding(finding)
  }
  const count = findings.filter(({ verdict }) => verdict === 'wrong').length
  if (options.json) console.log(JSON.stringify({ ok: count === 0, findings }))
  else printEnd(count)
  if (count > 0) process.exitCode = 1
}

function printEnd(count: number): void {
  print()
  if (count === 0) print(span('Nothing is wrong.', 'green'))
  else print(span(count === 1 ? 'One thing is wrong.' : `${count} things are wrong.`, 'red'))
}
