/** Refusing to start on calls that the chart at hand could not go on with. */
import type { Store } from '../../snapshots/store.ts'
import { CallchartError } from '../errors.ts'
import type { Chart } from './chart.ts'

/** Throws, naming the calls, when live calls stand on another chart or version. */
export async function refuseForeignCharts(store: Store, chart: Chart): Promise<void> {
  const uses = await store.chartUses()
  const foreign = uses.filter(
    ({ chartId, chartVersion }) => chartId !== chart.id || chartVersion !== chart.version,
  )
  if (foreign.length === 0) return
  const named = foreign
    .map(
      ({ chartId, chartVersion, calls, keys }) =>
        `${calls} on '${chartId}' version ${chartVersion} (${keys.join(', ')})`,
    )
    .join('; ')
  throw new CallchartError({
    code: 'chart.cannotRead',
    what: `The database holds live calls that chart '${chart.id}' version ${chart.version} cannot go on with: ${named}.`,
    fix: 'Start the bot with the chart they run on until they have ended, or give this bot a database of its own.',
  })
}
