/** Every live call this engine has, kept up to date; drawn at the browser's own pace. */
import { signal } from '@preact/signals'
import type { CallRow, CallsFresh, CallsPage, CallsUpdate, Told } from '../../../admin/protocol.ts'
import { ask, Refused } from '../api.ts'
import { openStream } from '../stream.ts'

/** Ended calls that stay in the list, the latest. */
const MOST_ENDED = 500
const PAGE = 500
/** How many rates the curve at the top remembers: four a second, a minute. */
const MOST_RATES = 240

/** Rows by key. Changed in place: `version` says when. */
export const rows = new Map<string, CallRow>()
export const version = signal(0)
export const totals = signal<CallsFresh | undefined>(undefined)
/** What was told of rates, oldest first. */
export const pastRates = signal<readonly CallsFresh[]>([])
/** Whether the list is whole, or still being read. */
export const isWhole = signal(false)
/** Why it cannot be read. */
export const listProblem = signal<Told | undefined>(undefined)

let isDrawAsked = false
let reading = 0

/** Follows the engine's calls for as long as the page lives. */
export function followCalls(): void {
  openStream(() => 'stream', {
    fresh: (body) => {
      keepTotals(JSON.parse(body))
      void readAll()
    },
    update: (body) => {
      const update: CallsUpdate = JSON.parse(body)
      for (const row of update.rows) rows.set(row.key, row)
      keepTotals(update)
      draw()
    },
  })
}

function keepTotals(told: CallsFresh): void {
  totals.value = told
  pastRates.value = [...pastRates.value, told].slice(-MOST_RATES)
}

/** Rows that come by the stream meanwhile are newer than the pages, and stay. */
async function readAll(): Promise<void> {
  reading += 1
  const mine = reading
  isWhole.value = false
  rows.clear()
  try {
    await readPages('live', Number.POSITIVE_INFINITY, mine)
    await readPages('ended', MOST_ENDED, mine)
    if (mine === reading) isWhole.value = true
    listProblem.value = undefined
  } catch (problem) {
    if (problem instanceof Refused) listProblem.value = problem
  }
  draw()
}

async function readPages(status: CallRow['status'], most: number, mine: number): Promise<void> {
  let after: string | undefined
  let left = most
  do {
    const limit = Math.min(PAGE, left)
    const from = after === undefined ? '' : `&after=${encodeURIComponent(after)}`
    const page: CallsPage = await ask(`calls?status=${status}&limit=${limit}${from}`)
    if (mine !== reading) return
    for (const row of page.rows) if (!rows.has(row.key)) rows.set(row.key, row)
    draw()
    after = page.next
    left -= page.rows.length
  } while (after !== undefined && left > 0)
}

/** However many updates come, the page draws once a frame. */
function draw(): void {
  if (isDrawAsked) return
  isDrawAsked = true
  requestAnimationFrame(() => {
    isDrawAsked = false
    forgetEnded()
    version.value += 1
  })
}

/** The longest ended are let go, half as many again as stay at a time: finding them takes a look at every row. */
function forgetEnded(): void {
  const live = totals.value?.counts.live ?? 0
  if (rows.size < live + 1.5 * MOST_ENDED) return
  const ended = [...rows.values()]
    .filter(({ status }) => status === 'ended')
    .toSorted((one, other) => (other.endedMs ?? 0) - (one.endedMs ?? 0))
  for (const { key } of ended.slice(MOST_ENDED)) rows.delete(key)
}
