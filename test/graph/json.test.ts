import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Json } from '../../machines/words.ts'
import { jsonOf, sameJson, TooDeepError } from '../../src/graph/json.ts'

/** The same said plainly: a copy of everything, whatever it is. */
function copied(value: unknown, levelsLeft = 64): unknown {
  if (typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value !== 'object' || value === null) return null
  if (levelsLeft === 0) throw new TooDeepError()
  if (Array.isArray(value)) return value.map((item) => copied(item, levelsLeft - 1))
  const poisonous = ['__proto__', 'constructor', 'prototype']
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !poisonous.includes(key))
      .map(([key, member]) => [key, copied(member, levelsLeft - 1)]),
  )
}

const key = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'prototype', 'id'))
const anything = fc.anything({
  key,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withSparseArray: true,
  withTypedArray: true,
})

test('anything at all becomes the JSON that a copy of it would be', () => {
  fc.assert(
    fc.property(anything, (value) => {
      expect(jsonOf(value)).toStrictEqual(copied(value))
    }),
    { numRuns: 1_000 },
  )
})

test('JSON off the wire without poison is kept as it is, with poison it is copied', () => {
  fc.assert(
    fc.property(fc.json(), key, (text, name) => {
      const value: unknown = JSON.parse(`{"in":[{${JSON.stringify(name)}:${text}}]}`)
      const isClean = JSON.stringify(copied(value)) === JSON.stringify(value)
      expect(jsonOf(value) === value).toBe(isClean)
    }),
  )
})

test.each([
  ['lists', '[', ']'],
  ['objects', '{"a":', '}'],
])('64 levels of %s are taken, 65 refused', (_, open, shut) => {
  const nested = (levels: number): unknown =>
    JSON.parse(`${open.repeat(levels)}1${shut.repeat(levels)}`)
  expect(jsonOf(nested(64))).toEqual(nested(64))
  expect(() => jsonOf(nested(65))).toThrow(TooDeepError)
})

/** Members by name, at every level. */
function inOneOrder(value: Json): Json {
  if (Array.isArray(value)) return value.map(inOneOrder)
  if (typeof value !== 'object' || value === null) return value
  const sorted = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(
    sorted.flatMap(([name, member]) => (member === undefined ? [] : [[name, inOneOrder(member)]])),
  )
}

const small: fc.Arbitrary<Json> = fc.letrec<{ any: Json }>((tie) => {
  const missing = fc.oneof(tie('any'), fc.constant(undefined))
  return {
    any: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom(null, 0, 1, '', 'a', true),
      fc.array(tie('any'), { maxLength: 2 }),
      // Every object has something by the name of the last, only not of its own.
      fc.record({ a: missing, b: missing, toString: tie('any') }, { requiredKeys: [] }),
    ),
  }
}).any

test('two values are the same JSON when they are the same text, the order of members aside', () => {
  fc.assert(
    fc.property(small, small, (one, other) => {
      const text = (value: Json) => JSON.stringify(inOneOrder(value))
      expect(sameJson(one, other)).toBe(text(one) === text(other))
      expect(sameJson(one, inOneOrder(one))).toBe(true)
    }),
    { numRuns: 2_000 },
  )
})
