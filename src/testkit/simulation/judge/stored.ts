/** A call as the disk holds it, brought to life to be looked at. */
import { isDeepStrictEqual } from 'node:util'
import type { ActorEntry, StoredCall } from '../../../../snapshots/index.ts'
import { Call, unreadable } from '../../../engine/call.ts'
import type { Charts } from '../../../engine/charts.ts'
import { unobserved } from '../../../telemetry.ts'

/** The call that a record holds. */
export function revive(charts: Charts, stored: StoredCall): Call {
  const chart = charts.at(stored.chartId, stored.chartVersion)
  if (!chart) throw unreadable(stored, 'the bot does not bring that version')
  return Call.loaded(chart, stored, { observe: unobserved, roundTrip: false })
}

/** Whether two sets of actors say the same, in whatever order they say it. */
export function sameActors(some: readonly ActorEntry[], others: readonly ActorEntry[]): boolean {
  return isDeepStrictEqual(read(some), read(others))
}

function read(actors: readonly ActorEntry[]): ReadonlyMap<string, unknown> {
  return new Map(actors.map(({ actor, snapshot }) => [actor, JSON.parse(snapshot)]))
}
