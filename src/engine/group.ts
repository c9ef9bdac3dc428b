/** A call's group: the call's own actor and its participants', which turn together. */

import { createMachine, type Snapshot } from 'xstate'
import { ById } from '../../machines/byId.ts'
import { baseOf } from '../../machines/call/baseUpgrades.ts'
import type { CallContext, CallInput } from '../../machines/call/context.ts'
import { type ParticipantContext, participantChart } from '../../machines/participant.ts'
import type { Roster, RosterEntry } from '../../machines/roster.ts'
import { decodeSnapshot, encodeSnapshot } from '../../snapshots/codec.ts'
import type { ActorEntry, StoredCall } from '../../snapshots/store.ts'
import { decodeHeard, encodeHeard, nothingHeard } from './between.ts'
import { type Chart, loadChart } from './chart.ts'
import { decodeJoinings, encodeJoinings, type Joinings, noJoinings } from './joining.ts'
import { type ChartSnapshot, persist, restore, restoreWithoutActors } from './step.ts'

/** The name of the call's own actor among those of its group. */
const CALL_ACTOR = 'call'

/** Beside the actors: what the group has heard from other calls. */
const HEARD = 'heard'

/** And what the joinings it was told of were answered with. */
const JOININGS = 'joinings'

/** And the highest roster sequence of anybody who was forgotten. */
const FORGOTTEN = 'forgotten'

/** Everything a turn reads and gives anew; nothing in it is ever changed in place. */
export type Group = {
  readonly key: string
  readonly call: ChartSnapshot
  readonly participants: ReadonlyMap<string, ChartSnapshot>
  readonly roster: Roster
  /** Of each call that told this one anything, the last command it has heard. */
  readonly heard: ReadonlyMap<string, string>
  /** What the latest joinings under a recording policy were answered with. */
  readonly joinings: Joinings
  /** Sequence of the last journalled event. */
  readonly sequence: number
}

/** What a call's chart is started with, as the first journal entry keeps it. */
export type StartEvent = { readonly type: 'call.started'; readonly input: CallInput }

/** The actors of a group as text, all of them or those named. */
export function encodeActors(
  chart: Chart,
  group: Group,
  changed?: ReadonlySet<string>,
): ActorEntry[] {
  const entries = [
    { actor: CALL_ACTOR, snapshot: encodeSnapshot(persist(chart.machine, group.call)) },
    ...(group.heard.size > 0 ? [{ actor: HEARD, snapshot: encodeHeard(group.heard) }] : []),
    ...(group.joinings.size > 0
      ? [{ actor: JOININGS, snapshot: encodeJoinings(group.joinings) }]
      : []),
    ...(group.roster.forgottenUpTo === undefined
      ? []
      : [{ actor: FORGOTTEN, snapshot: JSON.stringify(group.roster.forgottenUpTo) }]),
  ]
  for (const [id, snapshot] of group.participants) {
    if (changed && !changed.has(id)) continue
    entries.push({
      actor: `participant/${id}`,
      snapshot: encodeSnapshot(persist(participantChart, snapshot)),
    })
  }
  return entries
}

/** The names of those actors of a group that are no more, of those that moved. */
export function goneActors({ participants }: Group, moved: ReadonlySet<string>): readonly string[] {
  return [...moved].filter((id) => !participants.has(id)).map((id) => `participant/${id}`)
}

/** The group that `encodeActors` wrote. Throws when the chart cannot read it. */
export function decodeActors(
  chart: Chart,
  key: string,
  sequence: number,
  actors: readonly ActorEntry[],
): Group | undefined {
  return groupOf(key, sequence, actors, (stored) => restore(chart.machine, stored))
}

function groupOf(
  key: string,
  sequence: number,
  actors: readonly ActorEntry[],
  callOf: (stored: Snapshot<unknown>) => ChartSnapshot,
): Group | undefined {
  const participants = new Map<string, ChartSnapshot>()
  let call: ChartSnapshot | undefined
  let heard: Group['heard'] = nothingHeard
  let joinings = noJoinings
  let forgottenUpTo: number | undefined
  for (const { actor, snapshot } of actors) {
    if (actor === HEARD) {
      heard = decodeHeard(snapshot)
      continue
    }
    if (actor === JOININGS) {
      joinings = decodeJoinings(snapshot)
      continue
    }
    if (actor === FORGOTTEN) {
      forgottenUpTo = Number(snapshot)
      continue
    }
    const stored = decodeSnapshot(snapshot)
    if (actor === CALL_ACTOR) call = callOf(stored)
    else participants.set(actor.slice('participant/'.length), restore(participantChart, stored))
  }
  return (
    call && {
      key,
      call,
      participants: ById.of(participants),
      roster: { ...rosterOf(participants, call), forgottenUpTo },
      heard,
      joinings,
      sequence,
    }
  )
}

/** The snapshot of a stored call's own actor, read without its chart. Throws `CodecError` where there is none. */
export function storedSnapshot({ actors }: Pick<StoredCall, 'actors'>): Snapshot<unknown> {
  return decodeSnapshot(actors.find(({ actor }) => actor === CALL_ACTOR)?.snapshot ?? '')
}

/** Which base a stored call stands on. */
export function storedBase(stored: Pick<StoredCall, 'actors'>): number {
  const kept = storedSnapshot(stored)
  // Written by a chart's own snapshot.
  const { context = {} } = kept as { readonly context?: Pick<CallContext, 'base'> }
  return baseOf(context)
}

/** Stands in for a chart that nobody brings any more, where a call is only looked at: it stands still. */
export const retired: Chart = loadChart(createMachine({ id: 'retired', version: '1' }))

/** A stored call whose chart is not there, or not needed: what it and its participants remembered. */
export function atRest({ key, snapshotSequence, actors }: StoredCall): Group | undefined {
  return groupOf(key, snapshotSequence, actors, (stored) => {
    const context = 'context' in stored ? stored.context : {}
    return retired.machine.resolveState({ value: {}, context, status: 'done' })
  })
}

/** The group as it will be read after a restart, but for the private values a restart would lose. */
export function readBack(chart: Chart, group: Group): Group {
  const text = encodeSnapshot(persist(chart.machine, group.call))
  const persisted = decodeSnapshot(text)
  if ('context' in persisted && typeof persisted.context === 'object') {
    Object.assign(persisted.context ?? {}, { private: group.call.context.private })
  }
  const revive = text.includes('"xstate$$type"') ? restore : restoreWithoutActors
  return { ...group, call: revive(chart.machine, persisted) }
}

function rosterOf(
  participants: ReadonlyMap<string, ChartSnapshot>,
  call: ChartSnapshot,
): Omit<Roster, 'forgottenUpTo'> {
  const entries = new Map<string, RosterEntry>()
  for (const [id, snapshot] of participants) {
    const { participant, sequence }: ParticipantContext = snapshot.context
    entries.set(id, { participant, sequence, present: !snapshot.matches({ presence: 'left' }) })
  }
  const { rosterSequence, rosterWholeSince }: CallContext = call.context
  return { entries: ById.of(entries), sequence: rosterSequence, wholeSince: rosterWholeSince }
}

/** The active states of a chart, `region.state` each, innermost only. */
export function statesOf(snapshot: { readonly value?: unknown }): string[] {
  return leaves(snapshot.value, '')
}

function leaves(value: unknown, path: string): string[] {
  if (typeof value === 'string') return [path ? `${path}.${value}` : value]
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([name, inner]) =>
    leaves(inner, path ? `${path}.${name}` : name),
  )
}
