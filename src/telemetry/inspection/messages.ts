/**
 * Records as the messages of Stately's inspector (`@statelyai/inspect`): actors, the events they were sent and
 * by whom, and their snapshots after. Written here rather than by its `createInspector`, one half of which
 * loses parents and roots, while the other wants actors that run. Tests read them with the library's own client.
 */
import { participantChart } from '../../../machines/participant.ts'
import { defineChart } from '../../../snapshots/definition.ts'
import { byKind, type Observer, type Takers } from '../observers.ts'
import type {
  Asked,
  CommitFailed,
  Ended,
  Invoked,
  Notified,
  Settled,
  ShownParticipant,
  ShownSnapshot,
  TimerFired,
  Turned,
} from '../records.ts'

/** Who calls speak with; beside them, for it is nobody's child. */
const GRAPH = 'graph'

/** The version of the library whose messages these are. */
const VERSION = '0.7.2'

type EventObject = { readonly type: string; readonly [name: string]: unknown }

/** What every message has; the root is the call that an actor belongs to. */
type Told = {
  readonly id: string
  readonly rootId: string
  readonly sessionId: string
  /** Milliseconds since 1970, as text. */
  readonly createdAt: string
  readonly _version: string
}

/** One message, as it crosses the wire in JSON. */
export type Message =
  | (Told & {
      readonly type: '@xstate.actor'
      readonly name: string
      readonly parentId: string | undefined
      /** JSON of a machine configuration. */
      readonly definition: string
      readonly snapshot: Shown
    })
  | (Told & {
      readonly type: '@xstate.event'
      readonly event: EventObject
      readonly sourceId: string | undefined
    })
  | (Told & {
      readonly type: '@xstate.snapshot'
      readonly event: EventObject
      readonly snapshot: Shown
    })

type Shown = ShownSnapshot | { readonly status: string }

/** Takes a message for whoever inspects. */
export type Tell = (message: Message) => void

/** One call as the inspector knows it. */
type Inspected = {
  /** Who sent what the call hears next. */
  source: string | undefined
  /** Its participants and invocations, by name. */
  readonly children: Set<string>
}

/** An observer that tells an inspector of the calls chosen; of all when none is. */
export function createInspection(tell: Tell, calls: readonly string[] | undefined): Observer {
  const observe = byKind(new Inspection(tell))
  const chosen = calls && new Set(calls)
  if (!chosen) return observe
  return (record) => {
    if ('key' in record ? chosen.has(record.key) : record.kind === 'commitFailed') observe(record)
  }
}

class Inspection implements Takers {
  readonly #tell: Tell
  readonly #calls = new Map<string, Inspected>()
  #knowsGraph = false
  #count = 0

  constructor(tell: Tell) {
    this.#tell = tell
  }

  notified({ key }: Notified): void {
    this.#from(key, GRAPH)
  }

  timerFired({ key }: TimerFired): void {
    // As XState has it: a delayed event is one that an actor sends itself.
    this.#from(key, key)
  }

  settled({ key, effect, command }: Settled): void {
    this.#from(key, effect === 'invoke' ? childOf(key, command) : GRAPH)
  }

  turned(record: Turned): void {
    const { key, atMs, event, heard, snapshot, sequence } = record
    const call = this.#calls.get(key) ?? this.#meet(record)
    const source = event === 'engine.resumed' || sequence === 1 ? undefined : call.source
    this.#event(atMs, key, key, { ...heard, type: event }, source)
    for (const participant of record.participants) this.#participant(record, call, participant)
    this.#snapshot(atMs, key, key, snapshot, { type: event })
  }

  asked({ key, atMs, effect, params }: Asked): void {
    if (effect !== 'invoke') this.#event(atMs, GRAPH, GRAPH, { type: effect, params }, key)
  }

  invoked({ key, atMs, command, src }: Invoked): void {
    const call = this.#calls.get(key)
    const child = childOf(key, command)
    if (!call || call.children.has(child)) return
    call.children.add(child)
    this.#actor(atMs, key, child, { name: src, parentId: key })
  }

  ended({ key }: Ended): void {
    this.#calls.delete(key)
  }

  /** What these calls did has not happened: they are shown anew when they next turn. */
  commitFailed({ keys }: CommitFailed): void {
    for (const key of keys) this.#calls.delete(key)
  }

  #from(key: string, source: string): void {
    const call = this.#calls.get(key)
    if (call) call.source = source
  }

  #meet({ key, atMs, chart, definition, snapshot }: Turned): Inspected {
    if (!this.#knowsGraph) this.#actor(atMs, GRAPH, GRAPH, { name: 'Microsoft Graph' })
    this.#knowsGraph = true
    const call: Inspected = { source: GRAPH, children: new Set() }
    this.#calls.set(key, call)
    this.#actor(atMs, key, key, { name: chart, definition, snapshot })
    return call
  }

  #participant({ key, atMs }: Turned, call: Inspected, { id, snapshot }: ShownParticipant): void {
    const child = childOf(key, id)
    if (!call.children.has(child)) {
      call.children.add(child)
      const definition = defineChart(participantChart)
      this.#actor(atMs, key, child, { name: 'participant', parentId: key, definition, snapshot })
    }
    const event = { type: 'participant.reported' }
    this.#event(atMs, key, child, event, key)
    this.#snapshot(atMs, key, child, snapshot, event)
  }

  #actor(atMs: number, rootId: string, sessionId: string, actor: Actor): void {
    const { name, parentId, snapshot = { status: 'active' } } = actor
    const definition = JSON.stringify(
      actor.definition ? JSON.parse(actor.definition) : { id: name },
    )
    const about = { name, parentId, definition, snapshot }
    this.#tell({ type: '@xstate.actor', ...this.#base(atMs, rootId, sessionId), ...about })
  }

  #event(
    atMs: number,
    rootId: string,
    sessionId: string,
    event: EventObject,
    sourceId: string | undefined,
  ): void {
    const base = this.#base(atMs, rootId, sessionId)
    this.#tell({ type: '@xstate.event', ...base, event, sourceId })
  }

  #snapshot(
    atMs: number,
    rootId: string,
    sessionId: string,
    snapshot: Shown,
    event: EventObject,
  ): void {
    const base = this.#base(atMs, rootId, sessionId)
    this.#tell({ type: '@xstate.snapshot', ...base, event, snapshot })
  }

  #base(atMs: number, rootId: string, sessionId: string) {
    this.#count += 1
    return {
      rootId,
      sessionId,
      createdAt: String(atMs),
      id: String(this.#count),
      _version: VERSION,
    }
  }
}

type Actor = {
  readonly name: string
  readonly parentId?: string
  readonly definition?: string | undefined
  readonly snapshot?: Shown
}

function childOf(key: string, id: string): string {
  return id.startsWith(key) ? id : `${key}/${id}`
}
