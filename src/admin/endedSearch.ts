/** Ended calls found by words. Nothing of them is indexed, so each is read: only so many for one question. */
import { setImmediate } from 'node:timers/promises'
import type { Store } from '../../snapshots/index.ts'
import { endedRow, knownOf } from './briefs.ts'
import type { CallRow, CallsPage } from './protocol.ts'

/** Ended calls looked through for one question. */
const MOST_SEARCHED = 1_000

/** Of these before turns get their chance again. */
const AT_ONCE = 5

type Found = Pick<CallsPage, 'rows' | 'next' | 'searched'>

export type Search = {
  readonly text: string
  /** Only those before it, in the order in which calls began. */
  readonly after: number | undefined
  readonly limit: number
}

/** The newest that have all the words; `next` says where to look on. */
export async function searchEnded(store: Store, { text, after, limit }: Search): Promise<Found> {
  const named = after === undefined ? await endedNamed(store, text.trim()) : []
  if (named.length > 0) return { rows: named }
  const rows: CallRow[] = []
  let before = after
  for (let searched = 0; searched < MOST_SEARCHED; ) {
    const page = await store.page('ended', before, AT_ONCE)
    for (const known of page.map(knownOf)) {
      const row = endedRow(known)
      searched += 1
      before = known.ordinal
      if (hasWords(row, text)) rows.push(row)
      if (rows.length === limit) return { rows, searched, next: String(before) }
    }
    if (page.length < AT_ONCE) return { rows, searched }
    await setImmediate()
  }
  return { rows, searched: MOST_SEARCHED, next: String(before) }
}

/** Whether what a list shows of a call has all of these words, in any order. */
export function hasWords(row: CallRow, text: string): boolean {
  const { key, graphId, who, chart, direction, state, topology, scenario, lastEvent } = row
  const parts = [key, graphId, who, chart.id, direction, state, topology, ...scenario]
  const whole = [...parts, lastEvent?.type].join(' ').toLowerCase()
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => whole.includes(word))
}

/** By key or Graph's id, whole: these are indexed. */
async function endedNamed(store: Store, name: string): Promise<readonly CallRow[]> {
  const keys = new Set([name, await store.find(name.toLowerCase())])
  const rows: CallRow[] = []
  for (const key of keys) {
    const brief = key === undefined ? undefined : await store.brief(key)
    if (brief?.status === 'ended') rows.push(endedRow(knownOf(brief)))
  }
  return rows
}
