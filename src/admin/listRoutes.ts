/** The list of calls, a page at a time. */
import { setImmediate } from 'node:timers/promises'
import { Hono } from 'hono'
import { z } from 'zod'
import type { Store } from '../../snapshots/index.ts'
import { count, MOST_ROWS, position, readQuery } from './asked.ts'
import type { Book } from './book.ts'
import { endedRow, knownOf } from './briefs.ts'
import { hasWords, searchEnded } from './endedSearch.ts'
import type { CallRow, CallsPage, Counts, Rates } from './protocol.ts'

export type ListOptions = {
  readonly book: Book
  readonly store: Store
  readonly rates: () => Rates
}

const ROWS = 100

/** Live calls searched before turns get their chance again. */
const AT_ONCE = 500

/** Packed calls are unpacked to be listed: of these a page holds fewer. */
const MOST_ENDED_ROWS = 100

const wish = z.object({
  text: z.string().max(200).optional(),
  state: z.string().max(100).optional(),
  status: z.enum(['live', 'ended']).default('live'),
  after: position,
  limit: count(MOST_ROWS, ROWS),
})

type Wish = z.output<typeof wish>
type Page = Pick<CallsPage, 'rows' | 'next' | 'searched'>

export function listRoutes(options: ListOptions): Hono {
  const { book, rates } = options
  const routes = new Hono()
  routes.get('/calls', async (context) => {
    const asked = readQuery<Wish>(context, wish)
    const page =
      asked.status === 'live' ? await livePage(book, asked) : await endedPage(options, asked)
    const counts: Counts = await book.counts()
    return context.json({ ...page, counts, rates: rates() } satisfies CallsPage)
  })
  return routes
}

async function livePage(book: Book, { text = '', state, after, limit }: Wish): Promise<Page> {
  const rows: CallRow[] = []
  for (const [index, call] of (await book.calls()).entries()) {
    if (index % AT_ONCE === AT_ONCE - 1) await setImmediate()
    const { known } = call
    if (!known || (after !== undefined && known.ordinal >= after)) continue
    const row = call.row(known)
    if (state !== undefined && !standsIn(row, state)) continue
    if (!hasWords(row, text)) continue
    if (rows.length === limit) return { rows, next: nextAfter(rows, book) }
    rows.push(row)
  }
  return { rows }
}

function nextAfter(rows: readonly CallRow[], book: Book): string | undefined {
  const last = rows.at(-1)
  return last && book.ordinalOf(last.key)
}

/** By the signalling state, whole or its first word, or by a state of the scenario. */
function standsIn(row: CallRow, state: string): boolean {
  return [row.state, row.topology, ...row.scenario].some(
    (each) => each === state || each.startsWith(`${state}.`),
  )
}

async function endedPage({ store }: ListOptions, { text = '', after, limit }: Wish): Promise<Page> {
  if (text.trim() !== '') return searchEnded(store, { text: text.trim(), after, limit })
  const most = Math.min(limit, MOST_ENDED_ROWS)
  const page = (await store.page('ended', after, most)).map(knownOf)
  const last = page.at(-1)
  return {
    rows: page.map(endedRow),
    ...(last && page.length === most && { next: String(last.ordinal) }),
  }
}
