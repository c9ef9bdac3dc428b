/** Rosters: the latest word on each participant wins, in whatever order rosters arrive. */
import { isDeepStrictEqual } from 'node:util'
import { callChart, callSetup } from 'callchart/machines'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  applyChange,
  changeOf,
  emptyRoster,
  type Participant,
  ROSTER_LIMIT,
  type Roster,
  type RosterReport,
} from '../../machines/index.ts'
import { loadChart } from '../../src/engine/chart.ts'
import { decodeActors, encodeActors, goneActors } from '../../src/engine/group.ts'
import { begin, play, type Told } from './play.ts'

type Happened = { readonly id: string; readonly kind: 'left' | 'muted' | 'unmuted' }

const happened = fc.record<Happened>({
  id: fc.constantFrom('a', 'b', 'c'),
  kind: fc.constantFrom('left', 'muted', 'unmuted'),
})

/** Happening number n is told by the roster of that number. */
function participantAfter({ id, kind }: Happened, sequence: number): Participant {
  return {
    id,
    isMuted: kind === 'muted',
    rosterSequenceNumber: sequence,
    ...(kind === 'left' && { removedState: { reason: 'left' } }),
  }
}

/** The model: who is present after all that happened, and how. */
function truth(happenings: readonly Happened[]): Participant[] {
  const latest = new Map<string, Participant>()
  happenings.forEach((each, index) => {
    latest.set(each.id, participantAfter(each, index + 1))
  })
  return [...latest.values()].filter(({ removedState }) => !removedState)
}

function deltas(happenings: readonly Happened[]): RosterReport[] {
  return happenings.map((each, index) => {
    const { rosterSequenceNumber: sequenceNumber = 0, ...participant } = participantAfter(
      each,
      index + 1,
    )
    return {
      type: 'roster.reported',
      kind: 'delta',
      sequenceNumber: sequenceNumber ?? 0,
      participants: [participant],
    }
  })
}

function full(participants: readonly Participant[], listed: boolean): RosterReport {
  return { type: 'roster.reported', kind: 'full', listed, participants }
}

function fulls(happenings: readonly Happened[]): RosterReport[] {
  return happenings.map((_, index) => full(truth(happenings.slice(0, index + 1)), false))
}

/** The roster after the reports, and whether it said that Graph must be asked. */
function fold(reports: readonly RosterReport[], from: Roster = emptyRoster) {
  let roster = from
  let asks = false
  for (const report of reports) {
    const change = changeOf(roster, report)
    if (!change) continue
    roster = applyChange(roster, change)
    asks = asks || change.gap
  }
  return { roster, asks }
}

function standing({ entries }: Roster) {
  return [...entries.values()]
    .filter(({ present }) => present)
    .map(({ participant: { id, isMuted } }) => ({ id, isMuted }))
    .sort((one, other) => one.id.localeCompare(other.id))
}

const told = (happenings: readonly Happened[]) =>
  truth(happenings)
    .map(({ id, isMuted }) => ({ id, isMuted }))
    .sort((one, other) => one.id.localeCompare(other.id))

/** What happened, and an order (with repetitions) in which its rosters arrive, each at least once. */
const anyArrival = fc.array(happened, { minLength: 1, maxLength: 8 }).chain((happenings) =>
  fc.record({
    happenings: fc.constant(happenings),
    order: fc.array(fc.nat(happenings.length - 1), { maxLength: 6 }).chain((twice) =>
      fc.shuffledSubarray([...happenings.keys(), ...twice], {
        minLength: happenings.length + twice.length,
      }),
    ),
  }),
)

const arriving = (reports: readonly RosterReport[], order: readonly number[]) =>
  order.flatMap((index) => reports[index] ?? [])

test('delta rosters in any order, each once or more, end in the roster that the last of each tells', () => {
  fc.assert(
    fc.property(anyArrival, ({ happenings, order }) => {
      const { roster } = fold(arriving(deltas(happenings), order))
      expect(standing(roster)).toEqual(told(happenings))
      expect(roster.sequence).toBe(happenings.length)
    }),
  )
})

test('delta rosters of which some are lost ask for the list as soon as a later one comes, and it mends them', () => {
  fc.assert(
    fc.property(anyArrival, fc.nat(8), ({ happenings, order }, lost) => {
      const seen = order.filter((index) => index !== lost)
      const last = happenings.length - 1
      fc.pre(lost > 0 && lost < last && seen[0] === 0)
      const { roster, asks } = fold(arriving(deltas(happenings), seen))
      expect(asks).toBe(true)
      const { roster: mended } = fold([full(truth(happenings), true)], roster)
      expect(standing(mended)).toEqual(told(happenings))
      const late = fold(arriving(deltas(happenings), order), mended)
      expect(standing(late.roster)).toEqual(told(happenings))
    }),
  )
})

test('numbered full rosters that nobody leaves end, in any order, in the one Graph tells last', () => {
  fc.assert(
    fc.property(anyArrival, ({ happenings, order }) => {
      const staying = happenings.map((each) =>
        each.kind === 'left' ? { ...each, kind: 'muted' as const } : each,
      )
      const { roster } = fold(arriving(fulls(staying), order))
      expect(standing(roster)).toEqual(told(staying))
    }),
  )
})

test('full rosters cannot be put in order once somebody has left; asking Graph mends them, whatever came', () => {
  fc.assert(
    fc.property(anyArrival, ({ happenings, order }) => {
      const { roster } = fold(arriving(fulls(happenings), order))
      const { roster: mended } = fold([full(truth(happenings), true)], roster)
      expect(standing(mended)).toEqual(told(happenings))
    }),
  )
})

test('numbered full rosters in order, some lost and some repeated at once, tell what Graph tells, or ask', () => {
  fc.assert(
    fc.property(
      fc.array(happened, { minLength: 1, maxLength: 8 }),
      fc.infiniteStream(fc.nat(2)),
      (happenings, times) => {
        const all = fulls(happenings)
        const seen = all.flatMap((report, index) => {
          const copies = index === all.length - 1 ? 1 : (times.next().value ?? 1)
          return Array.from({ length: copies }, () => report)
        })
        const { roster, asks } = fold(seen)
        if (!asks) expect(standing(roster)).toEqual(told(happenings))
      },
    ),
  )
})

const anyReport: fc.Arbitrary<RosterReport> = fc.record({
  type: fc.constant('roster.reported' as const),
  kind: fc.constantFrom('full' as const, 'delta' as const),
  listed: fc.boolean(),
  participants: fc.array(
    fc.record({
      id: fc.constantFrom('a', 'b', 'c', 'd'),
      isMuted: fc.boolean(),
      rosterSequenceNumber: fc.constantFrom(undefined, 1, 2),
      removedState: fc.constantFrom(undefined, undefined, { reason: 'left' }),
    }),
    { maxLength: 6 },
  ),
})

test('people who are the very ones known change what copies of them would, whoever is listed in whatever order', () => {
  fc.assert(
    fc.property(fc.array(anyReport, { maxLength: 8 }), (reports) => {
      let roster = emptyRoster
      for (const report of reports) {
        const participants = report.participants.map((each) => {
          const known = roster.entries.get(each.id)?.participant
          return known && isDeepStrictEqual(known, each) ? known : each
        })
        const change = changeOf(roster, { ...report, participants })
        expect(change).toEqual(changeOf(roster, structuredClone(report)))
        if (report.kind === 'full' && change && !change.gap)
          expect(change.absent).toEqual(absentFrom(roster, report))
        if (change) roster = applyChange(roster, change)
      }
    }),
    { numRuns: 500 },
  )
})

test('whoever is forgotten is forgotten in the store too, and that they were is not', () => {
  const chart = loadChart(
    callSetup.createMachine(callChart({ id: 'c', version: '1', scenario: {} })),
  )
  const people = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => ({ id: `p${from + index}` }))
  const roster = (sequenceNumber: number, participants: readonly Participant[]): Told => ({
    type: 'roster.reported',
    kind: 'delta',
    sequenceNumber,
    participants,
  })
  const left = people(0, 1_001).map((each) => ({ ...each, removedState: { reason: 'left' } }))
  const rosters = [roster(1, people(0, ROSTER_LIMIT)), roster(2, left)]
  const before = play(chart, begin(chart), rosters)
  const { group, turns } = play(chart, before, [roster(3, people(ROSTER_LIMIT, ROSTER_LIMIT + 1))])
  const moved = turns.at(-1)?.moved ?? new Set()
  expect(goneActors(group, moved)).toHaveLength(1_001)
  const stored = new Map(encodeActors(chart, before.group).map((each) => [each.actor, each]))
  for (const each of encodeActors(chart, group, moved)) stored.set(each.actor, each)
  for (const gone of goneActors(group, moved)) stored.delete(gone)
  const read = decodeActors(chart, 'k', group.sequence, [...stored.values()])
  expect(read?.roster.forgottenUpTo).toBe(2)
  expect(read?.roster.entries.size).toBe(ROSTER_LIMIT - 1_000)
  expect(new Set(read?.participants.keys())).toEqual(new Set(group.participants.keys()))
})

function absentFrom({ entries }: Roster, { participants }: RosterReport): readonly string[] {
  const listed = participants.map(({ id }) => id)
  return [...entries].flatMap(([id, { present }]) => (present && !listed.includes(id) ? [id] : []))
}

test('in a roster of 3,000 where one changed, one participant moves and is written', () => {
  const chart = loadChart(
    callSetup.createMachine(callChart({ id: 'c', version: '1', scenario: {} })),
  )
  const all = Array.from({ length: 3_000 }, (_, index) => ({ id: `p${index}`, isMuted: false }))
  const roster = (participants: readonly Participant[]): Told => full(participants, false)
  const before = play(chart, begin(chart), [roster(all)])
  const changed = all.map((each) => (each.id === 'p7' ? { ...each, isMuted: true } : each))
  const after = play(chart, before, [roster(changed)])
  const moved = after.turns.at(-1)?.moved
  expect([...(moved ?? [])]).toEqual(['p7'])
  expect(encodeActors(chart, after.group, moved).map(({ actor }) => actor)).toEqual([
    'call',
    'participant/p7',
  ])
  expect(after.group.participants.get('p8')).toBe(before.group.participants.get('p8'))
})
