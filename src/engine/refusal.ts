/** Refusing to start on stored calls that the bot's charts could not go on with. */
import type { ChartUse, Store } from '../../snapshots/store.ts'
import { CallchartError } from '../errors.ts'
import type { Charts } from './charts.ts'
import { storedBase } from './group.ts'
import { survey } from './survey.ts'

/** Calls named in an error; who needs all asks `callchart check-upgrade`. */
const NAMED = 20

/** Throws, naming calls, when any live call stands on a version that is not there, or cannot be upgraded. */
export async function refuseForeignCharts(store: Store, charts: Charts): Promise<void> {
  const uses = await store.chartUses()
  const foreign = uses.filter(
    ({ chartId, chartVersion }) =>
      !charts.at(chartId, chartVersion) && !charts.after(chartId, chartVersion),
  )
  if (foreign.length > 0) {
    const named = foreign.map(
      ({ chartId, chartVersion, calls, keys }) =>
        `${calls} on '${chartId}' version ${chartVersion} (${keys.join(', ')})`,
    )
    throw cannotGoOn(charts, named)
  }
  if (uses.some((use) => isMoved(charts, use))) await refuseLostCalls(store, charts)
}

/** Whether calls of this kind go on under another version, or another base. */
function isMoved(
  charts: Charts,
  { chartId, chartVersion, base }: Omit<ChartUse, 'calls' | 'keys'>,
) {
  const next = charts.after(chartId, chartVersion)
  return next !== undefined || charts.at(chartId, chartVersion)?.base !== base
}

async function refuseLostCalls(store: Store, charts: Charts): Promise<void> {
  const named: string[] = []
  const moved = survey(store, charts, (stored) =>
    isMoved(charts, { ...stored, base: storedBase(stored) }),
  )
  for await (const { key, version, flaws } of moved) {
    if (flaws.length > 0) named.push(`'${key}' (version ${version}: ${flaws.join('; ')})`)
    if (named.length === NAMED) break
  }
  if (named.length > 0) throw cannotGoOn(charts, named)
}

function cannotGoOn(charts: Charts, calls: readonly string[]): CallchartError {
  const ours = charts.current.map(({ id, version }) => `'${id}' version ${version}`).join(', ')
  return new CallchartError({
    code: 'chart.cannotRead',
    what: `The database holds live calls that this bot (${ours}) cannot go on with: ${calls.join('; ')}.`,
    fix: "Give the bot those versions among the chart's versions, or an upgrade from them, or a database of its own; run a Callchart as new as the one that wrote them; callchart check-upgrade lists every call.",
  })
}
