/**
 * Traces from records: one trace a call, of which all legs that share a callChainId are part. Its id is worked
 * out, so that a process that goes on with a call goes on with its trace.
 *
 * A notification is a span, its turns are below it, the requests they asked for below them, and the operation
 * that Graph works on below its request. What led to a turn besides is linked: the turn that set a timer, the
 * operation whose end was notified.
 */
import {
  type Attributes,
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api'
import { byKind, type Observer, type Takers } from './observers.ts'
import type {
  Asked,
  Ended,
  Invoked,
  Notified,
  Quarantined,
  Requested,
  Responded,
  Settled,
  Taken,
  TimerCancelled,
  TimerFired,
  TimerSet,
  Turned,
} from './records.ts'
import { traceOf } from './traceId.ts'

/** A span under way. */
type Open = { readonly span: Span; readonly startMs: number; readonly context: Context }

/** What the next turns of a call come of: what they belong below, and what else led to them. */
type Cause = {
  readonly below: Context
  readonly linked?: Context | undefined
  /** The notification it is, by its number. */
  readonly notification?: number
}

/** An effect whose fate is open. */
type Effect = {
  /** The turn that asked. */
  readonly turn: Context
  /** Its latest request. */
  request?: Context
  /** The operation or invocation that runs. */
  running?: Open
}

/** One call as it is traced. */
type Traced = {
  /** The call itself, which is no span: it may outlast a process. */
  readonly root: Context
  cause: Cause
  /** The turn taken last: what is asked and set next comes of it. */
  turn: Context
  readonly effects: Map<string, Effect>
  /** The turns that set the timers that stand. */
  readonly timers: Map<string, Context>
}

/** Makes an observer that writes spans. */
export function createTracing(tracer: Tracer): Observer {
  return byKind(new Tracing(tracer))
}

class Tracing implements Takers {
  readonly #tracer: Tracer
  readonly #calls = new Map<string, Traced>()
  /** What a call that is not traced yet has heard: its first turn tells which trace it is in. */
  readonly #unplaced = new Map<string, Notified>()
  readonly #notifications = new Map<number, Open>()
  readonly #requests = new Map<string, Open>()

  constructor(tracer: Tracer) {
    this.#tracer = tracer
  }

  notified(record: Notified): void {
    const call = this.#calls.get(record.key)
    if (call) this.#arrive(call, record)
    else this.#unplaced.set(record.key, record)
  }

  #arrive(call: Traced, { key, what, atMs, notification }: Notified): void {
    const open = this.#start(call.root, SpanKind.CONSUMER, `notification ${what}`, atMs, {
      'callchart.call': key,
    })
    this.#notifications.set(notification, open)
    call.cause = { below: open.context, notification }
  }

  taken({ key, notification, verdict, durationMs }: Taken): void {
    if (this.#unplaced.get(key)?.notification === notification) this.#unplaced.delete(key)
    const open = this.#notifications.get(notification)
    this.#notifications.delete(notification)
    open?.span.setAttribute('callchart.verdict', verdict)
    finish(open, durationMs, verdict === 'unavailable')
  }

  turned(record: Turned): void {
    const call = this.#calls.get(record.key) ?? this.#place(record)
    const { atMs, durationMs, event } = record
    // Nobody told the call that it was left behind.
    const cause: Cause = event === 'engine.resumed' ? { below: call.root } : call.cause
    const open = this.#start(cause.below, SpanKind.INTERNAL, `turn ${event}`, atMs, {
      'callchart.call': record.key,
      'callchart.chart': record.chart,
      'callchart.sequence': record.sequence,
      'callchart.states': [...record.states],
    })
    link(open, cause.linked)
    finish(open, durationMs)
    call.turn = open.context
  }

  #place(record: Turned): Traced {
    const root = trace.setSpanContext(ROOT_CONTEXT, traceOf(record))
    const call: Traced = {
      root,
      cause: { below: root },
      turn: root,
      effects: new Map(),
      timers: new Map(),
    }
    this.#calls.set(record.key, call)
    const notified = this.#unplaced.get(record.key)
    if (notified) this.#arrive(call, notified)
    this.#unplaced.delete(record.key)
    return call
  }

  quarantined({ key, event, atMs }: Quarantined): void {
    const below = this.#calls.get(key)?.cause.below
    if (!below) return
    const about = { 'callchart.call': key }
    finish(this.#start(below, SpanKind.INTERNAL, `turn ${event}`, atMs, about), 0, true)
  }

  asked({ key, command }: Asked): void {
    const call = this.#calls.get(key)
    call?.effects.set(command, { turn: call.turn })
  }

  requested(record: Requested): void {
    const { key, effect, command, attempt, isEvidence, atMs } = record
    const call = this.#calls.get(key)
    if (!call) return
    const asked = effectOf(call, command)
    const open = this.#start(asked.turn, SpanKind.CLIENT, `request ${effect}`, atMs, {
      'callchart.call': key,
      'callchart.command': command,
      'callchart.attempt': attempt,
      'callchart.evidence': isEvidence,
    })
    this.#requests.set(nameOf(record), open)
    if (!isEvidence) asked.request = open.context
  }

  responded(record: Responded): void {
    const { outcome, status, durationMs, requestId } = record
    const open = this.#requests.get(nameOf(record))
    this.#requests.delete(nameOf(record))
    open?.span.setAttributes({
      'callchart.outcome': outcome,
      'http.response.status_code': status,
      ...(requestId !== undefined && { 'graph.request_id': requestId }),
    })
    finish(open, durationMs, outcome !== 'answered')
  }

  invoked({ key, command, src, atMs }: Invoked): void {
    const call = this.#calls.get(key)
    if (call) this.#run(call, { key, command, atMs, name: `invocation ${src}` })
  }

  settled({ key, command, effect, status, atMs }: Settled): void {
    const call = this.#calls.get(key)
    if (!call) return
    const asked = effectOf(call, command)
    const wasRunning = asked.running !== undefined
    if (status === 'running') this.#run(call, { key, command, atMs, name: `operation ${effect}` })
    const own = asked.running?.context ?? asked.request ?? asked.turn
    if (status !== 'running' && status !== 'inDoubt') {
      asked.running?.span.setAttribute('callchart.status', status)
      finish(asked.running, atMs - (asked.running?.startMs ?? 0), status === 'failed')
      call.effects.delete(command)
    }
    // What is dropped because its state was left says nothing of what comes next.
    if (status === 'dropped') return
    // How an operation that ran already goes on is notified: then that is what the turns belong below.
    const { notification } = call.cause
    const isNotified = notification !== undefined && this.#notifications.has(notification)
    const isOperation = wasRunning && effect !== 'invoke'
    call.cause = isNotified && isOperation ? { ...call.cause, linked: own } : { below: own }
  }

  timerSet({ key, timer }: TimerSet): void {
    const call = this.#calls.get(key)
    call?.timers.set(timer, call.turn)
  }

  timerCancelled({ key, timer }: TimerCancelled): void {
    this.#calls.get(key)?.timers.delete(timer)
  }

  timerFired({ key, timer }: TimerFired): void {
    const call = this.#calls.get(key)
    if (!call) return
    call.cause = { below: call.root, linked: call.timers.get(timer) }
    call.timers.delete(timer)
  }

  ended({ key }: Ended): void {
    this.#calls.delete(key)
  }

  /** An operation that Graph works on, or an invocation, until it settles. */
  #run(
    call: Traced,
    { key, command, atMs, name }: Pick<Settled, 'key' | 'command' | 'atMs'> & { name: string },
  ): void {
    const asked = effectOf(call, command)
    asked.running ??= this.#start(asked.request ?? asked.turn, SpanKind.INTERNAL, name, atMs, {
      'callchart.call': key,
      'callchart.command': command,
    })
  }

  #start(
    below: Context,
    kind: SpanKind,
    name: string,
    startMs: number,
    attributes: Attributes,
  ): Open {
    const span = this.#tracer.startSpan(name, { kind, startTime: startMs, attributes }, below)
    return { span, startMs, context: trace.setSpan(below, span) }
  }
}

/** What is known of an effect; one that a process before this one asked for comes of the call itself. */
function effectOf(call: Traced, command: string): Effect {
  const known = call.effects.get(command)
  if (known) return known
  const effect = { turn: call.root }
  call.effects.set(command, effect)
  return effect
}

/** One attempt at one command, for evidence or for the deed itself. */
function nameOf({ command, attempt, isEvidence }: Requested | Responded): string {
  return `${command} ${attempt} ${isEvidence}`
}

function finish(open: Open | undefined, durationMs: number, hasFailed = false): void {
  if (hasFailed) open?.span.setStatus({ code: SpanStatusCode.ERROR })
  open?.span.end(open.startMs + durationMs)
}

function link({ span }: Open, context: Context | undefined): void {
  const linked = context && trace.getSpanContext(context)
  if (linked) span.addLink({ context: linked })
}
