/**
 * `callchart sim`: the people of a running emulator, driven from a terminal.
 *
 * Read: this file (all commands), deeds (what a person does in a call), control (asking the emulator),
 * answers (what it says).
 */
import { Argument, Command } from 'commander'
import { noFaults } from '../../emulator/index.ts'
import { number, whole } from '../numbers.ts'
import { person } from '../people.ts'
import { ledgerRow } from '../terminal/ledgerRow.ts'
import { print, span } from '../terminal/line.ts'
import { printRow } from '../terminal/row.ts'
import { type CallTruth, calls, clockTruth, nothing, record, truth } from './answers.ts'
import { Control } from './control.ts'
import { deedCommands } from './deeds.ts'
import { printCalls } from './printCalls.ts'

/** Options every command of `sim` takes. */
export type SimOptions = { readonly url: string; readonly json?: true }

const HELP = `
Deeds happen in the newest call that lives; --call names another one by its id
or how it begins. "callchart emulate" and "callchart start" run an emulator.

Examples:
  $ callchart sim ring --from bob@fabrikam.com
  $ callchart sim press 1
  $ callchart sim join carol@contoso.com
  $ callchart sim faults --duplicate 0.3 --drop 0.1
  $ callchart sim calls`

export function simCommand(): Command {
  const sim = new Command('sim')
    .description('Drive the people of a running emulator: ring, press, hang up, join …')
    .addHelpText('after', HELP)
  for (const command of [ringCommand(), ...deedCommands(), ...worldCommands()]) {
    sim.addCommand(
      command
        .option('--url <url>', 'where the emulator listens', 'http://127.0.0.1:8081')
        .option('--json', 'print the answer as JSON'),
    )
  }
  return sim
}

function ringCommand(): Command {
  return new Command('ring')
    .description('Somebody rings a bot.')
    .requiredOption('--from <address>', 'who: bob@fabrikam.com or +14255550100', person)
    .option('--to <app-id>', 'which bot; default: the first one registered')
    .action(async ({ url, json, ...wish }: SimOptions & { from: string; to?: string }) => {
      const call = await new Control(url).post('/emulator/ring', wish, truth)
      tellCalls([call], json)
    })
}

function worldCommands(): Command[] {
  return [
    callsCommand(),
    recordCommand(),
    scriptCommand(),
    pickUpCommand(),
    declineCommand(),
    advanceCommand(),
    faultsCommand(),
  ]
}

function callsCommand(): Command {
  return new Command('calls')
    .description('List all calls there have been.')
    .action(async ({ url, json }: SimOptions) => {
      tellCalls(await new Control(url).get('/emulator/calls', calls), json)
    })
}

function recordCommand(): Command {
  return new Command('record')
    .description('Print what bots asked, what they were told, and what people did.')
    .action(async ({ url, json }: SimOptions) => {
      const told = await new Control(url).get('/emulator/record', record)
      if (json) console.log(JSON.stringify(told.record))
      else for (const entry of told.record) printRow(ledgerRow(entry))
    })
}

function scriptCommand(): Command {
  return new Command('script')
    .description('Set what somebody does from now on when it rings; people answer by default.')
    .argument('<who>', 'address, e.g. carol@contoso.com')
    .addArgument(
      new Argument('<script>', 'what').choices(['answer', 'decline', 'ignore', 'manual']),
    )
    .action(async (who: string, script: string, { url, json }: SimOptions) => {
      await new Control(url).post(`/emulator/people/${who}/script`, { script }, nothing)
      tell({ who, script }, `${who}: ${script}.`, json)
    })
}

function pickUpCommand(): Command {
  return new Command('pick-up')
    .description('Somebody whose script is manual picks up.')
    .argument('<who>', 'address, e.g. carol@contoso.com')
    .action(async (who: string, { url, json }: SimOptions) => {
      await new Control(url).post(`/emulator/people/${who}/pick-up`, {}, nothing)
      tell({ who, action: 'picked up' }, `${who} picked up.`, json)
    })
}

function declineCommand(): Command {
  return new Command('decline')
    .description('Somebody whose script is manual declines.')
    .argument('<who>', 'address, e.g. carol@contoso.com')
    .action(async (who: string, { url, json }: SimOptions) => {
      await new Control(url).post(`/emulator/people/${who}/decline`, {}, nothing)
      tell({ who, action: 'declined' }, `${who} declined.`, json)
    })
}

function advanceCommand(): Command {
  return new Command('advance')
    .description('Move time on: of callchart start, or of callchart emulate --simulated-clock.')
    .argument('<ms>', 'by how many milliseconds', whole(0))
    .action(async (ms: number, { url, json }: SimOptions) => {
      const told = await new Control(url).post('/emulator/clock/advance', { ms }, clockTruth)
      tell(told, `It is now ${new Date(told.nowMs).toISOString()}.`, json)
    })
}

function faultsCommand(): Command {
  const command = new Command('faults').description(
    'Set what goes wrong from now on; without options nothing does.',
  )
  for (const [name, rest] of Object.entries(noFaults)) {
    const isChance = /^[a-z]+$/.test(name) || name === 'afterEffect'
    const unit = isChance ? 'chance' : 'count'
    command.option(
      `--${kebab(name)} <${unit}>`,
      isChance ? `0 to 1; at rest ${rest}` : `at rest ${rest}`,
      isChance ? number(0, 1) : whole(0),
    )
  }
  return command.action(async ({ url, json, ...dials }: SimOptions) => {
    await new Control(url).post('/emulator/faults', dials, nothing)
    const set = Object.entries(dials).map(([name, value]) => `${name} ${value}`)
    const sentence = set.length > 0 ? `Faults: ${set.join(', ')}.` : 'Nothing goes wrong any more.'
    tell({ ...noFaults, ...dials }, sentence, json)
  })
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

function tell(done: object, sentence: string, json: true | undefined): void {
  if (json) console.log(JSON.stringify(done))
  else print(span(sentence))
}

function tellCalls(told: readonly CallTruth[], json: true | undefined): void {
  if (json) console.log(JSON.stringify(told))
  else printCalls(told)
}
