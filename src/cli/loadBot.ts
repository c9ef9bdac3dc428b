/** From a file named on the command line to the chart, or the charts, that it exports. */
import { statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { AnyStateMachine } from 'xstate'
import { type BotCharts, chartsOf } from '../engine/index.ts'
import { CallchartError, ConfigurationError } from '../errors.ts'

export type LoadOptions = {
  /** Name of the export that is the chart, or the bot. */
  readonly chart?: string
  /** Folder of the bot's prompts. */
  readonly prompts?: string
}

/** A bot as its file and the command line tell it. */
export type LoadedBot = {
  readonly bot: BotCharts
  /** The charts that new calls start on. */
  readonly charts: readonly AnyStateMachine[]
  readonly promptsFolder: string | undefined
}

/** Loads a bot's module; throws `ConfigurationError` that says what it lacks. */
export async function loadBot(path: string, options: LoadOptions): Promise<LoadedBot> {
  const bot = botOf(await importModule(path), path, options.chart)
  const charts = chartsOf(bot).charts.map(({ chart }) => chart)
  return { bot, charts, promptsFolder: promptsFolderOf(path, options.prompts ?? ownFolder(bot)) }
}

async function importModule(path: string): Promise<Readonly<Record<string, unknown>>> {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found?.isFile()) {
    throw refusal(
      'bot.missing',
      found ? `${path} is a folder.` : `There is no file ${path}.`,
      'Name the module that exports your chart, such as ./bot.ts.',
    )
  }
  try {
    return await import(pathToFileURL(resolve(path)).href)
  } catch (cause) {
    if (cause instanceof CallchartError) throw cause
    throw refusal('bot.broken', `${path} cannot be loaded.`, 'Mend what its error says:', cause)
  }
}

function botOf(
  module: Readonly<Record<string, unknown>>,
  path: string,
  wanted: string | undefined,
): BotCharts {
  const bots = Object.entries(module).filter(([, value]) => isChart(value) || isBot(value))
  const names = bots.map(([name]) => name)
  const name = wanted ?? (names.includes('default') || names.length !== 1 ? 'default' : names[0])
  const bot = bots.find(([each]) => each === name)?.[1]
  if (isChart(bot)) return { chart: bot }
  if (isBot(bot)) return bot
  if (wanted !== undefined || names.length > 1) {
    throw refusal(
      'bot.whichChart',
      wanted === undefined
        ? `${path} exports several charts.`
        : `${path} exports no chart named ${wanted}.`,
      names.length === 0 ? NO_CHART : `Choose with --chart: ${names.join(', ')}.`,
    )
  }
  const others = Object.keys(module).join(', ') || 'nothing'
  throw refusal('bot.noChart', `${path} exports no chart; it exports ${others}.`, NO_CHART)
}

const NO_CHART =
  'Export what createMachine(callChart({ … })) gives, or { charts: [{ chart }, …] }, as default or by a name.'

/** By what it has, not by its class: a bot may bring a copy of XState of its own. */
function isChart(value: unknown): value is AnyStateMachine {
  return (
    typeof value === 'object' &&
    value !== null &&
    'implementations' in value &&
    'root' in value &&
    'getInitialSnapshot' in value
  )
}

/** A chart with its versions, or several. */
function isBot(value: unknown): value is BotCharts {
  if (typeof value !== 'object' || value === null) return false
  if ('charts' in value) return Array.isArray(value.charts) && value.charts.every(isBot)
  return 'chart' in value && isChart(value.chart)
}

/** The folder that a bot of one chart names itself; of several, each chart has its own. */
function ownFolder(bot: BotCharts): string | undefined {
  return 'charts' in bot ? undefined : bot.promptsFolder
}

function promptsFolderOf(path: string, wanted: string | undefined): string | undefined {
  const folder = wanted ?? join(dirname(path), 'prompts')
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    return relative('.', folder) || '.'
  }
  if (wanted === undefined) return undefined
  throw refusal('prompts.missing', `There is no folder ${wanted}.`, 'Name a folder of WAV files.')
}

function refusal(code: string, what: string, fix: string, cause?: unknown): ConfigurationError {
  return new ConfigurationError({ code, what, fix, ...(cause !== undefined && { cause }) })
}
