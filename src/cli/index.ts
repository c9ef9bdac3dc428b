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
import { tellMessage, tellProblem } from './problem.ts'
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
  $ callchart chart ./bot.ts     its chart, for Markdown or Stately Studio
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
    .commandsGroup('More:')
    .configureHelp({ subcommandTerm: termOf })
    .configureOutput({ outputError: tellMistake })
    .addHelpText('after', EXAMPLES)
  for (const [group, commands] of Object.entries(commandGroups()))
    for (const command of commands) add(command.helpGroup(`${group}:`), program)
  return program
}

/** Every command under what it is for. */
function commandGroups(): Readonly<Record<string, readonly Command[]>> {
  return {
    'Try and prove a bot': [
      startCommand(),
      simCommand(),
      simulateCommand(),
      coverageCommand(),
      chartCommand(),
      emulateCommand(),
    ],
    'Put it on duty': [doctorCommand(), serveCommand(), checkUpgradeCommand()],
    'Look after it': [...operatorCommands(), backupCommand(), restoreCommand()],
  }
}

function add(command: Command, parent: Command): void {
  parent.addCommand(command.copyInheritedSettings(parent))
  for (const child of command.commands) child.copyInheritedSettings(command)
}

/** A command without its `[options]`, which every one of them has: descriptions then have room beside it. */
function termOf(command: Command): string {
  const args = command.registeredArguments.map((each) => {
    const name = `${each.name()}${each.variadic ? '…' : ''}`
    return each.required ? ` <${name}>` : ` [${name}]`
  })
  return command.name() + args.join('')
}

/** What commander says of a command line, as all our problems are told. */
function tellMistake(text: string): void {
  const [, told = ''] = /^error: (.*)/s.exec(text.trim()) ?? []
  tellMessage(
    `${told.charAt(0).toUpperCase()}${told.slice(1)}\nWith --help the command says what it takes.`,
  )
}
