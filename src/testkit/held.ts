/** What the bot holds of its calls, as its commits tell: what a restart would find. */
import type { ActorEntry, CallCommit, EffectStatus, JournalEntry } from '../../snapshots/index.ts'
import type { Charts } from '../engine/charts.ts'
import { statesOf } from '../engine/group.ts'
import type { ChartSnapshot } from '../engine/step.ts'
import type { SimulatedDisk } from './simulation/disk.ts'
import { Followed } from './simulation/judge/stored.ts'

/** One effect, or piece of promise logic, that a chart asked for. */
export type AskedEffect = {
  /** An effect's name, or `invoke`. */
  readonly effect: string
  readonly params: unknown
  readonly status: EffectStatus
  /** Number of the event that made the chart ask: its place in `heard`, counted from 1. */
  readonly sequence: number
}

/** One call as the bot holds it. */
export type HeldCall = {
  /** The call's name in the engine. */
  readonly key: string
  /** Graph's id, once known. */
  readonly id: string | undefined
  readonly status: 'live' | 'ended'
  /** The active states of the chart, innermost only: `scenario.choosing`. */
  readonly states: readonly string[]
  readonly snapshot: ChartSnapshot
  /** The types of all events that moved the call, in order. */
  readonly heard: readonly string[]
  /** Everything the chart asked for, in order. */
  readonly asked: readonly AskedEffect[]
  /** Ids of what will fall due. */
  readonly timers: readonly string[]
}

type Kept = {
  readonly key: string
  graphId: string | undefined
  status: CallCommit['status']
  chartId: string
  chartVersion: string
  snapshotSequence: number
  readonly actors: Map<string, ActorEntry>
  readonly journal: JournalEntry[]
  readonly heard: string[]
  readonly asked: Map<string, AskedEffect>
  readonly timers: Set<string>
}

export class Held {
  readonly #disk: SimulatedDisk
  readonly #charts: () => Charts
  readonly #followed = new Followed()
  readonly #kept = new Map<string, Kept>()
  #commits = 0

  constructor(disk: SimulatedDisk, charts: () => Charts) {
    this.#disk = disk
    this.#charts = charts
  }

  /** Every call there has been, in the order in which they were first stored. */
  get calls(): readonly HeldCall[] {
    this.#read()
    return [...this.#kept.values()].map((kept) => this.#heldOf(kept))
  }

  /** The call that Graph knows by this id. */
  byId(id: string): HeldCall | undefined {
    this.#read()
    const kept = [...this.#kept.values()].findLast(({ graphId }) => graphId === id)
    return kept && this.#heldOf(kept)
  }

  /** Takes in what was committed since. */
  #read(): void {
    for (const { calls } of this.#disk.commits.slice(this.#commits)) {
      for (const commit of calls) take(commit, this.#keptOf(commit))
    }
    this.#commits = this.#disk.commits.length
  }

  #keptOf({ key, graphId, status, chartId }: CallCommit): Kept {
    const kept = this.#kept.get(key) ?? {
      ...{ key, graphId, status, chartId, chartVersion: '', snapshotSequence: 0 },
      ...{ actors: new Map(), journal: [], heard: [], asked: new Map(), timers: new Set<string>() },
    }
    this.#kept.set(key, kept)
    return kept
  }

  #heldOf(kept: Kept): HeldCall {
    const { key, graphId, status, heard, asked, timers } = kept
    const call = this.#followed.revive(this.#charts(), {
      ...kept,
      sequence: kept.snapshotSequence + kept.journal.length,
      actors: [...kept.actors.values()],
      timers: [],
      outbox: [],
    })
    const snapshot = call.group.call
    return {
      ...{ key, id: graphId, status, states: statesOf(snapshot), snapshot, heard },
      ...{ asked: [...asked.values()], timers: [...timers] },
    }
  }
}

function take(commit: CallCommit, kept: Kept): void {
  kept.graphId = commit.graphId ?? kept.graphId
  kept.status = commit.status
  kept.chartId = commit.chartId
  for (const entry of commit.journal) {
    kept.journal.push(entry)
    kept.heard.push(typeOf(entry.event))
  }
  const { snapshot } = commit
  if (snapshot) {
    for (const entry of snapshot.actors) kept.actors.set(entry.actor, entry)
    for (const actor of snapshot.actorsGone ?? []) kept.actors.delete(actor)
    kept.snapshotSequence = snapshot.sequence
    kept.chartVersion = snapshot.chartVersion
    kept.journal.splice(
      0,
      kept.journal.filter(({ sequence }) => sequence <= snapshot.sequence).length,
    )
  }
  for (const id of commit.timersRemoved) kept.timers.delete(id)
  for (const { id } of commit.timers) kept.timers.add(id)
  for (const { id, effect, params, status } of commit.effects) {
    const sequence = Number(id.split('.').at(-2))
    kept.asked.set(id, { effect, params: JSON.parse(params), status, sequence })
  }
  for (const { id, status } of commit.effectChanges) {
    const asked = kept.asked.get(id)
    if (asked) kept.asked.set(id, { ...asked, status })
  }
}

function typeOf(event: string): string {
  const { type }: { type?: unknown } = JSON.parse(event)
  return String(type)
}
