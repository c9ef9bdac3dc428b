/** `callchart serve`: a bot on duty for Microsoft Graph. */
import { Command, Option } from 'commander'
import { type Bot, createBot } from '../bot/index.ts'
import { readConfig } from '../config.ts'
import { safeUrl } from '../loopback.ts'
import { type InspectOptions, inspectOf, withInspect } from './inspecting.ts'
import { type LoadOptions, loadBot } from './loadBot.ts'
import { number } from './numbers.ts'
import { stopAsked } from './stopAsked.ts'
import { logged, logLevels, spoken } from './voices.ts'

type ServeOptions = LoadOptions &
  InspectOptions & {
    readonly verbose?: true
    readonly json?: true
    readonly logLevel: (typeof logLevels)[number]
    readonly evidenceSeconds: number
    readonly drainSeconds: number
    readonly drainTo?: string
    readonly waitSeconds: number
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
  CALLCHART_RETENTION_DAYS   days after which calls that have ended are removed
                             for good; default: never
  PORT                       port to listen on; default 8080
  CALLCHART_HOST             interface to listen on; default: all
  CALLCHART_ADMIN_TOKEN      opens the admin API and the console to whoever has
                             it, 20 characters at least; default: closed
  CALLCHART_GRAPH_URL        default https://graph.microsoft.com
  CALLCHART_LOGIN_URL        default https://login.microsoftonline.com
  CALLCHART_KEYS_URL         OpenID configuration with the keys Graph signs with
  CALLCHART_ISSUERS          who may sign notifications, commas between
  CALLCHART_METRICS_PORT     port at which Prometheus finds /metrics; default:
                             none
  CALLCHART_METRICS_HOST     interface of that port; default 127.0.0.1

SIGTERM or SIGINT hands over: the work at hand is finished, and live calls go on
in the next process, which may be started before and waits at the port, if that
is free, until it holds the database. With --drain-seconds, new calls are first
turned away and live ones waited for: Graph is answered 503 to send a new call
again, or 302 to send it to --drain-to. A second signal ends at once, which is
as safe as a crash: nothing is lost.

Examples:
  $ callchart serve ./bot.ts
  $ callchart serve ./bots.js --chart frontDesk --prompts ./wav --verbose
  $ callchart serve ./bot.ts --json | my-log-collector
  $ callchart serve ./bot.ts --drain-seconds 300`

export function serveCommand(): Command {
  const command = new Command('serve')
    .description('Run a bot for Microsoft Graph.')
    .argument('<bot>', 'module that exports the chart or charts, .ts or .js')
    .option('--chart <name>', 'which export is the chart; default: default, or the only one')
    .option('--prompts <folder>', 'WAV files the chart names; default: prompts/ beside the bot')
    .option(
      '--evidence-seconds <seconds>',
      'how long to look for what a request in doubt did',
      number(0),
      30,
    )
    .option(
      '--drain-seconds <seconds>',
      'when told to stop: how long live calls are waited for before the hand-over',
      number(0),
      0,
    )
    .option(
      '--drain-to <url>',
      "another deployment's /api/calls, for new calls meanwhile",
      httpsUrl,
    )
    .option(
      '--wait-seconds <seconds>',
      'how long to wait for a process that still holds the database',
      number(0),
      30,
    )
    .option('--verbose', 'a line for everything that happens, not for problems only')
    .option('--json', 'everything that happens, as JSON lines for a log collector')
    .addOption(
      new Option('--log-level <level>', 'the least that --json writes')
        .choices(logLevels)
        .default('debug'),
    )
  return withInspect(command).addHelpText('after', HELP).action(serve)
}

async function serve(path: string, options: ServeOptions): Promise<void> {
  const { bot: given, charts, promptsFolder } = await loadBot(path, options)
  const config = readConfig(process.env)
  const taken = { calls: 0 }
  const voice = options.json ? logged(options.logLevel) : spoken(options.verbose === true)
  const bot = await createBot({
    ...given,
    config,
    promptsFolder,
    takeOver: {
      forMs: options.waitSeconds * 1000,
      waiting: (why) => voice.waiting(why, options.waitSeconds),
    },
    ...inspectOf(options),
    evidenceMs: options.evidenceSeconds * 1000,
    observe: (record) => {
      if (record.kind === 'recovering') taken.calls = record.calls
      voice.observe(record)
    },
  })
  const stop = stopAsked()
  const url = await listen(bot)
  const { metricsUrl, inspectUrl } = bot
  const { calls } = taken
  voice.listening({ charts, config, url, promptsFolder, calls, metricsUrl, inspectUrl })
  await stop
  const { drainSeconds, drainTo } = options
  if (drainSeconds > 0) {
    voice.draining(drainSeconds)
    await bot.drain({ forMs: drainSeconds * 1000, elsewhere: drainTo })
  }
  voice.stopping()
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

function httpsUrl(text: string): string {
  return safeUrl(text, '--drain-to').href
}
