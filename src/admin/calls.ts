/** Calls as the store holds them, brought to life to be looked at; nothing here moves one. */
import type { CallPast, JournalEntry, Store, StoredCall } from '../../snapshots/index.ts'
import { Call } from '../engine/call.ts'
import type { Chart } from '../engine/chart.ts'
import {
  atRest,
  decodeActors,
  type Group,
  statesOf,
  storedBase,
  storedSnapshot,
} from '../engine/group.ts'
import type { Charts } from '../engine/index.ts'
import { unwatched } from '../engine/told.ts'
import { Refusal, unknownCall } from './answers.ts'
import { type Reasons, reasonsIn } from './reasons.ts'
import { type Evidence, type Retraced, retrace } from './retrace.ts'

/** A call and all that is stored of it. */
export type Found = {
  readonly stored: StoredCall
  readonly past: CallPast
  /** Why what failed of it did, as far as its journal tells. */
  readonly reasons: Reasons
  readonly group: Group
  /** Active states, innermost only. */
  readonly states: readonly string[]
}

/** Entries a call may have to be replayed from its start: more would take seconds. */
const MOST_REPLAYED = 10_000

/** Calls whose replay is kept for who looks at one moment after another. */
const MOST_KEPT = 8

export class Calls {
  readonly #store: Store
  readonly #charts: Charts
  readonly #retraced = new Map<string, { sequence: number; steps: Promise<readonly Retraced[]> }>()

  constructor(store: Store, charts: Charts) {
    this.#store = store
    this.#charts = charts
  }

  /** Throws 404 for a call nobody knows. */
  async find(key: string): Promise<Found> {
    const stored = await this.#store.load(key)
    const past = stored && (await this.#store.past(key))
    if (!stored || !past) throw unknownCall(key)
    const hasFailed = past.outbox.some(({ status }) => status === 'failed')
    const reasons = reasonsIn(hasFailed ? await this.#store.journal(key) : [])
    return { stored, past, reasons, ...standingOf(this.#charts, stored) }
  }

  /** The active states of a stored call; none of one that cannot be read, which is no reason to hide the others. */
  async statesOf(key: string): Promise<readonly string[]> {
    const stored = await this.#store.load(key)
    try {
      return stored ? standingOf(this.#charts, stored).states : []
    } catch {
      return []
    }
  }

  /** The chart a call stands on, where the bot brings it. */
  chartOf({ stored }: Found): Chart | undefined {
    return chartOf(this.#charts, stored)
  }

  journal(key: string, afterSequence: number): Promise<readonly JournalEntry[]> {
    return this.#store.journal(key, afterSequence)
  }

  /** The whole past of a call, kept for a while; throws 409 when it is too long to be replayed. */
  retrace(found: Found): Promise<readonly Retraced[]> {
    const { key, sequence } = found.stored
    if (sequence > MOST_REPLAYED) throw tooLong(key, sequence)
    const kept = this.#retraced.get(key)
    if (kept?.sequence === sequence) return kept.steps
    const steps = this.evidence(found).then(retrace)
    this.#retraced.delete(key)
    this.#retraced.set(key, { sequence, steps })
    const [oldest] = this.#retraced.keys()
    if (oldest !== undefined && this.#retraced.size > MOST_KEPT) this.#retraced.delete(oldest)
    steps.catch(() => this.#retraced.delete(key))
    return steps
  }

  /** What is stored of a call to be replayed. */
  async evidence(found: Found): Promise<Evidence> {
    const { stored, past } = found
    const { key, chartId, snapshotSequence, actors } = stored
    const journal = await this.#store.journal(key)
    const chart = this.chartOf(found)
    const snapshot = chart && decodeActors(chart, key, snapshotSequence, actors)
    const chartOf = (version: string) => this.#charts.at(chartId, version)
    return { chartOf, journal, outbox: past.outbox, snapshot }
  }
}

/** The chart that wrote a call, on the same base: only that one reads it as it was meant. */
function chartOf(charts: Charts, stored: StoredCall): Chart | undefined {
  const chart = charts.at(stored.chartId, stored.chartVersion)
  return chart?.base === storedBase(stored) ? chart : undefined
}

/** How a call stands: under its own chart, or, where the bot does not bring that, as its snapshot tells. */
function standingOf(charts: Charts, stored: StoredCall): Pick<Found, 'group' | 'states'> {
  const chart = chartOf(charts, stored)
  if (chart) {
    const { group } = Call.loaded(chart, stored, unwatched)
    return { group, states: statesOf(group.call) }
  }
  const group = atRest(stored)
  if (!group) throw unknownCall(stored.key)
  const kept = storedSnapshot(stored)
  return { group, states: 'value' in kept ? statesOf({ value: kept.value }) : [] }
}

function tooLong(key: string, sequence: number): Refusal {
  return new Refusal(409, {
    code: 'call.tooLong',
    what: `Call '${key}' has heard ${sequence} events; at most ${MOST_REPLAYED} are replayed.`,
    fix: 'Look at its timeline and its present states instead.',
  })
}
