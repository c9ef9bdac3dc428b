import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Bodies } from '../../src/graph/bodies.ts'

const type = '#microsoft.graph.participant'

function person(id: number, more: object = {}): object {
  const user = { id: `user ${id}`, displayName: 'x'.repeat(60) }
  return { '@odata.type': type, id: `${id}`, info: { identity: { user } }, ...more }
}

function bodyOf(people: readonly unknown[], ...others: readonly object[]): string {
  const roster = { changeType: 'updated', resourceUrl: '/x/participants', resourceData: people }
  return JSON.stringify({ value: [roster, ...others] })
}

function numbers(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index)
}

function listIn(body: unknown): readonly object[] {
  return (body as { value: [{ resourceData: object[] }] }).value[0].resourceData
}

const everybody = numbers(200).map((id) => person(id))

describe('a roster much like the one before', () => {
  const changed = (which: number, more: object) =>
    everybody.map((each, id) => (id === which ? person(id, more) : each))

  test.each([
    ['somebody has muted', changed(7, { isMuted: true })],
    ['the first has', changed(0, { isMuted: true })],
    ['the last has', changed(199, { isMuted: true })],
    ['one has come', [...everybody.slice(0, 9), person(900), ...everybody.slice(9)]],
    ['one has left', everybody.filter((_, id) => id !== 9)],
    ['all are in another order', [...everybody].reverse()],
    ['most have left', everybody.slice(0, 90)],
    [
      'a name holds what stands between entries',
      changed(5, { more: `},{"@odata.type":"${type}",` }),
    ],
    ['a name holds a place', changed(5, { more: ['…'] })],
    ['one is no object', [...everybody.slice(0, 50), 5, ...everybody.slice(50)]],
    ['one is nested', changed(5, { more: [person(1), person(2), person(3)] })],
  ])('is read whole when %s', (_, people) => {
    const bodies = new Bodies()
    bodies.read('k', bodyOf(everybody))
    const text = bodyOf(people)
    expect(bodies.read('k', text)).toEqual(JSON.parse(text))
    expect(bodies.read('k', bodyOf(everybody))).toEqual(JSON.parse(bodyOf(everybody)))
  })

  test('gives the very entries it gave before, but for those that are new', () => {
    const bodies = new Bodies()
    const before = listIn(bodies.read('k', bodyOf(everybody)))
    const after = listIn(bodies.read('k', bodyOf(changed(7, { isMuted: true }))))
    const kept = after.filter((each, place) => each === before[place])
    // The first and the last are read with the body.
    expect(kept).toHaveLength(200 - 3)
  })

  test('keeps calls apart', () => {
    const bodies = new Bodies()
    const before = listIn(bodies.read('one', bodyOf(everybody)))
    expect(listIn(bodies.read('other', bodyOf(everybody)))[5]).not.toBe(before[5])
  })
})

test('several notifications in one body are read as they are', () => {
  const other = { changeType: 'updated', resourceUrl: '/y', resourceData: everybody }
  const text = bodyOf(everybody, other)
  expect(new Bodies().read('k', text)).toEqual(JSON.parse(text))
})

test('members named twice count as JSON.parse counts them', () => {
  const twice = bodyOf(everybody).replace(
    /}]}$/,
    '},{"a":1}],"resourceData":[{"b":1},"…",{"c":1}]}]}',
  )
  const bodies = new Bodies()
  expect(() => JSON.parse(twice)).toThrow()
  expect(() => bodies.read('k', twice)).toThrow(SyntaxError)
  const fit = bodyOf(everybody).replace(/}]}]}$/, '}],"resourceData":[{"b":1},{"c":1}]}]}')
  expect(bodies.read('k', fit)).toEqual(JSON.parse(fit))
})

test('whatever is done to a text, it is read as JSON.parse reads it, or refused as it is refused', () => {
  const anyEdit = fc.record({
    at: fc.nat({ max: 40_000 }),
    cut: fc.nat({ max: 300 }),
    put: fc.oneof(
      fc.constantFrom('', '}', '{', '},{', '"', '\\', ']', ',', `},{"@odata.type":"${type}",`),
      fc.json({ maxDepth: 2 }),
    ),
  })
  const bodies = new Bodies()
  fc.assert(
    fc.property(fc.array(anyEdit, { maxLength: 4 }), (edits) => {
      const text = edits.reduce(
        (before, { at, cut, put }) => before.slice(0, at) + put + before.slice(at + cut),
        bodyOf(everybody),
      )
      expect(outcome(() => bodies.read('k', text))).toEqual(outcome(() => JSON.parse(text)))
    }),
    { numRuns: 500 },
  )
})

function outcome(read: () => unknown): unknown {
  try {
    return { read: read() }
  } catch (error) {
    return { refused: error instanceof SyntaxError }
  }
}
