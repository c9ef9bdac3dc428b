/**
 * The roster fold: from what Graph lists to what changed. Each participant is a register that the latest
 * roster sequence wins, so duplicated, late and reordered rosters end in the same roster. A full roster
 * numbers those it lists (by the roster that last touched each) but not itself: where that leaves open
 * whether it is late or somebody has left, Graph must be asked, and what it lists then is taken as it is.
 */
import { ById } from './byId.ts'
import type { RosterChange, RosterReport } from './events.ts'
import type { Participant } from './words.ts'

/**
 * Participants of whom one call remembers anything. Whoever has left longest is forgotten where there is no room
 * for newcomers, a tenth of all at once; where nobody has left, further ones are not taken in.
 */
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
  /** Sequence as of which all of the roster was told: what is older is known. */
  readonly wholeSince: number | undefined
  /** Highest sequence of anybody who was forgotten: what is no newer may be late word of them. */
  readonly forgottenUpTo: number | undefined
}

export const emptyRoster: Roster = {
  entries: ById.of(new Map()),
  sequence: undefined,
  wholeSince: undefined,
  forgottenUpTo: undefined,
}

/** The sequence a change gives to one participant: that of the delta, else the one Graph numbered. */
function sequenceFor(
  participant: Participant,
  { kind, sequenceNumber }: Pick<RosterChange, 'kind' | 'sequenceNumber'>,
): number | undefined {
  const { rosterSequenceNumber } = participant
  return kind === 'delta'
    ? highest(sequenceNumber, rosterSequenceNumber ?? undefined)
    : (rosterSequenceNumber ?? sequenceNumber)
}

/** What a report changes, or `undefined` when it tells nothing new. */
export function changeOf(roster: Roster, report: RosterReport): RosterChange | undefined {
  const { updated, isDoubtful } = judged(roster, report)
  const sequenceNumber = sequenceOf(report)
  const unlisted = report.kind === 'full' ? unlistedIn(roster, report) : []
  const absent = unlisted.filter(
    ({ sequence }) => report.listed || !isLower(sequenceNumber, sequence),
  )
  const gap = hasGap(roster, report) || absent.length < unlisted.length || isDoubtful
  const change: RosterChange = {
    type: 'roster.changed',
    kind: report.kind,
    listed: report.listed === true,
    sequenceNumber,
    gap,
    updated,
    absent: absent.map(({ participant }) => participant.id),
  }
  const first = roster.sequence === undefined && roster.entries.size === 0
  const isNothing = updated.length === 0 && absent.length === 0 && !gap && !first
  return isNothing && !advances(roster, change) ? undefined : change
}

/** Who is forgotten so that the newcomers of a change find room. */
export function forgottenBy({ entries }: Roster, { updated }: RosterChange): ReadonlySet<string> {
  if (entries.size + updated.length <= ROSTER_LIMIT) return nobody
  const told = new Set(updated.map(({ id }) => id))
  const newcomers = [...told].filter((id) => !entries.has(id)).length
  const lacking = entries.size + newcomers - ROSTER_LIMIT
  if (newcomers === 0 || lacking <= 0) return nobody
  const left = [...entries.values()].filter(
    ({ present, participant }) => !present && !told.has(participant.id),
  )
  const longestFirst = left.toSorted(byLeaving).slice(0, lacking + ROSTER_LIMIT / 10)
  return new Set(longestFirst.map(({ participant }) => participant.id))
}

const nobody: ReadonlySet<string> = new Set()

/** The order does not depend on that of the roster, which a restart changes. */
function byLeaving(one: RosterEntry, other: RosterEntry): number {
  const later = (one.sequence ?? 0) - (other.sequence ?? 0)
  return later || (one.participant.id < other.participant.id ? -1 : 1)
}

function forgetting(roster: Roster, ids: ReadonlySet<string>): Roster {
  if (ids.size === 0) return roster
  let { forgottenUpTo } = roster
  for (const id of ids) forgottenUpTo = highest(forgottenUpTo, roster.entries.get(id)?.sequence)
  return { ...roster, forgottenUpTo, entries: ById.of(roster.entries).without(ids) }
}

/** The roster after a change. */
export function applyChange(before: Roster, change: RosterChange): Roster {
  const roster = forgetting(before, forgottenBy(before, change))
  const changed = new Map<string, RosterEntry>()
  let { size } = roster.entries
  for (const participant of change.updated) {
    const known = changed.get(participant.id) ?? roster.entries.get(participant.id)
    if (!known && size >= ROSTER_LIMIT) continue
    if (!known) size++
    changed.set(participant.id, {
      participant,
      sequence: sequenceFor(participant, change) ?? known?.sequence,
      present: !participant.removedState,
    })
  }
  for (const id of change.absent) {
    const entry = changed.get(id) ?? roster.entries.get(id)
    if (!entry) continue
    changed.set(id, {
      ...entry,
      sequence: highest(change.sequenceNumber, entry.sequence),
      present: false,
    })
  }
  const entries = ById.of(roster.entries).with(changed)
  return { ...roster, entries, ...sequencesAfter(roster, change) }
}

/** How many participants are on the call. */
export function sizeOf(roster: Roster): number {
  let size = 0
  for (const entry of roster.entries.values()) if (entry.present) size++
  return size
}

/** A listed roster without numbers is taken to be as new as the newest heard. */
function sequencesAfter(
  { sequence, wholeSince }: Roster,
  { kind, listed, sequenceNumber }: RosterChange,
): Pick<Roster, 'sequence' | 'wholeSince'> {
  const asOf = sequenceNumber ?? (listed ? sequence : undefined)
  return {
    sequence: highest(sequence, sequenceNumber),
    wholeSince: kind === 'full' ? highest(wholeSince, asOf) : wholeSince,
  }
}

/** Whether a change that tells of nobody still tells how new the roster is. */
function advances(roster: Roster, change: RosterChange): boolean {
  const after = sequencesAfter(roster, change)
  return after.sequence !== roster.sequence || after.wholeSince !== roster.wholeSince
}

type Judged = { readonly updated: readonly Participant[]; readonly isDoubtful: boolean }

/** Of whom a report tells something new, and whether it leaves open of somebody if they are back. */
function judged(roster: Roster, report: RosterReport): Judged {
  const updated: Participant[] = []
  let isDoubtful = false
  const find = ById.of(roster.entries).inOrder()
  for (const told of report.participants) {
    const known = find(told.id)
    const sequence = sequenceFor(told, report)
    if (known && isBackOrLate(known, told, sequence, report)) isDoubtful = true
    else if (!known && mayBeForgotten(roster, sequence, report)) isDoubtful ||= !told.removedState
    else if (isNews(roster, known, told, sequence, report)) updated.push(told)
  }
  return { updated, isDoubtful }
}

function isNews(
  roster: Roster,
  known: RosterEntry | undefined,
  told: Participant,
  sequence: number | undefined,
  { listed }: RosterReport,
): boolean {
  if (isLower(sequence, known?.sequence)) return false
  if (!listed && isLower(sequence, roster.wholeSince)) return false
  if (!known || isLower(known.sequence, sequence)) return true
  return known.present === Boolean(told.removedState) || differs(told, known.participant)
}

/** One who has left is listed with the very number they had: they are back, or the roster is late. */
function isBackOrLate(
  known: RosterEntry,
  told: Participant,
  sequence: number | undefined,
  { listed }: RosterReport,
): boolean {
  return (
    !known.present &&
    !told.removedState &&
    !listed &&
    sequence !== undefined &&
    sequence === known.sequence
  )
}

/** Somebody unknown whom Graph told of no later than of those who were forgotten. */
function mayBeForgotten(
  { forgottenUpTo }: Roster,
  sequence: number | undefined,
  { listed }: RosterReport,
): boolean {
  return (
    !listed && sequence !== undefined && sequence <= (forgottenUpTo ?? Number.NEGATIVE_INFINITY)
  )
}

function unlistedIn(roster: Roster, report: RosterReport): RosterEntry[] {
  const unlisted: RosterEntry[] = []
  const { participants } = report
  let listed: ReadonlySet<string> | undefined
  let next = 0
  for (const entry of roster.entries.values()) {
    if (!entry.present) continue
    const { id } = entry.participant
    // Graph lists people in the order in which it did before: most need not be looked for.
    if (participants[next]?.id === id) {
      next++
    } else {
      listed ??= new Set(participants.map((told) => told.id))
      if (!listed.has(id)) unlisted.push(entry)
    }
  }
  return unlisted
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

function isLower(sequence: number | undefined, than: number | undefined): boolean {
  return sequence !== undefined && than !== undefined && sequence < than
}

function highest(one: number | undefined, other: number | undefined): number | undefined {
  if (one === undefined) return other
  return other === undefined ? one : Math.max(one, other)
}

function differs(told: Participant, known: Participant): boolean {
  // Nearly everybody in a roster is the very participant who is known: Graph told them as before.
  return told !== known && signatureOf(told) !== signatureOf(known)
}

/** All that is worth telling of a participant; cheaper to compare than the whole resource. */
function signatureOf(participant: Participant): string {
  const streams = (participant.mediaStreams ?? []).map(
    ({ mediaType, direction, serverMuted, sourceId, label }) =>
      `${mediaType}:${direction}:${serverMuted}:${sourceId}:${label}`,
  )
  const { info, isMuted, isInLobby, state, metadata, restrictedExperience, recordingInfo } =
    participant
  return JSON.stringify([
    streams,
    info,
    isMuted,
    isInLobby,
    participant.removedState,
    state,
    metadata,
    restrictedExperience,
    recordingInfo,
  ])
}
