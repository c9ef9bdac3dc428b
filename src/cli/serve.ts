/** `callchart serve`: a bot on duty for Microsoft Graph. */
import { Command } from 'commander'
import type { AnyStateMachine } from 'xstate'
import { type Bot, createBot } from '../bot.ts'
import { type Config, readConfig } from '../config.ts'
import { CallchartError } from '../errors.ts'
import type { EngineRecord, Observer } from '../telemetry.ts'
import { type LoadOptions, loadBot } from './loadBot.ts'
import { stopAsked } from './stopAsked.ts'
import { engineRows } from './terminal/engineRows.ts'
import { printFacts } from './terminal/facts.ts'
import { print, span } from './terminal/line.ts'
import { printRow } from './terminal/row.ts'

type ServeOptions = LoadOptions & {
  readonly verbose?: true
  readonly json?: true
  readonly evidence?: number
}

const HELP = `
Environment:
  CALLCHART_PUBLIC_URL       required: https URL at which Graph reaches this
                             engine
  CALLCHART_APP_ID           required: app id (GUID) of the bot's registration
  CALLCHART_APP_SECRET       required: its client secret, or
  CALLCHART_APP_CERTIFICATE  path of a PEM file, certificate and private key
  CALLCHART_TENANT_ID        required: the bot's home tenant (GUID)
  CALLCHART_TENANTS          tenants whose calls are taken, commas between;
                             default: all
  CALLCHART_DATABASE         the SQLite file that remembers the calls;
                             default ./calls.db
  PORT                       port to listen on; default 8080
  CALLCHART_HOST             interface to listen on; default: all
  CALLCHART_GRAPH_URL        default https://graph.microsoft.com
  CALLCHART_LOGIN_URL        default https://login.microsoftonline.com
  CALLCHART_KEYS_URL         OpenID configuration with the keys Graph signs with
  CALLCHART_ISSUERS          who may sign notifications, commas between

SIGTERM or SIGINT lets the work at hand finish and stops; calls go on where they
were at the next start. The same is true after a crash.

Examples:
  $ callchart serve ./bot.ts
  $ callchart serve ./bots.js --chart frontDesk --prompts ./wav --verbose
  $ callchart serve ./bot.ts --json | my-log-collector`

export function serveCommand(): Command {
  return new Command('serve')
    .description('Run a bot for Microsoft Graph.')
    .argument('<bot>', 'module that exports the chart, .ts or .js')
    .option('--chart <name>', 'which export is the chart; default: default, or the only one')
    .option('--prompts <folder>', 'WAV files the chart names; default: prompts/ beside the bot')
    .option('--evidence <seconds>', 'how long to look for what a request in doubt did', seconds, 30)
    .option('--verbose', 'a line for everything that happens, not for problems only')
    .option('--json', 'everything that happens, as JSON lines')
    .addHelpText('after', HELP)
    .action(serve)
}

async function serve(path: string, options: ServeOptions): Promise<void> {
  const { chart, promptsFolder } = await loadBot(path, options)
  const config = readConfig(process.env)
  const taken = { calls: 0 }
  const tell = options.json ? tellAsJson : rowTeller(options.verbose === true)
  const bot = await createBot({
    chart,
    config,
    promptsFolder,
    evidenceMs: (options.evidence ?? 30) * 1000,
    observe: (record) => {
      if (record.kind === 'recovering') taken.calls = record.calls
      tell(record)
    },
  })
  const stop = stopAsked()
  const url = await listen(bot)
  if (options.json) tellListening(url, chart)
  else printStart({ chart, config, url, promptsFolder, calls: taken.calls })
  await stop
  if (!options.json) print(span('Stopping: the work at hand is finished first.', 'dim'))
  await bot.close()
}

async function listen(bot: Bot): Promise<string> {
  try {
    return await bot.listen()
  } catch (error) {
    await bot.close()
    throw error
  }
}

function tellAsJson(record: EngineRecord): void {
  console.log(JSON.stringify(record))
}

function tellListening(url: string, { id, version }: AnyStateMachine): void {
  const atMs = Date.now()
  console.log(
    JSON.stringify({ kind: 'listening', atMs, url, chart: id, version, pid: process.pid }),
  )
}

function rowTeller(verbose: boolean): Observer {
  const rowOf = engineRows()
  return (record) => {
    const row = rowOf(record)
    if (row && (verbose || row.sign === '✗')) printRow(row)
  }
}

type Started = {
  readonly chart: AnyStateMachine
  readonly config: Config
  readonly url: string
  readonly promptsFolder: string | undefined
  readonly calls: number
}

function printStart({ chart, config, url, promptsFolder, calls }: Started): void {
  printFacts([span(chart.id, 'bold'), span(` version ${chart.version} takes calls`)], {
    listening: `http://${config.host ?? 'localhost'}:${config.port}`,
    public: `${url}/api/calls`,
    database: config.databasePath,
    prompts: promptsFolder,
    'taken up': calls === 1 ? '1 call' : `${calls} calls`,
  })
}

function seconds(text: string): number {
  const count = Number(text)
  if (text.trim() !== '' && count >= 0) return count
  throw new CallchartError({
    code: 'option.invalid',
    what: `--evidence is "${text}".`,
    fix: 'Give a number of seconds.',
  })
}
