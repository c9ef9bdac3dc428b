/** The examination: every check in the order in which one explains the next. */
import { X509Certificate } from 'node:crypto'
import type { AnyStateMachine } from 'xstate'
import { promptFoldersOf } from '../../bot/index.ts'
import { type Config, type Environment, readConfig } from '../../config.ts'
import { type BotCharts, Charts } from '../../engine/index.ts'
import { CallchartError } from '../../errors.ts'
import { certificateOf } from '../../graph/certificate.ts'
import type { PromptFolders } from '../../webhook/index.ts'
import { type LoadedBot, type LoadOptions, loadBot } from '../loadBot.ts'
import { checkDatabase } from './database.ts'
import { type Finding, ok, reasonOf, unknown, wrong } from './finding.ts'
import { checkMicrosoft } from './microsoft.ts'
import { checkPrompts, sharedFolders } from './prompts.ts'
import { checkPublicUrl } from './publicUrl.ts'
import { standIn } from './standIn.ts'
import { checkTokens } from './token.ts'
import { type Wishes, wishesOf, wishesOfAll } from './wishes.ts'

const DAY_MS = 24 * 60 * 60_000
/** A certificate that ends sooner than this should have been replaced by now. */
const LEAST_DAYS = 14

/** What is examined. */
export type Patient = {
  /** Path of the bot's module; absent where only the installation is looked at. */
  readonly bot: string | undefined
  readonly options: LoadOptions
  readonly environment: Environment
}

/** Looks at everything, telling each finding as soon as it is known. */
export async function* examine({ bot, options, environment }: Patient): AsyncGenerator<Finding> {
  const loaded = bot === undefined ? undefined : await readBot(bot, options)
  const wishes = loaded?.bot && wishesOfAll(loaded.bot.charts)
  yield* loaded?.findings ?? []
  if (wishes) yield* opaqueFindings(wishes)
  const { findings, config } = readConfiguration(environment)
  yield* findings
  if (!config) {
    if (loaded?.bot) yield* promptFindings(loaded.bot, undefined)
    yield unknown('the rest', 'Cannot be looked at before the configuration is well.')
    return
  }
  yield* await checkDatabase(config.databasePath)
  yield* await checkMicrosoft(config)
  if (findings.every(({ verdict }) => verdict === 'ok'))
    yield* await tokenFindings(config, loaded?.bot?.bot)
  else yield unknown('token', 'Cannot be asked for before the credential is well.')
  yield* examineRoad(config, loaded?.bot)
}

async function* examineRoad(config: Config, bot: ExaminedBot | undefined): AsyncGenerator<Finding> {
  const answering = await standIn(config, bot?.prompts)
  try {
    yield answering.finding
    const road = await checkPublicUrl(config, answering.mark)
    yield* road
    const isOpen = road.some(({ check, verdict }) => check === 'webhook' && verdict === 'ok')
    if (bot) yield* promptFindings(bot, isOpen ? config.publicUrl : undefined)
  } finally {
    await answering.close()
  }
}

async function* promptFindings(
  { charts, prompts }: ExaminedBot,
  publicUrl: string | undefined,
): AsyncGenerator<Finding> {
  for (const { wishes, folder, path } of sharedFolders(charts, prompts)) {
    const promptsUrl = publicUrl === undefined ? undefined : publicUrl + path
    yield* await checkPrompts(wishes, { folder, promptsUrl })
  }
}

type ExaminedBot = LoadedBot & { readonly prompts: PromptFolders }
type ReadBot = { readonly findings: readonly Finding[]; readonly bot?: ExaminedBot }

async function readBot(path: string, options: LoadOptions): Promise<ReadBot> {
  try {
    const bot = await loadBot(path, options)
    new Charts(bot.bot)
    const prompts = promptFoldersOf(bot.bot, bot.promptsFolder)
    return { findings: bot.charts.map(chartFinding), bot: { ...bot, prompts } }
  } catch (error) {
    if (error instanceof CallchartError) return { findings: [problem('chart', error)] }
    throw error
  }
}

function chartFinding(chart: AnyStateMachine): Finding {
  const effects = [...new Set(wishesOf(chart).effects.map(({ effect }) => effect))]
  return ok('chart', `${chart.id} version ${chart.version}; it may ask for ${effects.join(', ')}.`)
}

function* opaqueFindings({ opaque }: Wishes): Generator<Finding> {
  if (opaque.length === 0) return
  yield unknown('chart', `What ${opaque.join(', ')} enqueues is not known before it runs.`)
}

async function tokenFindings(
  config: Config,
  bot: BotCharts | undefined,
): Promise<readonly Finding[]> {
  try {
    return await checkTokens(config, bot)
  } catch (error) {
    if (error instanceof CallchartError) return [problem('app', error)]
    throw error
  }
}

type ReadConfiguration = { readonly findings: readonly Finding[]; readonly config?: Config }

function readConfiguration(environment: Environment): ReadConfiguration {
  try {
    const config = readConfig(environment)
    const complete = ok('configuration', 'Every variable that is needed is set and well-formed.')
    return { findings: [complete, ...certificateFindings(config)], config }
  } catch (error) {
    if (error instanceof CallchartError) return { findings: [problem('configuration', error)] }
    throw error
  }
}

function certificateFindings({ credential }: Config): readonly Finding[] {
  if ('secret' in credential) return []
  try {
    const { x5c } = certificateOf(credential.certificatePem)
    return [lifeFinding(Date.parse(new X509Certificate(x5c).validTo))]
  } catch (error) {
    if (error instanceof CallchartError) return [problem('credential', error)]
    throw error
  }
}

function lifeFinding(untilMs: number): Finding {
  const days = Math.floor((untilMs - Date.now()) / DAY_MS)
  if (days >= LEAST_DAYS) return ok('credential', `The certificate is valid for ${days} more days.`)
  const what = days < 0 ? 'The certificate has expired.' : `The certificate ends in ${days} days.`
  return wrong('credential', what, 'Make a new one and upload it to the app registration.')
}

function problem(check: string, error: CallchartError): Finding {
  const cause = error.cause === undefined ? '' : ` ${reasonOf(error.cause)}`
  return wrong(check, error.message.slice(0, -error.fix.length).trim(), `${error.fix}${cause}`)
}
