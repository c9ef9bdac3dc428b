import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import type { Json, Participant } from '../../machines/words.ts'
import type { JsonObject } from '../../src/graph/json.ts'
import { participantAmong, participantOf, participant as schema } from '../../src/graph/people.ts'
import { ANNA, BEN, participant } from './fixtures.ts'

const asText = (value: Json | undefined) => JSON.stringify(value)
const again = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value))
const knowing =
  (...people: readonly (Participant | undefined)[]) =>
  (id: string) =>
    people.find((each) => each?.id === id)

const told: JsonObject = participant(ANNA, 'Anna')
/** As the documentation writes some: no hyphens, another case, members of the wrong type. */
const unusual: JsonObject = {
  ...participant(BEN.toUpperCase().replaceAll('-', ''), 'Ben'),
  mediaStreams: [{ mediaType: 'Audio', direction: 'SendReceive' }],
  isMuted: 'no',
  rosterSequenceNumber: '7',
}

/** What the work gives, and how often a participant was read for it. */
function readingsIn<Value>(work: () => Value): readonly [Value, number] {
  const readings = vi.spyOn(schema, 'safeParse')
  const value = work()
  const { length } = readings.mock.calls
  readings.mockRestore()
  return [value, length]
}

describe.each([
  ['well written', told],
  ['written in an unusual way', unusual],
])('a participant %s', (_, resource) => {
  test('and told as before is the very one who is known, and not even read', () => {
    const known = participantAmong(knowing(), resource)
    expect(known).toBeDefined()
    const [told, readings] = readingsIn(() => participantAmong(knowing(known), again(resource)))
    expect(told).toBe(known)
    expect(readings).toBe(0)
  })

  test('and told as before is so after a restart, too', () => {
    const restored = again(participantOf(resource))
    participantAmong(knowing(restored), again(resource))
    const [told, readings] = readingsIn(() => participantAmong(knowing(restored), again(resource)))
    expect(told).toBe(restored)
    expect(readings).toBe(0)
  })

  test('of whom anything is told anew is read anew', () => {
    const known = participantAmong(knowing(), resource)
    const news = [{ isInLobby: true }, { info: null }, { mood: 'good' }, { mediaStreams: [] }]
    for (const changed of news.map((each) => ({ ...again(resource), ...each }))) {
      expect(participantAmong(knowing(known), changed)).toEqual(participantOf(changed))
      expect(participantAmong(knowing(known), changed)).not.toBe(known)
    }
    const { info, ...rest } = again(resource)
    expect(participantAmong(knowing(known), rest)).toEqual(participantOf(rest))
  })
})

test('a participant who is well written is kept as they came', () => {
  expect(participantOf(told)).toBe(told)
})

test('nobody without an id is anybody', () => {
  const known = participantOf(told)
  for (const id of [null, 7, '', undefined]) {
    expect(participantAmong(knowing(known), { ...told, id })).toBeUndefined()
  }
})

const id = fc.constantFrom<Json>(ANNA, ANNA.toUpperCase(), ANNA.replaceAll('-', ''), BEN, 7)
const resource: fc.Arbitrary<JsonObject> = fc.record(
  {
    id,
    isMuted: fc.constantFrom<Json>(true, false, 'yes', null),
    info: fc.constantFrom<Json>(
      null,
      { region: 'emea' },
      { region: 1 },
      { endpointType: 'Default' },
    ),
    mediaStreams: fc.constantFrom<Json>(
      [],
      null,
      [{ mediaType: 'Audio' }],
      [{ mediaType: 'audio' }],
    ),
    rosterSequenceNumber: fc.constantFrom<Json>(1, '1', 'one'),
    mood: fc.constantFrom<Json>('good', { a: [1] }),
  },
  { requiredKeys: ['id'] },
)

test('whoever is known and however people are told, they are read as if nobody were', () => {
  fc.assert(
    fc.property(fc.array(resource, { maxLength: 6 }), (resources) => {
      const known = new Map<string, Participant>()
      for (const each of resources) {
        const read = participantAmong((name) => known.get(name), each)
        expect(asText(sorted(read))).toBe(asText(sorted(participantOf(each))))
        if (read) known.set(read.id, read)
      }
    }),
  )
})

test('reading what has been read changes nothing', () => {
  fc.assert(
    fc.property(resource, (each) => {
      const read = participantOf(each)
      if (read) expect(asText(sorted(participantOf(again(read))))).toBe(asText(sorted(read)))
    }),
  )
})

function sorted(read: Participant | undefined): Json | undefined {
  return (
    read &&
    Object.fromEntries(Object.entries(read).sort(([one], [other]) => (one < other ? -1 : 1)))
  )
}
