/** Callchart itself, by its public door. */
import { join } from 'node:path'
import { type Bot, type BotOptions, createBot } from '../../src/bot/index.ts'
import { answeringChart, benchChart } from '../chart.ts'
import { ISSUER, serveKeys } from '../login.ts'
import { APP_ID, delivery, TENANT_ID } from '../traffic.ts'
import type { Contestant, ContestantOptions } from './contestant.ts'
import { outletsFor } from './onlookers.ts'

/** Nobody listens there: the measured traffic asks nothing of Graph. */
const NOWHERE = 'http://127.0.0.1:9'

/** Calls taken in at once while a contestant is made ready. */
const BATCH = 1_000

export type EngineOptions = ContestantOptions &
  Pick<BotOptions, 'hotCalls' | 'intakeLimit' | 'observe' | 'store'> & {
    /** A Graph that rings and is answered; without one, nothing is asked of it. */
    readonly graph?: { readonly graphUrl: string; readonly keysUrl: string }
    readonly tenantId?: string
    /** Lets operators look, with this token. */
    readonly adminToken?: string
  }

export async function openEngine(
  options: Partial<EngineOptions> & ContestantOptions,
): Promise<Contestant & { readonly bot: Bot }> {
  const { folder, callIds, login, hotCalls, intakeLimit, observe, graph } = options
  const outlets = outletsFor(options.onlooker)
  const keys = login && (await serveKeys(login))
  const bot = await createBot({
    chart: graph ? answeringChart : benchChart,
    ...(hotCalls !== undefined && { hotCalls }),
    ...(intakeLimit !== undefined && { intakeLimit }),
    ...(observe && { observe }),
    ...(options.store && { store: options.store }),
    ...outlets.options,
    config: {
      ...outlets.config,
      port: 0,
      host: '127.0.0.1',
      publicUrl: 'http://127.0.0.1:0',
      databasePath: join(folder, 'calls.db'),
      appId: APP_ID,
      credential: { secret: 'none' },
      tenantId: options.tenantId ?? TENANT_ID,
      graphUrl: graph?.graphUrl ?? NOWHERE,
      loginUrl: graph?.graphUrl ?? NOWHERE,
      keysUrl: graph?.keysUrl ?? keys?.url ?? NOWHERE,
      issuers: [ISSUER],
      ...(options.adminToken !== undefined && { adminToken: options.adminToken }),
    },
  })
  const listens = login !== undefined || graph !== undefined
  const publicUrl = listens ? await bot.listen() : await bot.start()
  const take: Contestant['take'] = async (told) => {
    const [verdict] = await bot.engine.intake([told])
    if (verdict?.kind !== 'accepted') throw new Error(`Not taken: ${JSON.stringify(verdict)}`)
  }
  await establish(bot, callIds)
  return {
    bot,
    url: publicUrl === undefined ? undefined : `${publicUrl}/api/calls`,
    take,
    pages: { metricsUrl: bot.metricsUrl, inspectUrl: bot.inspectUrl },
    told: outlets.told,
    close: async () => {
      await bot.close()
      keys?.close()
    },
  }
}

/** Lets calls ring and be established, as Graph would tell it. */
export async function establish({ engine }: Bot, callIds: readonly string[]): Promise<void> {
  for (let from = 0; from < callIds.length; from += BATCH) {
    const some = callIds.slice(from, from + BATCH)
    await engine.intake(some.map((id) => delivery(id, 'created', 'incoming')))
    await engine.intake(some.map((id) => delivery(id, 'updated', 'established')))
  }
}
