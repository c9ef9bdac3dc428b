/** Which app registration each chart of a bot is of: its own, or else the configuration's. */
import { isDeepStrictEqual } from 'node:util'
import { type App, readApp } from '../config.ts'
import { type BotCharts, type ChartVersions, type Choose, chartsOf } from '../engine/index.ts'
import { ConfigurationError } from '../errors.ts'

/** A bot's charts, each with the app that its calls are of. */
export type ChartsOfApps = {
  readonly charts: readonly (ChartVersions & { readonly app: App })[]
  readonly choose: Choose | undefined
}

/** The charts of a bot, those without an app of their own under `own`; throws `ConfigurationError`. */
export function withApps(bot: BotCharts, own: App): ChartsOfApps {
  const { charts, choose } = chartsOf(bot)
  return {
    charts: charts.map((each) => ({
      ...each,
      app: each.app ? readApp(each.app, each.chart.id) : own,
    })),
    choose,
  }
}

/** The apps of a bot, each once, in the order of its charts; throws `ConfigurationError` for one that is told in two ways. */
export function appsOf({ charts }: ChartsOfApps): readonly App[] {
  const apps = new Map<string, App>()
  for (const { app } of charts) {
    const { appId, credential, tenantId } = app
    const known = apps.get(appId)
    if (known && !isDeepStrictEqual(known, { appId, credential, tenantId })) throw toldTwice(appId)
    apps.set(appId, { appId, credential, tenantId })
  }
  return [...apps.values()]
}

function toldTwice(appId: string): ConfigurationError {
  return new ConfigurationError({
    code: 'app.twice',
    what: `The bot was given app ${appId} twice, with another credential or tenant.`,
    fix: 'Give all charts of one app the same credential and tenantId.',
  })
}
