/** One call, looked at: as it stands, what it went through, and how it stood at any moment. */
import { Refusal, unknownCall } from './answers.ts'
import type { Calls, Found } from './calls.ts'
import { explanationOf } from './explain.ts'
import { aroundOf, entriesOf, quarantineEntry } from './ladder.ts'
import { momentOf } from './moment.ts'
import { nowOf } from './now.ts'
import type {
  CallDetail,
  CallNow,
  CallRow,
  CallTest,
  Explanation,
  LadderEntry,
  Moment,
} from './protocol.ts'
import { retell } from './retold/index.ts'
import type { Retraced } from './retrace.ts'

export type CallDetailsOptions = {
  readonly calls: Calls
  /** A call's row, live or ended. */
  readonly rowOf: (key: string) => Promise<CallRow | undefined>
  readonly now: () => number
}

export class CallDetails {
  readonly #options: CallDetailsOptions

  constructor(options: CallDetailsOptions) {
    this.#options = options
  }

  /** The call, and the `limit` entries of its timeline before one of them. */
  async detail(key: string, before: number | undefined, limit: number): Promise<CallDetail> {
    const { calls, now } = this.#options
    const found = await calls.find(key)
    const last = Math.min(found.stored.sequence, (before ?? Number.POSITIVE_INFINITY) - 1)
    const first = Math.max(1, last - limit + 1)
    return {
      row: await this.#row(key),
      now: nowOf(found, now()),
      timeline: await this.entries(found, first, last),
      hasEarlier: first > 1,
    }
  }

  /** Its row, how it stands, and the entries after one of them. */
  async since(
    key: string,
    after: number,
    limit: number,
  ): Promise<{
    readonly row: CallRow
    readonly now: CallNow
    readonly entries: readonly LadderEntry[]
    readonly last: number
    readonly dropped: number
  }> {
    const { calls, now } = this.#options
    const found = await calls.find(key)
    const last = found.stored.sequence
    const first = Math.max(after + 1, last - limit + 1)
    return {
      row: await this.#row(key),
      now: nowOf(found, now()),
      entries: await this.entries(found, first, last),
      last,
      dropped: first - after - 1,
    }
  }

  /** Why the call stands where it does. */
  async explanation(key: string): Promise<Explanation> {
    const { calls, now } = this.#options
    const found = await calls.find(key)
    const timeline = await this.entries(found, 1, found.stored.sequence)
    return explanationOf(found, calls.chartOf(found), timeline, now())
  }

  /** How the call stood after one entry of its journal; throws 404 where it has none such. */
  async moment(key: string, sequence: number): Promise<Moment> {
    const { calls } = this.#options
    const found = await calls.find(key)
    if (sequence < 1 || sequence > found.stored.sequence) throw noMoment(found, sequence)
    const steps = await calls.retrace(found)
    if (!steps.some(({ turn }) => turn)) throw notLoaded(found)
    const entries = await this.entries(found, sequence, sequence)
    return momentOf(found, steps, sequence, entries)
  }

  /** A test that does again what people did in the call. */
  async test(key: string): Promise<CallTest> {
    const { calls } = this.#options
    const found = await calls.find(key)
    const steps = await calls.retrace(found)
    if (!steps.some(({ turn }) => turn)) throw notLoaded(found)
    const { chartId } = found.stored
    return retell({ key, chartId, steps, evidence: await calls.evidence(found) })
  }

  /** The ladder from one journal entry to another. */
  async entries(found: Found, first: number, last: number): Promise<readonly LadderEntry[]> {
    const { calls } = this.#options
    const { stored, past } = found
    if (last < first) return []
    const steps = await this.#steps(found)
    const journal = steps
      ? steps.slice(first - 1, last).map(({ entry }) => entry)
      : (await calls.journal(stored.key, first - 1)).slice(0, last - first + 1)
    const told = journal.flatMap((entry) =>
      entriesOf(entry, found, steps && aroundOf(steps, entry.sequence - 1)),
    )
    const [fromMs, isNewest] = [journal.at(0)?.atMs ?? 0, last === stored.sequence]
    const toMs = isNewest ? Number.POSITIVE_INFINITY : (journal.at(-1)?.atMs ?? 0)
    const aside = past.quarantine.flatMap((each, index) => {
      if (each.atMs < fromMs || each.atMs > toMs) return []
      const after = journal.findLast(({ atMs }) => atMs <= each.atMs)
      return [quarantineEntry(each, index, after?.sequence ?? first)]
    })
    return [...told, ...aside].toSorted((one, other) => one.sequence - other.sequence)
  }

  /** The replay, or nothing for a call that is too long for it. */
  async #steps(found: Found): Promise<readonly Retraced[] | undefined> {
    try {
      return await this.#options.calls.retrace(found)
    } catch (error) {
      if (error instanceof Refusal && error.code === 'call.tooLong') return undefined
      throw error
    }
  }

  async #row(key: string): Promise<CallRow> {
    const row = await this.#options.rowOf(key)
    if (!row) throw unknownCall(key)
    return row
  }
}

function notLoaded({ stored: { key, chartId, chartVersion } }: Found): Refusal {
  return new Refusal(409, {
    code: 'chart.notLoaded',
    what: `Call '${key}' ran on chart '${chartId}' version ${chartVersion}, which this bot does not bring.`,
    fix: "Give the bot that version among the chart's versions to replay it.",
  })
}

function noMoment({ stored }: Found, sequence: number): Refusal {
  return new Refusal(404, {
    code: 'moment.unknown',
    what: `Call '${stored.key}' has no entry ${sequence}: its journal goes from 1 to ${stored.sequence}.`,
    fix: 'Choose one of these.',
  })
}
