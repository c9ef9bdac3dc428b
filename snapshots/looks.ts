/** Calls as they stand in a list: read for whoever looks on, never for a turn. */
import type Database from 'better-sqlite3'
import { readingEnded, unpacked } from './ended.ts'
import { type EndedRow, preparePast } from './statements.ts'
import type { CallBrief, CallStatus } from './store.ts'

type BriefRow = Omit<CallBrief, 'graphId' | 'first' | 'last'> & {
  readonly graphId: string | null
  readonly firstMs: number
  readonly firstEvent: string
  readonly lastMs: number
  readonly lastType: string
}

type PackedRow = EndedRow & { readonly ordinal: number }

/** Of the first and of the last entry; their order makes both a step into the journal's own index. */
const brief = `
  SELECT call.id AS ordinal, key, graph_id AS graphId, status, chart_id AS chartId,
         call.chart_version AS chartVersion, first.at_ms AS firstMs, first.event AS firstEvent,
         last.at_ms AS lastMs, json_extract(last.event, '$.type') AS lastType,
         (SELECT count(*) FROM outbox WHERE call = call.id AND status = 'failed')
         + (SELECT count(*) FROM quarantine WHERE call = call.id) AS problems,
         (SELECT count(*) FROM outbox WHERE call = call.id AND status = 'inDoubt') AS doubts
  FROM call
  JOIN journal AS first ON first.call = call.id AND first.sequence = 1
  JOIN journal AS last ON last.call = call.id
   AND last.sequence = (SELECT max(sequence) FROM journal WHERE call = call.id)`

/**
 * The statements of those who look on.
 *
 * @internal better-sqlite3 has no name for their type, so no declaration can be written.
 */
export function prepareLooks(database: Database.Database) {
  return {
    ...preparePast(database),
    idOfKey: database.prepare<[key: string], number>('SELECT id FROM call WHERE key = ?').pluck(),
    brief: database.prepare<[key: string], BriefRow>(`${brief} WHERE key = ?`),
    page: database.prepare<[status: CallStatus, before: number, limit: number], BriefRow>(
      `${brief} WHERE status = ? AND call.id < ? ORDER BY call.id DESC LIMIT ?`,
    ),
    packed: database.prepare<[key: string], PackedRow>(
      'SELECT id AS ordinal, key, past FROM ended WHERE key = ?',
    ),
    packedPage: database.prepare<[before: number, limit: number], PackedRow>(
      'SELECT id AS ordinal, key, past FROM ended WHERE id < ? ORDER BY id DESC LIMIT ?',
    ),
  }
}

/** @internal */
export type Looks = ReturnType<typeof prepareLooks>

/** @internal */
export function briefOf(looks: Looks, key: string): CallBrief | undefined {
  const row = looks.brief.get(key)
  if (row) return briefIn(row)
  const packed = readingEnded(`call ${key}`, () => looks.packed.get(key))
  return packed && packedBrief(packed)
}

/** @internal */
export function livePage(looks: Looks, before: number, limit: number): readonly CallBrief[] {
  return looks.page.all('live', before, limit).map(briefIn)
}

/**
 * Calls that have ended, those packed among them.
 *
 * @internal
 */
export function endedPage(looks: Looks, before: number, limit: number): readonly CallBrief[] {
  const loose = looks.page.all('ended', before, limit).map(briefIn)
  const packed = readingEnded('a call', () => looks.packedPage.all(before, limit))
  const all: readonly (CallBrief | PackedRow)[] = [...loose, ...packed]
  return all
    .toSorted((one, other) => other.ordinal - one.ordinal)
    .slice(0, limit)
    .map((each) => ('past' in each ? packedBrief(each) : each))
}

function briefIn({ graphId, firstMs, firstEvent, lastMs, lastType, ...row }: BriefRow): CallBrief {
  return {
    ...row,
    graphId: graphId ?? undefined,
    first: { atMs: firstMs, event: firstEvent },
    last: { atMs: lastMs, type: lastType },
  }
}

function packedBrief(row: PackedRow): CallBrief {
  return readingEnded(`call ${row.key}`, () => {
    const past = unpacked(row)
    const { key, graphId, status, chartId, chartVersion, journal, outbox, quarantine } = past
    const failed = outbox.filter((entry) => entry.status === 'failed').length
    const [first, last] = [journal.at(0), journal.at(-1)]
    return {
      ordinal: row.ordinal,
      key,
      graphId: graphId ?? undefined,
      status,
      chartId,
      chartVersion,
      first: { atMs: first?.atMs ?? 0, event: first?.event ?? '{}' },
      last: { atMs: last?.atMs ?? 0, type: typeOf(last?.event) },
      problems: failed + quarantine.length,
      doubts: 0,
    }
  })
}

function typeOf(event = '{}'): string {
  const { type = '' }: { readonly type?: string } = JSON.parse(event)
  return type
}
