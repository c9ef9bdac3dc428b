/** createBot: a chart and a configuration become a running bot. */
import { openSqliteStore, type Store } from '../../snapshots/index.ts'
import { SystemClock } from '../clock.ts'
import { type Config, readConfig } from '../config.ts'
import { Charts, refuseForeignCharts } from '../engine/index.ts'
import { ConfigurationError } from '../errors.ts'
import { safeAddress } from '../telemetry/inspection/link.ts'
import type { PromptFolders } from '../webhook/index.ts'
import type { Bot } from './bot.ts'
import { onDuty } from './duty.ts'
import type { BotOptions } from './options.ts'
import { assemble } from './parts.ts'
import { promptFoldersOf } from './prompts.ts'
import { type TakenOver, takeOver } from './takeOver.ts'

/**
 * Makes a bot of a chart. Throws `ConfigurationError`, `ChartError` (a chart that cannot be kept durable)
 * or `StoreError` (a database that cannot be used), each saying how to mend it.
 *
 * @example
 * const bot = await createBot({ chart: frontDesk, promptsFolder: 'prompts' })
 * console.log(`listening on ${await bot.listen()}`)
 */
export async function createBot(options: BotOptions): Promise<Bot> {
  const config = options.config ?? readConfig(process.env)
  if (options.inspect?.address !== undefined) safeAddress(options.inspect.address)
  const prompts = promptFoldersOf(options, options.promptsFolder)
  const { store, door } = await held(options, config, prompts)
  try {
    return onDuty(options, await assemble(options, { config, prompts, store }), door)
  } catch (error) {
    await door?.close()
    await store.close()
    throw error
  }
}

async function held(
  options: BotOptions,
  config: Config,
  prompts: PromptFolders,
): Promise<TakenOver> {
  const { store, takeOver: waiting, clock = new SystemClock() } = options
  if (!waiting) return { store: store ?? openSqliteStore(config.databasePath) }
  if (store) throw heldAlready()
  const canGoOn = (stored: Store) => refuseForeignCharts(stored, new Charts(options))
  return takeOver({ ...waiting, config, clock, prompts, canGoOn })
}

function heldAlready(): ConfigurationError {
  return new ConfigurationError({
    code: 'takeOver.store',
    what: 'The bot was given a store and is to take over: a store that is given is held already.',
    fix: 'Leave store out, and takeOver waits for the database of the configuration; or leave takeOver out.',
  })
}
