/** From a file named on the command line to the chart it exports. */
import { existsSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { AnyStateMachine } from 'xstate'
import { CallchartError, ConfigurationError } from '../errors.ts'

export type LoadOptions = {
  /** Name of the export that is the chart. */
  readonly chart?: string
  /** Folder of the bot's prompts. */
  readonly prompts?: string
}

/** A bot as its file and the command line tell it. */
export type LoadedBot = {
  readonly chart: AnyStateMachine
  readonly promptsFolder: string | undefined
}

/** Loads a bot's module; throws `ConfigurationError` that says what it lacks. */
export async function loadBot(path: string, options: LoadOptions): Promise<LoadedBot> {
  const chart = chartOf(await importModule(path), path, options.chart)
  return { chart, promptsFolder: promptsFolderOf(path, options.prompts) }
}

async function importModule(path: string): Promise<Readonly<Record<string, unknown>>> {
  if (!existsSync(path)) {
    throw refusal(
      'bot.missing',
      `There is no file ${path}.`,
      'Name the module that exports your chart.',
    )
  }
  try {
    return await import(pathToFileURL(resolve(path)).href)
  } catch (cause) {
    if (cause instanceof CallchartError) throw cause
    throw refusal('bot.broken', `${path} cannot be loaded.`, 'Mend what its error says:', cause)
  }
}

function chartOf(
  module: Readonly<Record<string, unknown>>,
  path: string,
  wanted: string | undefined,
): AnyStateMachine {
  const charts = Object.entries(module).filter(([, value]) => isChart(value))
  const names = charts.map(([name]) => name)
  const name = wanted ?? (names.includes('default') || names.length !== 1 ? 'default' : names[0])
  const chart = charts.find(([each]) => each === name)?.[1]
  if (isChart(chart)) return chart
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

const NO_CHART = 'Export what createMachine(callChart({ … })) gives, as default or by a name.'

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
