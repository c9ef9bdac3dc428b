/**
 * The roster fold: from what Graph lists to what changed. Each participant is a register that the latest
 * roster sequence wins, so duplicated, late and reordered rosters end in the same roster.
 */
import type { RosterChange, RosterReport } from './events.ts'
import type { Participant } from './words.ts'

/** Participants one call may hold; further ones are not taken in, and the call hears of it. */
export const ROSTER_LIMIT = 10_000

/** What is remembered of a participant to know whether a roster tells anything new. */
export type RosterEntry = {
  readonly participant: Participant
  /** Sequence of the roster that told it last; undefined when Graph gave none. */
  readonly sequence: number | undefined
  readonly present: boolean
}

/** What is known of a call's roster. */
export type Roster = {
  readonly entries: ReadonlyMap<string, RosterEntry>
  /** Highest roster sequence heard. */
  readonly sequence: number | undefined
}

/** The sequence a change gives to one participant. */
export function sequenceFor(participant: Participant, change: RosterChange): number | undefined {
  return participant.rosterSequenceNumber ?? change.sequenceNumber
}

export const emptyRoster: Roster = { entries: new Map(), sequence: undefined }

/** What a report changes, or `undefined` when it tells nothing new. */
export function changeOf(roster: Roster, report: RosterReport): RosterChange | undefined {
  const updated = report.participants.filter((told) => isNews(roster, told, report))
  const absent = report.kind === 'full' ? absentFrom(roster, report) : []
  const gap = hasGap(roster, report)
  const first = roster.sequence === undefined && roster.entries.size === 0
  if (updated.length === 0 && absent.length === 0 && !gap && !first) return undefined
  return {
    type: 'roster.changed',
    listed: report.listed === true,
    sequenceNumber: sequenceOf(report),
    gap,
    updated,
    absent,
  }
}

/** The roster after a change. */
export function applyChange(roster: Roster, change: RosterChange): Roster {
  const entries = new Map(roster.entries)
  for (const participant of change.updated) {
    if (!entries.has(participant.id) && entries.size >= ROSTER_LIMIT) continue
    entries.set(participant.id, {
      participant,
      sequence: sequenceFor(participant, change),
      present: !participant.removedState,
    })
  }
  for (const id of change.absent) {
    const entry = entries.get(id)
    if (entry)
      entries.set(id, {
        ...entry,
        sequence: change.sequenceNumber ?? entry.sequence,
        present: false,
      })
  }
  return { entries, sequence: highest(roster.sequence, change.sequenceNumber) }
}

/** How many participants are on the call. */
export function sizeOf(roster: Roster): number {
  let size = 0
  for (const entry of roster.entries.values()) if (entry.present) size++
  return size
}

function isNews(roster: Roster, told: Participant, report: RosterReport): boolean {
  const known = roster.entries.get(told.id)
  if (!known) return true
  const sequence = told.rosterSequenceNumber ?? sequenceOf(report)
  if (isOlder(sequence, known.sequence)) return false
  return (
    signatureOf(told) !== signatureOf(known.participant) ||
    known.present === Boolean(told.removedState)
  )
}

function absentFrom(roster: Roster, report: RosterReport): string[] {
  const sequence = sequenceOf(report)
  const listed = new Set(report.participants.map(({ id }) => id))
  const absent: string[] = []
  for (const [id, entry] of roster.entries) {
    if (entry.present && !listed.has(id) && !isOlder(sequence, entry.sequence)) absent.push(id)
  }
  return absent
}

/** A delta that does not follow on the highest one heard: something in between is missing. */
function hasGap(roster: Roster, { kind, sequenceNumber }: RosterReport): boolean {
  return (
    kind === 'delta' &&
    roster.sequence !== undefined &&
    sequenceNumber !== undefined &&
    sequenceNumber > roster.sequence + 1
  )
}

function sequenceOf(report: RosterReport): number | undefined {
  return report.participants.reduce(
    (sequence, { rosterSequenceNumber }) => highest(sequence, rosterSequenceNumber ?? undefined),
    report.sequenceNumber,
  )
}

function isOlder(sequence: number | undefined, than: number | undefined): boolean {
  return sequence !== undefined && than !== undefined && sequence < than
}

function highest(one: number | undefined, other: number | undefined): number | undefined {
  if (one === undefined) return other
  return other === undefined ? one : Math.max(one, other)
}

/** All a participant's chart can tell apart; cheaper to compare than the whole resource. */
function signatureOf(participant: Participant): string {
  const streams = (participant.mediaStreams ?? [])
    .map(({ mediaType, direction, serverMuted }) => `${mediaType}:${direction}:${serverMuted}`)
    .join()
  const { isMuted, isInLobby, removedState, state, metadata, restrictedExperience, recordingInfo } =
    participant
  return JSON.stringify([
    streams,
    isMuted,
    isInLobby,
    removedState,
    state,
    metadata,
    restrictedExperience,
    recordingInfo,
  ])
}
