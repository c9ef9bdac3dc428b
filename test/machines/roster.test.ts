import { describe, expect, test } from 'vitest'
import {
  applyChange,
  changeOf,
  emptyRoster,
  type Participant,
  ROSTER_LIMIT,
  type Roster,
  type RosterReport,
  sizeOf,
} from '../../machines/index.ts'

/** `A2!` is participant A, last touched by roster 2, muted; `A-` has been removed. */
function participant(text: string): Participant {
  const [, id = '', sequence, mark] = /^([A-Z])(\d*)(.?)$/.exec(text) ?? []
  return {
    id,
    isMuted: mark === '!',
    ...(sequence && { rosterSequenceNumber: Number(sequence) }),
    ...(mark === '-' && { removedState: { reason: 'left' } }),
  }
}

const listing = (text: string) => text.split(' ').filter(Boolean).map(participant)
const full = (text: string): RosterReport => ({
  type: 'roster.reported',
  kind: 'full',
  participants: listing(text),
})
const listed = (text: string): RosterReport => ({ ...full(text), listed: true })
const delta = (sequenceNumber: number, text: string): RosterReport => ({
  type: 'roster.reported',
  kind: 'delta',
  sequenceNumber,
  participants: listing(text),
})

function told(...reports: readonly RosterReport[]): Roster {
  return toldMore(emptyRoster, ...reports)
}

function toldMore(before: Roster, ...reports: readonly RosterReport[]): Roster {
  return reports.reduce((roster, report) => {
    const change = changeOf(roster, report)
    return change ? applyChange(roster, change) : roster
  }, before)
}

function present(roster: Roster): string {
  return [...roster.entries.values()]
    .filter((entry) => entry.present)
    .map(({ participant: { id, isMuted } }) => `${id}${isMuted ? '!' : ''}`)
    .sort()
    .join(' ')
}

const changes = (roster: Roster, report: RosterReport) => {
  const change = changeOf(roster, report)
  return change && [change.updated.map(({ id }) => id).join(''), change.absent.join(''), change.gap]
}

describe('full rosters without numbers', () => {
  test('who is not listed any more has left', () => {
    expect(present(told(full('A B C'), full('A C!')))).toBe('A C!')
  })

  test('a repeated one changes nothing', () => {
    expect(changeOf(told(full('A B')), full('A B'))).toBeUndefined()
  })

  test('one participant’s change is one change', () => {
    expect(changes(told(full('A B C')), full('A B! C'))).toEqual(['B', '', false])
  })

  test('the first roster is a change even if nobody is on it', () => {
    expect(changes(emptyRoster, full(''))).toEqual(['', '', false])
  })
})

describe('full rosters with numbers', () => {
  test('a late one does not bring back what newer ones changed', () => {
    expect(present(told(full('A1 B2'), full('A3! B2'), full('A1 B2')))).toBe('A! B')
  })

  test('somebody missing from one whose numbers are older may have left, or it is late: Graph is asked', () => {
    const roster = told(full('A1 B2'))
    expect(changes(roster, full('A1'))).toEqual(['', '', true])
    expect(present(told(full('A1 B2'), full('A1')))).toBe('A B')
    expect(present(told(full('A1 B2'), full('A1'), listed('A1')))).toBe('A')
  })

  test('somebody missing from one whose numbers are newer has left', () => {
    expect(changes(told(full('A1 B2')), full('A3!'))).toEqual(['A', 'B', false])
  })

  test('one who has left, listed with the number they had, is back or the roster is late: Graph is asked', () => {
    const roster = told(full('A1 B2'), listed('A1'))
    expect(changes(roster, full('A1 B2'))).toEqual(['', '', true])
    expect(present(told(full('A1 B2'), listed('A1'), full('A1 B2'), listed('A1 B2')))).toBe('A B')
  })

  test('one who joined and left before the roster we know is not taken in by a late roster', () => {
    expect(present(told(full('A5'), delta(3, 'B')))).toBe('A')
  })
})

describe('delta rosters', () => {
  test('tell only what changed, a removal with its state', () => {
    expect(present(told(delta(1, 'A B'), delta(2, 'B-'), delta(3, 'C')))).toBe('A C')
  })

  test('a change that is undone is not redone by the late one in between', () => {
    expect(present(told(delta(3, 'A'), delta(5, 'A'), delta(4, 'A!')))).toBe('A')
  })

  test('a late join does not bring back who has left', () => {
    expect(present(told(delta(1, 'A'), delta(3, 'B-'), delta(2, 'B')))).toBe('A')
  })

  test('one missing is a gap; one in order, late or repeated is none', () => {
    const roster = told(delta(1, 'A'), delta(2, 'A!'))
    expect(changes(roster, delta(4, 'B'))).toEqual(['B', '', true])
    expect(changes(roster, delta(3, 'B'))).toEqual(['B', '', false])
    expect(changeOf(roster, delta(2, 'A!'))).toBeUndefined()
    expect(changeOf(roster, delta(1, 'A'))).toBeUndefined()
  })

  test('one that changes nobody still counts', () => {
    expect(changes(told(delta(1, 'A'), delta(2, '')), delta(3, 'B'))).toEqual(['B', '', false])
  })

  test('one older than a listed roster is known', () => {
    expect(
      present(told(delta(1, 'A'), delta(4, 'C'), listed('A C'), delta(2, 'B!'), delta(3, 'A!'))),
    ).toBe('A C')
  })
})

test('whatever is worth telling of a participant is a change', () => {
  const before: Participant = {
    id: 'A',
    mediaStreams: [{ mediaType: 'audio', direction: 'sendReceive', sourceId: '1' }],
  }
  const roster = told({ ...full(''), participants: [before] })
  const news: readonly Partial<Participant>[] = [
    { isMuted: true },
    { isInLobby: true },
    { info: { identity: { user: { id: 'u', displayName: 'Ann' } } } },
    { metadata: 'm' },
    { mediaStreams: [] },
    { mediaStreams: [{ mediaType: 'audio', direction: 'sendReceive', sourceId: '2' }] },
  ]
  for (const more of news) {
    const change = changeOf(roster, { ...full(''), participants: [{ ...before, ...more }] })
    expect(change?.updated).toHaveLength(1)
  }
})

test('no more participants are taken in than the limit; those known go on', () => {
  const many = Array.from({ length: ROSTER_LIMIT + 5 }, (_, index) => ({ id: `p${index}` }))
  const roster = told({ ...full(''), participants: many })
  expect(sizeOf(roster)).toBe(ROSTER_LIMIT)
  const muted = { ...delta(1, ''), participants: [{ id: 'p0', isMuted: true }] }
  expect(changes(roster, muted)).toEqual(['p0', '', false])
})

test('whoever has left longest makes room for newcomers, and no late word brings them back', () => {
  const people = (from: number, to: number, more: Partial<Participant> = {}) =>
    Array.from({ length: to - from }, (_, index) => ({ id: `p${from + index}`, ...more }))
  const at = (sequenceNumber: number, participants: Participant[]): RosterReport => ({
    ...delta(sequenceNumber, ''),
    participants,
  })
  const removedState = { reason: 'left' }
  const before = told(
    at(1, people(0, ROSTER_LIMIT)),
    at(2, people(0, 1_500, { removedState })),
    at(3, people(1_500, 3_000, { removedState })),
  )
  const roster = toldMore(before, at(4, people(ROSTER_LIMIT, ROSTER_LIMIT + 5)))
  expect(sizeOf(roster)).toBe(ROSTER_LIMIT - 3_000 + 5)
  expect(roster.entries.size).toBe(ROSTER_LIMIT - 1_000)
  expect(people(1_500, 3_000).every(({ id }) => roster.entries.has(id))).toBe(true)
  expect(roster.entries.has('p0')).toBe(false)
  // It may be late, or they are back: Graph is asked.
  expect(changes(roster, at(1, people(0, 1)))).toEqual(['', '', true])
  expect(changes(roster, at(2, people(0, 1, { removedState })))).toBeUndefined()
  const all = [...roster.entries.values()].flatMap((each) =>
    each.present ? [each.participant] : [],
  )
  const asked = { ...listed(''), participants: [...all, ...people(0, 1)] }
  expect(changes(roster, asked)).toEqual(['p0', '', false])
  expect(changes(roster, at(5, people(0, 1)))).toEqual(['p0', '', false])
})

test('in a roster of 3,000 where one changed, one is changed', () => {
  const all = Array.from({ length: 3_000 }, (_, index) => ({ id: `p${index}`, isMuted: false }))
  const roster = told({ ...full(''), participants: all })
  const after = all.map((each) => (each.id === 'p7' ? { ...each, isMuted: true } : each))
  expect(changes(roster, { ...full(''), participants: after })).toEqual(['p7', '', false])
})
