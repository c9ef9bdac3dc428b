/**
 * The `callchart` command: engine, emulator and simulated callers from a terminal.
 *
 * May import: everything in src/. Nothing imports it.
 * Read: main (the Node check), this file (the commands), serve, emulate, start, simulate, chart, checkUpgrade, doctor/,
 * sim/, backup, operate/ (calls, show, explain …), terminal/ (how things look), demo/ (the repository's proof by
 * SIGKILL; not in the package).
 * Not here: anything a bot needs that is not run from a terminal.
 */
import { Command } from 'commander'
import { callchartVersion } from '../version.ts'
import { backupCommand, restoreCommand } from './backup.ts'
import { chartCommand } from './chart.ts'
import { checkUpgradeCommand } from './checkUpgrade.ts'
import { coverageCommand } from './coverage.ts'
import { doctorCommand } from './doctor/index.ts'
import { emulateCommand } from './emulate.ts'
import { operatorCommands } from './operate/index.ts'
import { tellProblem } from './problem.ts'
import { serveCommand } from './serve.ts'
import { simCommand } from './sim/index.ts'
import { simulateCommand } from './simulate.ts'
import { startCommand } from './start.ts'

const EXAMPLES = `
Examples:
  $ callchart start ./bot.ts     try a bot on this machine, nothing to configure
  $ callchart sim ring --from bob@fabrikam.com
  $ callchart serve ./bot.ts     run a bot for Microsoft Graph
  $ callchart emulate            the emulated Graph alone, for any calling bot
  $ callchart chart ./bot.ts     its chart, for Markdown, a browser or Stately Studio
  $ callchart explain 5f0c1d2e   why a call is where it is
  $ callchart doctor ./bot.ts    whether it could go on duty, and what to mend

Each command tells all there is with --help. NO_COLOR=1 turns colours off.`

/** Runs the command line given; problems are told on stderr and make the exit code 1. */
export async function run(argv: readonly string[]): Promise<void> {
  try {
    await createProgram().parseAsync([...argv])
  } catch (error) {
    tellProblem(error)
    process.exitCode = 1
  }
}

/** All commands, ready to parse. */
export function createProgram(): Command {
  const program = new Command('callchart')
    .description('A stateful calling engine for Microsoft Graph (Teams) bots.')
    .version(callchartVersion())
    .addCommand(startCommand())
    .addCommand(serveCommand())
    .addCommand(emulateCommand())
    .addCommand(simCommand())
    .addCommand(simulateCommand())
    .addCommand(coverageCommand())
    .addCommand(chartCommand())
    .addCommand(checkUpgradeCommand())
    .addCommand(doctorCommand())
    .addCommand(backupCommand())
    .addCommand(restoreCommand())
    .addHelpText('after', EXAMPLES)
  for (const command of operatorCommands()) program.addCommand(command)
  return program
}
