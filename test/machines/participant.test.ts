import { expect, test } from 'vitest'
import type { AnyEventObject } from 'xstate'
import { type Participant, participantChart } from '../../machines/index.ts'
import { type ChartSnapshot, persist, restore, start, step } from '../../src/engine/step.ts'
import { note, untaken } from './coverage.ts'

function after(before: ChartSnapshot, event: AnyEventObject): ChartSnapshot {
  const { snapshot, taken } = step(participantChart, before, event)
  note(taken)
  return snapshot
}

const streams = (mediaType: string, direction: string, more: object = {}) => ({
  mediaStreams: [{ mediaType, direction, ...more }],
})
const talking = streams('audio', 'sendReceive')

/** Each state of presence and audio, and a listing that tells it. */
const listings: readonly (readonly [Partial<Participant>, presence: string, audio: string])[] = [
  [{}, 'invited', 'unmuted'],
  [{ state: 'ringing' }, 'ringing', 'unmuted'],
  [{ isInLobby: true }, 'inLobby', 'unmuted'],
  [{ ...talking, isInLobby: true }, 'inLobby', 'unmuted'],
  [talking, 'joined', 'unmuted'],
  [{ ...talking, isMuted: true }, 'joined', 'muted'],
  [streams('audio', 'sendReceive', { serverMuted: true }), 'joined', 'serverMuted'],
  [
    { ...streams('audio', 'sendReceive', { serverMuted: true }), isMuted: true },
    'joined',
    'serverMuted',
  ],
  [streams('audio', 'inactive'), 'onHold', 'unmuted'],
  [{ ...talking, removedState: { reason: 'Removed' } }, 'left', 'unmuted'],
]

const directions = ['inactive', 'sendOnly', 'receiveOnly', 'sendReceive']
const kinds = [
  ['audioStream', 'audio'],
  ['video', 'video'],
  ['screenSharing', 'videoBasedScreenSharing'],
] as const

function started(listing: Partial<Participant>) {
  const { snapshot, taken } = start(participantChart, {
    participant: { id: 'p', ...listing },
    sequence: 1,
  })
  note(taken)
  return snapshot
}

function told(listing: Partial<Participant>, sequence?: number) {
  return { type: 'participant.reported', participant: { id: 'p', ...listing }, sequence }
}

test.each(listings)('one first listed as %o is %s and %s', (listing, presence, audio) => {
  expect(started(listing).value).toMatchObject({ presence, audio })
})

test.each(listings)('one later listed as %o is %s and %s', (listing, presence, audio) => {
  for (const [before] of listings) {
    const snapshot = after(started(before), told(listing, 2))
    expect(snapshot.value).toMatchObject({ presence, audio })
    expect(snapshot.context).toEqual({ participant: { id: 'p', ...listing }, sequence: 2 })
  }
})

test.each(kinds)(
  '%s follows the direction of the %s stream, absent when there is none',
  (region, mediaType) => {
    for (const direction of directions) {
      const snapshot = started(streams(mediaType, direction))
      expect(snapshot.value).toMatchObject({ [region]: direction })
      const without = after(snapshot, told({}))
      expect(without.value).toMatchObject({ [region]: 'absent' })
      const again = after(without, told(streams(mediaType, direction)))
      expect(again.value).toMatchObject({ [region]: direction })
    }
  },
)

test('one that a full roster no longer lists has left, and may come back', () => {
  const absent = { type: 'participant.absent', sequence: 5 }
  const left = after(started(talking), absent)
  expect(left.value).toMatchObject({ presence: 'left' })
  expect(left.context).toMatchObject({ sequence: 5, participant: talking })
  expect(after(left, told(talking)).value).toMatchObject({
    presence: 'joined',
  })
})

test('a listing without a sequence keeps the one known', () => {
  expect(after(started({}), told(talking)).context.sequence).toBe(1)
})

test('a participant read back from text goes on as before', () => {
  for (const [listing] of listings) {
    const snapshot = started(listing)
    const read = restore(
      participantChart,
      JSON.parse(JSON.stringify(persist(participantChart, snapshot))),
    )
    expect(after(read, told(talking)).value).toEqual(after(snapshot, told(talking)).value)
  }
})

test('the tests above exercise every transition of the participant', () => {
  expect(untaken(participantChart.root)).toEqual([])
})
