/** `callchart start`: a bot, the emulated Graph and a caller in one go, to try a bot on this machine. */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { createBot, promptFoldersOf } from '../bot/index.ts'
import { readConfig } from '../config.ts'
import { createEmulator, type Switches } from '../emulator/index.ts'
import { registrationsOf } from '../testkit/underTest.ts'
import { placeCall } from './caller.ts'
import { printFinding } from './doctor/printFinding.ts'
import { sharedFolders, unplayable } from './doctor/prompts.ts'
import { urlOption } from './emulate.ts'
import { emulatedApp, emulatedEnvironment } from './emulated.ts'
import { freePort } from './freePort.ts'
import { type InspectOptions, inspectOf, withInspect } from './inspecting.ts'
import { type LoadOptions, loadBot } from './loadBot.ts'
import { port } from './numbers.ts'
import { dialKeys, person } from './people.ts'
import { stopAsked } from './stopAsked.ts'
import { withSwitch } from './switches.ts'
import { chartNames, takes } from './terminal/chartNames.ts'
import { engineRows } from './terminal/engineRows.ts'
import { printFacts } from './terminal/facts.ts'
import { ledgerRow } from './terminal/ledgerRow.ts'
import { print, span } from './terminal/line.ts'
import { printRow } from './terminal/row.ts'
import { AheadClock } from './world/aheadClock.ts'
import { LivingWorld } from './world/livingWorld.ts'

type StartOptions = LoadOptions &
  InspectOptions & {
    readonly port: number
    readonly emulatorPort: number
    readonly database?: string
    readonly from: string
    readonly press: string
    readonly caller: boolean
    readonly coverage?: string
    readonly switch?: Partial<Switches>
  }

const HELP = `
No account, no network, no configuration: Microsoft Graph is emulated in the
same process. A caller rings, presses --press once the bot listens for tones,
and the call's timeline is shown. Then it stays up for more calls. Ports that
are taken are replaced by free ones. "callchart emulate --help" lists the
switches of the emulated Graph.

Examples:
  $ callchart start ./bot.ts
  $ callchart start ./bot.ts --from ann@contoso.com
  $ callchart start ./bot.ts --no-caller --database ./calls.db
  $ callchart start ./bot.ts --switch prompts=manual --switch ringDelayMs=5000`

export function startCommand(): Command {
  const command = new Command('start')
    .description('Try a bot on this machine: engine, emulated Graph and a caller in one go.')
    .argument('<bot>', 'module that exports the chart or charts, .ts or .js')
    .option('--chart <name>', 'which export is the chart; default: default, or the only one')
    .option('--prompts <folder>', 'WAV files the chart names; default: prompts/ beside the bot')
    .option('--from <address>', 'who rings', person, 'bob@fabrikam.com')
    .option('--press <keys>', 'what the caller presses', dialKeys, '1')
    .option('--no-caller', 'nobody rings at the start')
    .option('--port <port>', 'port of the bot', port, 8080)
    .option('--emulator-port <port>', 'port of the emulated Graph', port, 8081)
    .option(
      '--database <file>',
      'keep the calls here; default: a folder that is removed at the end',
    )
    .option(
      '--switch <name=value>',
      'set a switch of the emulated Graph; may be repeated',
      withSwitch,
    )
    .option('--coverage <folder>', 'what tests saw of the chart, to be shown beside live calls')
  return withInspect(command).addHelpText('after', HELP).action(start)
}

async function start(path: string, options: StartOptions): Promise<void> {
  const { bot: given, charts, promptsFolder } = await loadBot(path, options)
  const stop = stopAsked()
  const botPort = await freePort(options.port)
  const emulatorPort = await freePort(options.emulatorPort)
  const folder = await mkdtemp(join(tmpdir(), 'callchart-'))
  const publicUrl = `http://127.0.0.1:${botPort}`
  const adminToken = process.env.CALLCHART_ADMIN_TOKEN ?? randomBytes(24).toString('base64url')

  const clock = new AheadClock()
  await using emulator = createEmulator({
    clock,
    advance: (ms) => world.advance(ms),
    ...(options.switch && { switches: options.switch }),
    apps: registrationsOf(given, emulatedApp, `${publicUrl}/api/calls`),
  })
  emulator.events((entry) => {
    if (entry.kind === 'user') printRow(ledgerRow(entry))
  })
  const emulatorUrl = await emulator.listen(emulatorPort)
  const rowOf = engineRows()
  const config = readConfig({
    ...emulatedEnvironment({ emulatorUrl, publicUrl }),
    PORT: String(botPort),
    CALLCHART_HOST: '127.0.0.1',
    CALLCHART_DATABASE: options.database ?? join(folder, 'calls.db'),
    CALLCHART_ADMIN_TOKEN: adminToken,
  })
  let inspector: string | undefined
  const world = new LivingWorld({
    emulator,
    clock,
    coverage: options.coverage,
    start: async (world) => {
      const bot = await createBot({
        ...given,
        promptsFolder,
        config,
        clock,
        world,
        ...inspectOf(options),
        observe: (record) => {
          const row = rowOf(record)
          if (row) printRow(row)
        },
      })
      await bot.listen()
      inspector = bot.inspectUrl
      return bot
    },
    tell: (what) => {
      print(span(what === 'killed' ? 'The engine was killed.' : 'The engine is back.'))
      // Its page is another one, as the engine is.
      if (what !== 'killed' && inspector) print(span(`Calls can be inspected at ${inspector}`))
    },
  })
  // A folder that is not there, or holds something else, is told at once.
  for (const chart of charts) world.tested(chart)
  await world.begin()
  printFacts([...chartNames(charts), span(` ${takes(charts)} calls from an emulated Graph`)], {
    bot: shownPort(publicUrl, options.port, botPort),
    emulator: shownPort(emulatorUrl, options.emulatorPort, emulatorPort),
    console: `${publicUrl}/console#token=${adminToken}`,
    inspector,
    database: options.database ?? 'in a temporary folder, removed at the end',
  })
  print()
  const silent = unplayable(sharedFolders(charts, promptFoldersOf(given, promptsFolder)))
  for (const finding of silent) printFinding(finding)
  if (silent.length > 0) print()
  if (options.caller) {
    const call = placeCall(emulator, options.from, options.press)
    await Promise.race([call.then(() => emulator.idle()), stop])
  }
  printNext(urlOption(emulatorUrl))
  await stop
  await world.close()
  await rm(folder, { recursive: true })
}

function shownPort(url: string, wished: number, port: number): string {
  return wished === 0 || wished === port ? url : `${url}  (port ${wished} is taken)`
}

function printNext(url: string): void {
  print()
  print(span('Place another call from a second terminal; Ctrl-C ends this one:'))
  print(span(`  npx callchart sim ring --from bob@fabrikam.com${url}`, 'bold'))
  print(span(`  npx callchart sim press 1${url}`, 'bold'))
  print()
}
