/**
 * Metrics from records, into whatever meter is given: the Prometheus page, or the bot author's own provider.
 * No attribute names a call or a person: there are as many series as effects and outcomes, not as calls.
 */
import type { Attributes, Histogram, Meter, MetricOptions } from '@opentelemetry/api'
import { byKind, type Observer } from './observers.ts'

/** How full the engine is at this moment. */
export type Depths = {
  /** Calls that have not ended. */
  readonly liveCalls: number
  /** Calls with a mailbox in memory. */
  readonly loadedCalls: number
  /** Work in mailboxes, waiting or not yet durable. */
  readonly mailboxWork: number
  /** Effects whose fate is open, by status. */
  readonly outbox: Readonly<Record<OpenStatus, number>>
  /** How long the oldest effect that still has to be sent has been owed; 0 when there is none. */
  readonly oldestOwedMs: number
}

/** How an open effect stands. */
export type OpenStatus = 'owed' | 'sent' | 'running' | 'inDoubt'

/** Makes the instruments; gives what feeds them, and what ends the looking. */
export function createMetrics(
  meter: Meter,
  depths: () => Promise<Depths>,
): { readonly observe: Observer; readonly stop: () => void } {
  return { observe: countingObserver(meter), stop: observeDepths(meter, depths) }
}

function countingObserver(meter: Meter): Observer {
  const told = instrumentsIn(meter)
  return byKind({
    posted: ({ durationMs, status }) => time(told.posts, durationMs, { status }),
    taken: ({ verdict }) => told.notifications.add(1, { verdict }),
    turned: ({ sequence, chart, durationMs }) => {
      if (sequence === 1) told.started.add(1, { chart })
      time(told.turns, durationMs, { chart })
    },
    ended: () => told.ended.add(1),
    quarantined: () => told.quarantines.add(1),
    committed: ({ entries, durationMs }) => {
      told.entries.add(entries)
      time(told.commits, durationMs)
    },
    commitFailed: () => told.commitFailures.add(1),
    requested: () => told.active.add(1),
    responded: ({ effect, outcome, status, durationMs }) => {
      told.active.add(-1)
      time(told.requests, durationMs, { effect, outcome, status })
    },
    retrying: ({ effect, status }) => told.retries.add(1, { effect, status }),
    settled: ({ effect, status, durationMs }) => {
      if (status === 'inDoubt') told.doubts.add(1, { effect })
      else if (status !== 'running') time(told.effects, durationMs, { effect, status })
    },
    timerFired: ({ lateMs }) => time(told.timers, lateMs),
    unknownCall: ({ outcome }) => told.unknown.add(1, { outcome }),
    recovered: ({ calls }) => told.recovered.add(calls),
    takeUpFailed: () => told.takeUpFailures.add(1),
  })
}

function instrumentsIn(meter: Meter) {
  const counter = (name: string, description: string) =>
    meter.createCounter(`callchart.${name}`, { description })
  const seconds = (name: string, description: string, boundaries: readonly number[]) => {
    const advice = { explicitBucketBoundaries: [...boundaries] }
    return meter.createHistogram(`callchart.${name}.seconds`, { description, unit: 's', advice })
  }
  return {
    posts: seconds('acknowledgement.duration', 'From the head of a post to our answer.', ACCEPTING),
    notifications: counter('notifications', 'Notifications taken, by verdict.'),
    started: counter('calls.started', 'Calls begun.'),
    ended: counter('calls.ended', 'Calls ended.'),
    turns: seconds('turn.duration', 'One event for one call, without the commit.', TURNING),
    quarantines: counter('quarantines', 'Events that made a chart throw.'),
    commits: seconds('commit.duration', 'One durable transaction.', ACCEPTING),
    entries: counter('journal.entries', 'Journal entries made durable.'),
    commitFailures: counter('commit.failures', 'Commits that failed: nothing of them happened.'),
    active: meter.createUpDownCounter('callchart.requests.active', {
      description: 'Requests sent to Graph and not answered yet.',
    }),
    requests: seconds('request.duration', 'One request to Graph.', ASKING),
    retries: counter('request.retries', 'Requests that will be sent again.'),
    effects: seconds('effect.duration', 'From asking for an effect to its fate.', ASKING),
    doubts: counter('effects.in_doubt', 'Effects whose request may or may not have reached Graph.'),
    timers: seconds('timer.lateness', 'How long after its due time a timer fired.', ACCEPTING),
    unknown: counter('unknown_calls', 'Notifications of calls nobody knows.'),
    recovered: counter('calls.recovered', 'Calls of an earlier process taken up again.'),
    takeUpFailures: counter('take_up.failures', 'Stored calls that could not be taken up yet.'),
  }
}

/** Upper bounds in seconds: of a turn, of what Graph waits for, of what we wait for. */
const TURNING = [0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.05, 0.25]
const ACCEPTING = [0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5]
const ASKING = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120, 600]

function time(histogram: Histogram, durationMs: number, attributes?: Attributes) {
  histogram.record(durationMs / 1_000, attributes)
}

/** Asks how full the engine is whenever the meter is read; until the function given back is called. */
function observeDepths(meter: Meter, depths: () => Promise<Depths>): () => void {
  const gauge = (name: string, options: MetricOptions) =>
    meter.createObservableGauge(`callchart.${name}`, options)
  const live = gauge('calls.live', { description: 'Calls that have not ended.' })
  const loaded = gauge('calls.loaded', { description: 'Calls in memory.' })
  const work = gauge('mailbox.depth', { description: 'Work waiting or not yet durable.' })
  const effects = gauge('outbox.depth', { description: 'Effects whose fate is open, by status.' })
  const oldest = gauge('outbox.age.seconds', {
    description: 'How long the oldest effect that is to be sent has been owed.',
    unit: 's',
  })
  const gauges = [live, loaded, work, effects, oldest]
  const look: Parameters<Meter['addBatchObservableCallback']>[0] = async (result) => {
    const now = await depths()
    result.observe(live, now.liveCalls)
    result.observe(loaded, now.loadedCalls)
    result.observe(work, now.mailboxWork)
    for (const [status, count] of Object.entries(now.outbox)) {
      result.observe(effects, count, { status })
    }
    result.observe(oldest, now.oldestOwedMs / 1_000)
  }
  meter.addBatchObservableCallback(look, gauges)
  return () => meter.removeBatchObservableCallback(look, gauges)
}
