/** Plays what a call is told, turn by turn, as the engine does between mailbox and store. */
import { type CallInput, changeOf, type RosterReport } from '../../machines/index.ts'
import { decodeEvent } from '../../snapshots/codec.ts'
import type { Chart } from '../../src/engine/chart.ts'
import { decodeActors, encodeActors, type Group } from '../../src/engine/group.ts'
import {
  type CallChartEvent,
  type Command,
  startTurn,
  type Turn,
  takeTurn,
} from '../../src/engine/turn.ts'

/** What a call may be told. */
export type Told = CallChartEvent | RosterReport

/** A call as it stands, and everything it asked for on the way. */
export type Played = {
  readonly group: Group
  readonly commands: readonly Command[]
  readonly turns: readonly Omit<Turn, 'group'>[]
  /** Its journal: the events as applied. */
  readonly journal: readonly CallChartEvent[]
}

export const input: CallInput = {
  key: 'k',
  direction: 'incoming',
  call: { id: 'g', myParticipantId: 'me' },
}

export function begin(chart: Chart, start: CallInput = input): Played {
  return after(undefined, startTurn(chart, { type: 'call.started', input: start }))
}

/**
 * The call after it was told all of this, in this order; once it has ended it is deaf. With `readBack`
 * it is read from its own text after each turn.
 */
export function play(
  chart: Chart,
  played: Played,
  told: readonly Told[],
  readBack: (chart: Chart, group: Group) => Group = (_, group) => group,
): Played {
  return told.reduce((before, each) => {
    const event = isReport(each) ? changeOf(before.group.roster, each) : each
    if (!event || before.group.call.status === 'done') return before
    const turn = turnOf(chart, before.group, event)
    return turn ? after(before, { ...turn, group: readBack(chart, turn.group) }, event) : before
  }, played)
}

/** Undefined where the chart throws: such an event is quarantined, and the call stands where it stood. */
function turnOf(chart: Chart, group: Group, event: CallChartEvent): Turn | undefined {
  try {
    return takeTurn(chart, group, event)
  } catch {
    return undefined
  }
}

function after(before: Played | undefined, turn: Turn, event?: CallChartEvent): Played {
  const { group, ...rest } = turn
  return {
    group,
    commands: [...(before?.commands ?? []), ...turn.commands],
    turns: [...(before?.turns ?? []), rest],
    journal: [...(before?.journal ?? []), ...(event ? [event] : [])],
  }
}

function isReport(told: Told): told is RosterReport {
  return told.type === 'roster.reported'
}

/** The group as it is read back from the text the store keeps. */
export function readBack(chart: Chart, group: Group): Group {
  const read = decodeActors(chart, group.key, group.sequence, encodeActors(chart, group))
  if (!read) throw new Error('The group was not written.')
  return read
}

/** An event as the journal gives it back. */
export function rejournalled(event: CallChartEvent): CallChartEvent {
  return decodeEvent(JSON.stringify(event))
}

/** Everybody's state and context, to be compared. */
export function standing({ group }: Played): object {
  const of = ({ value, context, status }: Group['call']) => ({ value, context, status })
  return {
    call: of(group.call),
    participants: Object.fromEntries([...group.participants].map(([id, each]) => [id, of(each)])),
  }
}
