/**
 * A turn: one event for one call, run to completion. Pure: the same group and event always give the same
 * group and the same requests, so a journal replays exactly.
 */
import type { AnyEventObject, AnyTransitionDefinition } from 'xstate'
import { ById } from '../../machines/byId.ts'
import { type EffectName, effects, isEffectName } from '../../machines/effects.ts'
import type { RosterChange, RosterEvent } from '../../machines/events.ts'
import { participantChart } from '../../machines/participant.ts'
import {
  applyChange,
  emptyRoster,
  forgottenBy,
  type Roster,
  sizeOf,
} from '../../machines/roster.ts'
import type { Json, Participant } from '../../machines/words.ts'
import { ChartError } from '../errors.ts'
import { nothingHeard, type TellingEvent } from './between.ts'
import type { Chart } from './chart.ts'
import type { Group, StartEvent } from './group.ts'
import { joiningsAfter, noJoinings } from './joining.ts'
import { type Asked, type ChartSnapshot, restore, type Step, start, step } from './step.ts'
import type { UpgradeEvent } from './upgrade.ts'

/** An effect or invocation a turn asked for. */
export type Command = {
  readonly id: string
  readonly effect: EffectName | 'invoke'
  readonly params: unknown
}

/** What a turn changed and what it asks the engine to see to. */
export type Turn = {
  readonly group: Group
  /** Ids of the participants whose actors moved, or were forgotten. */
  readonly moved: ReadonlySet<string>
  readonly commands: readonly Command[]
  readonly timers: readonly {
    readonly id: string
    readonly delayMs: number
    readonly event: AnyEventObject
  }[]
  /** Timer ids called off, in order with `timers` taken after them. */
  readonly timersCancelled: readonly string[]
  /** Ids of invocations left behind. */
  readonly uninvoked: readonly string[]
  readonly emitted: readonly string[]
  /** Transitions of the call's chart, in the order in which they were taken. */
  readonly taken: readonly AnyTransitionDefinition[]
}

/** An event that can be journalled and applied to a call. */
export type CallChartEvent =
  | AnyEventObject
  | RosterChange
  | StartEvent
  | UpgradeEvent
  | TellingEvent

/** How many effects one turn may ask for before the chart is held to be looping. */
const COMMANDS_LIMIT = 100

/** Starts a call: the first turn of its group. Throws what the chart throws. */
export function startTurn(chart: Chart, { input }: StartEvent): Turn {
  const turning = new Turning(chart, input.key, 1)
  const call = turning.run(start(chart.machine, input))
  return turning.end(
    {
      key: input.key,
      call,
      participants: new Map(),
      roster: emptyRoster,
      heard: nothingHeard,
      joinings: noJoinings,
      sequence: 1,
    },
    none,
  )
}

/** Applies one event. Throws what the chart throws; the group given is untouched. */
export function takeTurn(chart: Chart, group: Group, event: CallChartEvent): Turn {
  const sequence = group.sequence + 1
  const turning = new Turning(chart, group.key, sequence)
  if (isRosterChange(event)) {
    const moved = moveParticipants(group, event)
    const call = moved.events.reduce((snapshot, told) => turning.hear(snapshot, told), group.call)
    return turning.end(
      {
        ...group,
        call,
        participants: moved.participants,
        roster: moved.roster,
        sequence,
      },
      moved.ids,
    )
  }
  if (isTelling(event)) {
    const { from, command, event: told } = event
    const call = told ? turning.hear(group.call, { ...told, from }) : group.call
    const heard = ById.of(group.heard).with(new Map([[from, command]]))
    return turning.end({ ...group, call, heard, sequence }, none)
  }
  if (isUpgrade(event))
    return turning.end({ ...group, call: turning.upgrade(event), sequence }, none)
  const call = introduced(group, turning, turning.hear(group.call, event))
  const joinings = joiningsAfter(group.joinings, event, turning.commands)
  return turning.end({ ...group, call, joinings, sequence }, none)
}

/** Where Graph tells the bot's own participant id after the roster, the roster is heard once more. */
function introduced(group: Group, turning: Turning, call: ChartSnapshot): ChartSnapshot {
  const { participants, roster } = group
  if (participants.size === 0 || selfIdOf(call) === selfIdOf(group.call)) return call
  return turning.hear(call, rosterUpdated(call, participants, roster, { gap: false, listed: true }))
}

function isRosterChange(event: CallChartEvent): event is RosterChange {
  return event.type === 'roster.changed'
}

function isTelling(event: CallChartEvent): event is TellingEvent {
  return event.type === 'call.told'
}

function isUpgrade(event: CallChartEvent): event is UpgradeEvent {
  return event.type === 'call.upgraded'
}

const none: ReadonlySet<string> = new Set()

/** One turn under way: collects what the chart asks, and lets it hear what it asked for. */
class Turning {
  readonly #chart: Chart
  readonly #key: string
  readonly #sequence: number
  readonly commands: Command[] = []
  readonly #timers = new Map<string, Turn['timers'][number]>()
  readonly #cancelled = new Set<string>()
  readonly #uninvoked: string[] = []
  readonly #emitted: string[] = []
  readonly #taken: AnyTransitionDefinition[] = []
  #unheard: AnyEventObject[] = []
  #anonymous = 0

  constructor(chart: Chart, key: string, sequence: number) {
    this.#chart = chart
    this.#key = key
    this.#sequence = sequence
  }

  /** The snapshot after the chart heard the event and everything it asked for on the way. */
  hear(snapshot: ChartSnapshot, event: AnyEventObject): ChartSnapshot {
    if (!this.#chart.hears(event.type)) return snapshot
    return this.run(step(this.#chart.machine, snapshot, event))
  }

  run(first: Step): ChartSnapshot {
    this.#collect(first)
    let { snapshot } = first
    for (let next = this.#unheard.shift(); next; next = this.#unheard.shift()) {
      if (!this.#chart.hears(next.type)) continue
      const following = step(this.#chart.machine, snapshot, next)
      snapshot = following.snapshot
      this.#collect(following)
    }
    return snapshot
  }

  /** The snapshot that an upgrade gives, and what it asks. */
  upgrade({ snapshot, timers, invocations }: UpgradeEvent): ChartSnapshot {
    for (const { id, delayMs } of timers) {
      this.#take({ kind: 'timerSet', id, delayMs, event: { type: id } })
    }
    for (const invocation of invocations) this.#command('invoke', invocation)
    return restore(this.#chart.machine, structuredClone(snapshot))
  }

  end(group: Group, moved: ReadonlySet<string>): Turn {
    return {
      group,
      moved,
      commands: this.commands,
      timers: [...this.#timers.values()],
      timersCancelled: [...this.#cancelled],
      uninvoked: this.#uninvoked,
      emitted: this.#emitted,
      taken: this.#taken,
    }
  }

  #collect({ asked, taken }: Step): void {
    this.#taken.push(...taken)
    for (const request of asked) this.#take(request)
  }

  #take(request: Asked): void {
    switch (request.kind) {
      case 'action':
        this.#ask(request.type, request.params)
        return
      case 'timerSet': {
        const id = request.id ?? `${this.#sequence}.${this.#anonymous++}`
        this.#timers.set(id, {
          id,
          delayMs: checkedDelay(id, request.delayMs),
          event: request.event,
        })
        return
      }
      case 'timerCancelled':
        this.#timers.delete(request.id)
        this.#cancelled.add(request.id)
        return
      case 'invoked':
        this.#command('invoke', { id: request.id, src: request.src, input: request.input })
        return
      case 'uninvoked':
        this.#uninvoked.push(request.id)
        return
      case 'emitted':
        this.#emitted.push(request.event.type)
    }
  }

  #ask(name: string, params: unknown): void {
    if (!isEffectName(name)) {
      throw new ChartError({
        code: 'chart.unknownAction',
        what: `The chart ran the action '${name}', which is neither an effect nor made by assign, raise or enqueueActions.`,
        fix: 'Use an effect to ask Graph, or invoke promise logic for other work.',
      })
    }
    const id = this.#command(name, params ?? {})
    this.#unheard.push({
      type: `${effects[name].noun}.asked`,
      command: { id, effect: name },
      params: params ?? {},
    })
  }

  #command(effect: Command['effect'], params: unknown): string {
    if (this.commands.length >= COMMANDS_LIMIT) {
      throw new ChartError({
        code: 'chart.tooManyEffects',
        what: `One event made the chart ask for more than ${COMMANDS_LIMIT} effects.`,
        fix: 'Look for states that enter one another in a circle.',
      })
    }
    const id = `${this.#key}.${this.#sequence}.${this.commands.length}`
    this.commands.push({ id, effect, params })
    return id
  }
}

function checkedDelay(id: string, delayMs: number): number {
  if (Number.isFinite(delayMs) && delayMs >= 0) return delayMs
  throw new ChartError({
    code: 'chart.delayInvalid',
    what: `The delay of '${id}' came out as ${delayMs}.`,
    fix: 'A delay is a number of milliseconds, zero or more.',
  })
}

type Moved = {
  readonly participants: ReadonlyMap<string, ChartSnapshot>
  readonly roster: Roster
  readonly ids: ReadonlySet<string>
  /** What the call hears of it. */
  readonly events: readonly AnyEventObject[]
}

function moveParticipants(group: Group, change: RosterChange): Moved {
  const moved = new Map<string, ChartSnapshot>()
  const standing = (id: string) => moved.get(id) ?? group.participants.get(id)
  const events: AnyEventObject[] = []
  const after = applyChange(group.roster, change)
  for (const participant of change.updated) {
    const entry = after.entries.get(participant.id)
    if (!entry) continue
    const { sequence } = entry
    const before = standing(participant.id)
    const next = before
      ? step(participantChart, before, { type: 'participant.reported', participant, sequence })
      : start(participantChart, { participant, sequence })
    moved.set(participant.id, next.snapshot)
    events.push({ type: presenceEvent(before, next.snapshot), participant })
  }
  for (const id of change.absent) {
    const before = standing(id)
    if (!before) continue
    const { snapshot } = step(participantChart, before, {
      type: 'participant.absent',
      sequence: after.entries.get(id)?.sequence,
    })
    moved.set(id, snapshot)
    events.push({ type: 'participant.left', participant: participantIn(snapshot) })
  }
  const forgotten = forgottenBy(group.roster, change)
  const known = ById.of(group.participants)
  const participants = (forgotten.size > 0 ? known.without(forgotten) : known).with(moved)
  events.push(rosterUpdated(group.call, participants, after, change))
  return { participants, roster: after, ids: new Set([...moved.keys(), ...forgotten]), events }
}

function rosterUpdated(
  call: ChartSnapshot,
  participants: ReadonlyMap<string, ChartSnapshot>,
  roster: Roster,
  { gap, listed }: Pick<RosterChange, 'gap' | 'listed'>,
): RosterEvent {
  return {
    type: 'roster.updated',
    size: sizeOf(roster),
    sequence: roster.sequence,
    wholeSince: roster.wholeSince,
    self: selfIn(call, participants),
    gap,
    listed,
  }
}

/** Who is on the call: people invited, ringing or in the lobby are not yet. */
function isThere(snapshot: ChartSnapshot | undefined): boolean {
  return ['joined', 'onHold'].some((presence) => snapshot?.matches({ presence }))
}

function presenceEvent(before: ChartSnapshot | undefined, after: ChartSnapshot): string {
  if (isThere(after) && !isThere(before)) return 'participant.joined'
  return after.matches({ presence: 'left' }) ? 'participant.left' : 'participant.updated'
}

function participantIn(snapshot: ChartSnapshot): Participant {
  const { participant }: { participant: Participant } = snapshot.context
  return participant
}

function selfIn(
  call: ChartSnapshot,
  participants: ReadonlyMap<string, ChartSnapshot>,
): Participant | undefined {
  const self = participants.get(selfIdOf(call) ?? '')
  return self && !self.matches({ presence: 'left' }) ? participantIn(self) : undefined
}

function selfIdOf(snapshot: ChartSnapshot): string | undefined {
  const { call }: { call: { myParticipantId?: Json } } = snapshot.context
  return typeof call.myParticipantId === 'string' ? call.myParticipantId : undefined
}
