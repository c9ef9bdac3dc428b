/** createBot: a chart and a configuration become a running bot. */
import { openSqliteStore } from '../../snapshots/index.ts'
import { readConfig } from '../config.ts'
import { safeAddress } from '../telemetry/inspection/link.ts'
import type { Bot } from './bot.ts'
import { onDuty } from './duty.ts'
import type { BotOptions } from './options.ts'
import { assemble } from './parts.ts'

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
  const store = options.store ?? openSqliteStore(config.databasePath)
  try {
    return onDuty(options, await assemble(options, config, store))
  } catch (error) {
    await store.close()
    throw error
  }
}
