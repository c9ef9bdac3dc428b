/** Calls as the store holds them, brought to life to be looked at; nothing here moves one. */
import type { CallPast, JournalEntry, Store, StoredCall } from '../../snapshots/index.ts'
import { SystemClock } from '../clock.ts'
import { Call } from '../engine/call.ts'
import type { Chart } from '../engine/chart.ts'
import { decodeActors, statesOf } from '../engine/group.ts'
import type { Charts } from '../engine/index.ts'
import { Observers } from '../telemetry/index.ts'
import { Refusal, unknownCall } from './answers.ts'
import { type Retraced, retrace } from './retrace.ts'

/** A call and all that is stored of it. */
export type Found = {
  readonly stored: StoredCall
  readonly past: CallPast
  readonly chart: Chart
  readonly call: Call
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

  /** Throws 404 for a call nobody knows, 409 for one whose chart is not loaded. */
  async find(key: string): Promise<Found> {
    const stored = await this.#store.load(key)
    const past = stored && (await this.#store.past(key))
    if (!stored || !past) throw unknownCall(key)
    const chart = this.#chartOf(stored)
    return { stored, past, chart, call: revived(chart, stored) }
  }

  /** Its active states; none where its chart is not loaded. */
  async statesOf(key: string): Promise<readonly string[]> {
    try {
      const { call } = await this.find(key)
      return statesOf(call.group.call)
    } catch {
      return []
    }
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
    const steps = this.#retrace(found)
    this.#retraced.delete(key)
    this.#retraced.set(key, { sequence, steps })
    const [oldest] = this.#retraced.keys()
    if (oldest !== undefined && this.#retraced.size > MOST_KEPT) this.#retraced.delete(oldest)
    steps.catch(() => this.#retraced.delete(key))
    return steps
  }

  async #retrace({ stored, past, chart }: Found): Promise<readonly Retraced[]> {
    const { key, snapshotSequence, actors } = stored
    const journal = await this.#store.journal(key)
    const snapshot = decodeActors(chart, key, snapshotSequence, actors)
    if (!snapshot) throw unknownCall(key)
    return retrace(chart, { journal, outbox: past.outbox, snapshot })
  }

  #chartOf({ key, chartId, chartVersion }: StoredCall): Chart {
    const chart = this.#charts.at(chartId, chartVersion)
    if (chart) return chart
    throw new Refusal(409, {
      code: 'chart.notLoaded',
      what: `Call '${key}' ran on chart '${chartId}' version ${chartVersion}, which this bot does not bring.`,
      fix: 'Start a bot with that chart on this database to look at it.',
    })
  }
}

/** Nobody is told of what a call does here: it has done it long ago. */
const unwatched = { observers: new Observers(), clock: new SystemClock(), roundTrip: false }

function revived(chart: Chart, stored: StoredCall): Call {
  return Call.loaded(chart, stored, unwatched)
}

function tooLong(key: string, sequence: number): Refusal {
  return new Refusal(409, {
    code: 'call.tooLong',
    what: `Call '${key}' has heard ${sequence} events; at most ${MOST_REPLAYED} are replayed.`,
    fix: 'Look at its timeline and its present states instead.',
  })
}
