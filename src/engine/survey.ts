/** Looks at the live calls of a store and says how each would go on under a bot's charts; changes nothing. */

import type { Store, StoredCall } from '../../snapshots/store.ts'
import { reasonOf } from '../errors.ts'
import { invocationOf } from './change.ts'
import type { Charts } from './charts.ts'
import { strandedIn } from './fit.ts'
import { statesOf, storedBase, storedSnapshot } from './group.ts'
import { loadCall } from './load.ts'
import { standingOf } from './standing.ts'
import { unwatched } from './told.ts'
import { UnreadableError } from './unreadable.ts'
import type { Upgraded } from './upgrade.ts'

/** How one stored call would go on. */
export type Prospect = {
  readonly key: string
  readonly chart: string
  readonly version: string
  /** The version it goes on under; its own where it stays. */
  readonly to: string
  /** The base of the call chart, Callchart's own regions, that it stands on; undefined where it cannot be read. */
  readonly base: number | undefined
  /** The base it goes on under. */
  readonly toBase: number | undefined
  /** Its active states, in the words of the version it stands on. */
  readonly states: readonly string[]
  /** Why it cannot go on; empty when it can. */
  readonly flaws: readonly string[]
  /** What its upgrade does with deadlines and promise logic. */
  readonly changes: readonly string[]
}

/** Calls looked at in one go. */
const PAGE = 500

/** Every live call that is `wanted`, one after the other: as many as there are, in the memory of a page. */
export async function* survey(
  store: Pick<Store, 'liveKeys' | 'load'>,
  charts: Charts,
  wanted: (stored: StoredCall) => boolean = () => true,
): AsyncGenerator<Prospect> {
  let after: string | undefined
  do {
    const keys = await store.liveKeys(after, PAGE)
    for (const key of keys) {
      const stored = await store.load(key)
      if (stored?.status === 'live' && wanted(stored)) yield prospectOf(stored, charts)
    }
    after = keys.at(-1)
  } while (after !== undefined)
}

/** How a stored call would go on. */
export function prospectOf(stored: StoredCall, charts: Charts): Prospect {
  const { key, chartId, chartVersion: version } = stored
  const chart = charts.after(chartId, version)?.chart ?? charts.at(chartId, version)
  const told = {
    ...{ key, chart: chartId, version, to: chart?.version ?? version },
    ...{ base: readOf(() => storedBase(stored)), toBase: chart?.base },
    states: readOf(() => statesIn(stored)) ?? [],
  }
  try {
    const { upgraded } = loadCall(charts, stored, unwatched)
    if (upgraded) return { ...told, flaws: [], changes: changesOf(stored, upgraded) }
    return { ...told, flaws: stranded(stored, charts), changes: [] }
  } catch (error) {
    return { ...told, flaws: reasonsOf(error), changes: [] }
  }
}

function statesIn(stored: StoredCall): readonly string[] {
  const snapshot = storedSnapshot(stored)
  return 'value' in snapshot ? statesOf(snapshot) : []
}

/** What a damaged record does not tell is told as nothing: why it cannot go on is told apart. */
function readOf<Read>(read: () => Read): Read | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

function stranded(stored: StoredCall, charts: Charts): readonly string[] {
  const chart = charts.at(stored.chartId, stored.chartVersion)
  const persisted = { value: {}, context: {} }
  return chart ? strandedIn(chart.machine, standingOf({ ...stored, persisted })) : []
}

function changesOf({ outbox }: StoredCall, upgraded: Upgraded): readonly string[] {
  const { event, timersRemoved, timersMoved, uninvoked } = upgraded
  return [
    ...timersRemoved.map((id) => `deadline ${id} ends`),
    ...timersMoved.map(({ id }) => `deadline ${id} takes over, due as before`),
    ...event.timers.map(({ id, delayMs }) => `deadline ${id} begins, ${delayMs} ms`),
    ...outbox
      .filter(({ id }) => uninvoked.includes(id))
      .map((entry) => `invocation ${invocationOf({ params: JSON.parse(entry.params) }).id} ends`),
    ...event.invocations.map(({ id, src }) => `invocation ${id} (${src}) begins`),
  ]
}

function reasonsOf(error: unknown): readonly string[] {
  if (error instanceof UnreadableError) return error.reasons
  return [reasonOf(error)]
}
