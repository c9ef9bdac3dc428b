/** Replaying the journal through the chart gives the stored snapshot. */

import { privateParts } from '../../../../machines/privacy.ts'
import { decodeEvent, type JournalEntry, type StoredCall } from '../../../../snapshots/index.ts'
import type { Chart } from '../../../engine/chart.ts'
import type { Charts } from '../../../engine/charts.ts'
import { encodeActors, type Group, type StartEvent } from '../../../engine/group.ts'
import { startTurn, takeTurn } from '../../../engine/turn.ts'
import type { Evidence } from '../../invariants/invariant.ts'
import { sameActors } from './stored.ts'

export async function replaysExactly({ charts, disk, keys }: Evidence): Promise<string[]> {
  const found: string[] = []
  for (const key of keys) {
    const stored = await disk.store.load(key)
    const journal = await disk.store.journal(key)
    const flaw = stored && flawOf(charts, stored, journal)
    if (flaw) found.push(`call ${key}: ${flaw}`)
  }
  return found
}

function flawOf(
  charts: Charts,
  stored: StoredCall,
  journal: readonly JournalEntry[],
): string | undefined {
  const told = journal.filter(({ sequence }) => sequence <= stored.snapshotSequence)
  const missing = told.find(({ sequence }, index) => sequence !== index + 1)
  if (missing) return `the journal has a gap before ${missing.sequence}.`
  if (told.length !== stored.snapshotSequence) return 'the journal ends before the snapshot.'
  const heard = told.map(({ event, chartVersion }) => ({
    event: decodeEvent(event),
    chart: charts.at(stored.chartId, chartVersion),
  }))
  // What private parts made of a call cannot be replayed, and never has to be.
  if (heard.some(({ event }) => event.type in privateParts)) return undefined
  const replay = replayed(heard)
  if (!replay) return 'the journal does not begin with the start of the call.'
  const actors = encodeActors(replay.chart, replay.group)
  return sameActors(actors, stored.actors)
    ? undefined
    : `replayed, it differs from the snapshot of ${stored.snapshotSequence}.`
}

type Heard = { readonly event: ReturnType<typeof decodeEvent>; readonly chart: Chart | undefined }
type Replay = { readonly group: Group; readonly chart: Chart }

/** Each event under the version that heard it. */
function replayed([first, ...rest]: readonly Heard[]): Replay | undefined {
  if (!first?.chart || !isStart(first.event)) return undefined
  const { group } = startTurn(first.chart, first.event)
  return rest.reduce<Replay | undefined>(
    (replay, { event, chart }) =>
      replay && chart && { chart, group: takeTurn(chart, replay.group, event).group },
    { group, chart: first.chart },
  )
}

function isStart(event: { readonly type: string }): event is StartEvent {
  return event.type === 'call.started'
}
