/** Why a stored call cannot go on under the charts that a bot brings. */
import type { StoredCall } from '../../snapshots/store.ts'
import { CallchartError } from '../errors.ts'
import type { Chart } from './chart.ts'
import { storedBase } from './group.ts'

/** Names the call, and every reason. */
export class UnreadableError extends CallchartError {
  readonly reasons: readonly string[]

  constructor(
    { key, chartId, chartVersion }: StoredCall,
    reasons: readonly string[],
    fix?: string,
  ) {
    super({
      code: 'chart.cannotRead',
      what: `Call '${key}' of chart '${chartId}' version ${chartVersion} cannot go on: ${reasons.join('; ')}.`,
      fix:
        fix ??
        `Give the bot version ${chartVersion} among the chart's versions, or mend its upgrade from there.`,
    })
    this.reasons = reasons
  }
}

/** Throws where a chart is not the one, not the version or not on the base that wrote a call: replay never crosses. */
export function refuseForeign(chart: Chart, stored: StoredCall): void {
  const { chartId, chartVersion, journal } = stored
  if (chartId !== chart.id) throw new UnreadableError(stored, [`chart '${chart.id}' is another`])
  const versions = [chartVersion, ...journal.map((entry) => entry.chartVersion)]
  const foreign = versions.find((version) => version !== chart.version)
  if (foreign !== undefined) {
    throw new UnreadableError(stored, [`version ${chart.version} was given what ${foreign} wrote`])
  }
  const base = storedBase(stored)
  if (base !== chart.base) {
    throw new UnreadableError(stored, [`base ${chart.base} was given what base ${base} wrote`])
  }
}
