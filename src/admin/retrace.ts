/**
 * A call's past, found by replaying its journal through the pure turn. A key that was pressed is not kept, so
 * each is tried that the chart could have heard; what the call then asked for, and its stored snapshot, show
 * which of them the chart would have treated as it did. Where none fits, that is said.
 */
import { setImmediate } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { isJoinEffect } from '../../machines/effects.ts'
import { tones } from '../../machines/enums.ts'
import {
  decodeEvent,
  decodeSnapshot,
  encodeSnapshot,
  type JournalEntry,
  type OutboxEntry,
} from '../../snapshots/index.ts'
import type { Chart } from '../engine/chart.ts'
import type { Group, StartEvent } from '../engine/group.ts'
import { persist, restore } from '../engine/step.ts'
import { type CallChartEvent, startTurn, type Turn, takeTurn } from '../engine/turn.ts'
import type { Moment } from './protocol.ts'

export type Certainty = Moment['certainty']

/** One journal entry, and what the chart made of it. */
export type Retraced = {
  readonly entry: JournalEntry
  /** As it was kept. */
  readonly event: CallChartEvent
  /** With the key that was tried in the place of the one that was not kept. */
  readonly heard: CallChartEvent
  /** Undefined where the chart could not be made to take the event. */
  readonly turn: Turn | undefined
  readonly certainty: Certainty
}

/** What is stored and must come out of the replay. */
export type Evidence = {
  /** The call's chart in a version, where the bot brings it. */
  readonly chartOf: (version: string) => Chart | undefined
  readonly journal: readonly JournalEntry[]
  readonly outbox: readonly OutboxEntry[]
  /** The journal is taken as it stands: whatever the chart makes of it is right. */
  readonly trusts?: true
  /** The call as of its last snapshot; absent where nobody can read that. */
  readonly snapshot: Group | undefined
}

/** Turns taken to find keys, beyond one for each entry. */
const MOST_TRIED = 5_000

/** Turns taken before the engine's own get their chance again. */
const AT_ONCE = 40

/** Replays a journal from its first entry. */
export async function retrace(evidence: Evidence): Promise<readonly Retraced[]> {
  const retracing = new Retracing(evidence)
  while (!retracing.isDone) {
    retracing.goOn(AT_ONCE)
    await setImmediate()
  }
  return retracing.steps
}

/** A step that might have been another: where to go back to. */
type Fork = { readonly at: number; readonly others: Retraced[] }

class Retracing {
  readonly steps: Retraced[] = []
  readonly #evidence: Evidence
  readonly #asked: ReadonlyMap<number, readonly string[]>
  readonly #forks: Fork[] = []
  /** The way that went farthest, should none go to the end. */
  #farthest: readonly Retraced[] = []
  #tried = 0
  #hasGivenUp = false

  constructor(evidence: Evidence) {
    this.#evidence = evidence
    this.#asked = askedBySequence(evidence.outbox)
  }

  get isDone(): boolean {
    return this.steps.length === this.#evidence.journal.length
  }

  goOn(turns: number): void {
    for (let left = turns; left > 0 && !this.isDone; left--) this.#step()
  }

  #step(): void {
    const entry = this.#evidence.journal[this.steps.length]
    if (!entry) return
    const event = decodeEvent(entry.event)
    const options = this.#hasGivenUp ? [] : this.#optionsFor(entry, event)
    const [first, ...others] = options
    if (first) {
      if (others.length > 0) this.#forks.push({ at: this.steps.length, others })
      this.steps.push(first)
    } else if (!this.#goBack()) this.#goAstray(entry, event)
  }

  /** The ways in which the chart can have taken an entry, as far as what is stored can tell. */
  #optionsFor(entry: JournalEntry, event: CallChartEvent): readonly Retraced[] {
    const isOpen = event.type === 'tone.reported' && !this.#evidence.trusts
    const heards = isOpen ? keysFor(event) : [event]
    const byOutcome = new Map<string, Retraced>()
    for (const heard of heards) {
      const turn = this.#turn(entry, heard)
      if (!turn || !this.#agrees(entry, turn)) continue
      const certainty = this.#certaintyAfter(heard === event ? 'replayed' : 'inferred')
      const outcome = heards.length === 1 ? '' : outcomeOf(turn)
      if (!byOutcome.has(outcome)) byOutcome.set(outcome, { entry, event, heard, turn, certainty })
    }
    return [...byOutcome.values()]
  }

  #certaintyAfter(certainty: Certainty): Certainty {
    return this.steps.at(-1)?.certainty === 'inferred' ? 'inferred' : certainty
  }

  /** The turn that the entry's own version of the chart takes; nothing where it cannot. */
  #turn({ chartVersion }: JournalEntry, heard: CallChartEvent): Turn | undefined {
    const chart = this.#evidence.chartOf(chartVersion)
    if (!chart) return undefined
    this.#tried += 1
    try {
      const before = this.#group
      if (!before) return isStart(heard) ? startTurn(chart, heard) : undefined
      const group = heard.type === 'engine.resumed' ? forgetful(chart, before) : before
      return takeTurn(chart, group, heard)
    } catch {
      return undefined
    }
  }

  get #group(): Group | undefined {
    return this.steps.findLast(({ turn }) => turn)?.turn?.group
  }

  #agrees({ sequence, chartVersion }: JournalEntry, turn: Turn): boolean {
    if (this.#evidence.trusts) return true
    const asked = turn.commands.flatMap(({ id, effect }) =>
      isJoinEffect(effect) ? [] : [`${id} ${effect}`],
    )
    const stored = this.#asked.get(sequence) ?? []
    if (asked.length !== stored.length || asked.some((each) => !stored.includes(each))) return false
    const { snapshot, chartOf } = this.#evidence
    const chart = chartOf(chartVersion)
    if (!chart || snapshot?.sequence !== sequence) return true
    return isSame(chart, turn.group, snapshot)
  }

  /** Back to the last step that might have been another. */
  #goBack(): boolean {
    if (this.steps.length > this.#farthest.length) this.#farthest = [...this.steps]
    if (this.#tried > this.#evidence.journal.length + MOST_TRIED) return false
    for (let fork = this.#forks.at(-1); fork; fork = this.#forks.at(-1)) {
      const other = fork.others.shift()
      if (other) {
        this.steps.length = fork.at
        this.steps.push(other)
        return true
      }
      this.#forks.pop()
    }
    return false
  }

  /** Nothing fits: the rest is replayed as it stands, and said to be unsure. */
  #goAstray(entry: JournalEntry, event: CallChartEvent): void {
    if (!this.#hasGivenUp) {
      this.#hasGivenUp = true
      this.steps.splice(0, this.steps.length, ...this.#farthest)
      return
    }
    const turn = this.#turn(entry, event)
    const { snapshot } = this.#evidence
    const step = { entry, event, heard: event }
    if (!snapshot || entry.sequence !== snapshot.sequence) {
      this.steps.push({ ...step, turn, certainty: 'unsure' })
      return
    }
    // From the snapshot on all is known again.
    this.#hasGivenUp = false
    this.#farthest = []
    this.steps.push({
      ...step,
      turn: { ...(turn ?? idle), group: snapshot },
      certainty: 'replayed',
    })
  }
}

const idle: Omit<Turn, 'group'> = {
  moved: new Set(),
  commands: [],
  timers: [],
  timersCancelled: [],
  uninvoked: [],
  emitted: [],
  taken: [],
}

/** The call as after a restart, or a rest out of memory: what was private is gone. */
function forgetful(chart: Chart, group: Group): Group {
  const kept = decodeSnapshot(encodeSnapshot(persist(chart.machine, group.call)))
  return { ...group, call: restore(chart.machine, kept) }
}

/** Whether the call's own actor is stored the same. */
function isSame(chart: Chart, some: Group, other: Group): boolean {
  const [one, two] = [some, other].map(({ call }) =>
    JSON.parse(encodeSnapshot(persist(chart.machine, call))),
  )
  return isDeepStrictEqual(one, two)
}

/** Two keys after which a call stands the same, private values and all, are one. */
function outcomeOf({ group, commands, emitted }: Turn): string {
  const { value, context } = group.call
  return JSON.stringify([value, context, commands, emitted])
}

function askedBySequence(outbox: readonly OutboxEntry[]): ReadonlyMap<number, readonly string[]> {
  const asked = new Map<number, string[]>()
  for (const { id, effect } of outbox) {
    const sequence = Number(id.split('.').at(-2))
    asked.set(sequence, [...(asked.get(sequence) ?? []), `${id} ${effect}`])
  }
  return asked
}

function keysFor(event: CallChartEvent): readonly CallChartEvent[] {
  const kept: unknown = 'toneInfo' in event ? event.toneInfo : undefined
  const toneInfo = typeof kept === 'object' ? kept : undefined
  return tones.map((tone) => ({ ...event, toneInfo: { ...toneInfo, tone } }))
}

function isStart(event: CallChartEvent): event is StartEvent {
  return event.type === 'call.started'
}
