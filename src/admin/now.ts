/** A call as it stands: states, roster, what it has asked for, what is due, and what is wrong. */
import type { ParticipantContext } from '../../machines/participant.ts'
import { partyOf } from '../../machines/party.ts'
import type { OutboxEntry, TimerEntry } from '../../snapshots/index.ts'
import { delaySpan } from '../../snapshots/spans.ts'
import type { Group } from '../engine/group.ts'
import { statesOf } from '../engine/group.ts'
import type { Found } from './calls.ts'
import { statesIn } from './liveCall.ts'
import { shown } from './payload.ts'
import { whoOf } from './people.ts'
import { problemsOf } from './problems.ts'
import type { CallNow, OutboxRow, ParticipantRow, Roster, TimerRow } from './protocol.ts'
import type { Reasons } from './reasons.ts'

/** People shown of one roster. */
const MOST_PEOPLE = 1_000

/** Effects shown of one call, the newest. */
export const MOST_EFFECTS = 500

export function nowOf(found: Found, nowMs: number): CallNow {
  const { group, states, stored, past, reasons } = found
  return {
    states,
    roster: rosterOf(group),
    outbox: past.outbox.slice(-MOST_EFFECTS).map((entry) => outboxRow(entry, reasons)),
    timers: stored.timers.map(timerRow),
    problems: problemsOf(found, nowMs),
  }
}

function outboxRow({ params, operationId, ...entry }: OutboxEntry, reasons: Reasons): OutboxRow {
  const why = reasons.get(entry.id)
  return {
    ...entry,
    ...(why !== undefined && { why }),
    params: shown(JSON.parse(params)),
    ...(operationId !== undefined && { operationId }),
  }
}

export function timerRow({ id, dueMs, event }: TimerEntry): TimerRow {
  const { type = '' }: { readonly type?: string } = JSON.parse(event)
  return { id, dueMs, what: timerWords(type) }
}

/** `xstate.after.10000.front-desk.scenario.choosing` as `after 10 s in scenario.choosing`. */
export function timerWords(type: string): string {
  const [, delay, place] = /^xstate\.after\.([^.]+)\.(.*)$/.exec(type) ?? []
  if (delay === undefined || place === undefined) return type
  const state = place.split('.').slice(1).join('.')
  return `after ${delaySpan(delay)} in ${state || place}`
}

export function rosterOf(group: Group): Roster {
  const self: unknown = group.call.context.call?.myParticipantId
  const everybody = [...group.participants.values()].map((snapshot) => {
    const { participant }: ParticipantContext = snapshot.context
    return participantRow(participant, statesOf(snapshot), participant.id === self)
  })
  const present = everybody.filter(({ presence }) => presence !== 'left')
  const gone = everybody.filter(({ presence }) => presence === 'left')
  const isLive = statesIn('topology', statesOf(group.call)).includes('multiparty.rosterLive')
  return {
    mode: isLive ? 'live' : 'silent',
    size: present.length,
    participants: [...present, ...gone].slice(0, MOST_PEOPLE),
  }
}

function participantRow(
  { id, info }: ParticipantContext['participant'],
  states: readonly string[],
  isSelf: boolean,
): ParticipantRow {
  return {
    id,
    who: whoOf(info),
    kind: partyOf(info).kind,
    isSelf,
    presence: presences.find((each) => states.includes(`presence.${each}`)) ?? 'starting',
    audio: audios.find((each) => states.includes(`audio.${each}`)) ?? 'starting',
    isSharing: ['sendOnly', 'sendReceive'].some((each) => states.includes(`screenSharing.${each}`)),
    states,
  }
}

const presences = ['invited', 'ringing', 'inLobby', 'joined', 'onHold', 'left'] as const
const audios = ['unmuted', 'muted', 'serverMuted'] as const
