/** A call as the disk holds it, brought to life to be looked at. */
import { isDeepStrictEqual } from 'node:util'
import type { ActorEntry, StoredCall } from '../../../../snapshots/index.ts'
import { Call } from '../../../engine/call.ts'
import type { Chart } from '../../../engine/chart.ts'
import type { Charts } from '../../../engine/charts.ts'
import type { Group } from '../../../engine/group.ts'
import { loadCall } from '../../../engine/load.ts'
import { unwatched } from '../../../engine/told.ts'

/** The call that a record holds. */
export function revive(charts: Charts, stored: StoredCall): Call {
  return loadCall(charts, stored, unwatched).call
}

type Known = { readonly chart: Chart; readonly group: Group; readonly last: string | undefined }

/** Calls looked at again and again as they grow: of each, only what was journalled since is replayed. */
export class Followed {
  readonly #known = new Map<string, Known>()

  /** The call that a record holds. */
  revive(charts: Charts, stored: StoredCall): Call {
    const chart = charts.at(stored.chartId, stored.chartVersion)
    if (!chart) return revive(charts, stored)
    const call = Call.loaded(chart, stored, unwatched, this.#knownOf(chart, stored))
    this.#known.set(stored.key, { chart, group: call.group, last: stored.journal.at(-1)?.event })
    return call
  }

  /** What is known of a call, where its journal still goes on from there. */
  #knownOf(chart: Chart, { key, snapshotSequence, journal }: StoredCall): Group | undefined {
    const known = this.#known.get(key)
    if (known?.chart !== chart || known.group.sequence < snapshotSequence) return undefined
    const entry = journal.find(({ sequence }) => sequence === known.group.sequence)
    return entry && entry.event === known.last ? known.group : undefined
  }
}

/** Whether two sets of actors say the same, in whatever order they say it. */
export function sameActors(some: readonly ActorEntry[], others: readonly ActorEntry[]): boolean {
  return isDeepStrictEqual(read(some), read(others))
}

function read(actors: readonly ActorEntry[]): ReadonlyMap<string, unknown> {
  return new Map(actors.map(({ actor, snapshot }) => [actor, JSON.parse(snapshot)]))
}
