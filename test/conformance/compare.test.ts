import { describe, expect, test } from 'vitest'
import type { Json } from '../../machines/words.ts'
import { difference, lost } from './compare.ts'
import { misshapen } from './shape.ts'

describe('a body of ours', () => {
  test.each<[string, Json, Json]>([
    ['null is absent', { region: null }, {}],
    ['a type more', { a: { b: 1 } }, { a: { '@odata.type': '#microsoft.graph.x', b: 1 } }],
    [
      'the engine answers elsewhere',
      { callbackUri: 'a' },
      { callbackUri: 'b', clientContext: 'c' },
    ],
    [
      'an id in capitals',
      { id: '4D0F2C7A91BE4C558A3E6B7C1F20D9E4' },
      { id: '4d0f2c7a-91be-4c55-8a3e-6b7c1f20d9e4' },
    ],
  ])('%s: the same', (_, documented, ours) => {
    expect(difference(documented, ours)).toBeUndefined()
  })

  test.each<[Json, Json, RegExp]>([
    [{ a: 1 }, { a: 2 }, /body.a is 2, documented is 1/],
    [{ a: 1 }, {}, /body.a is nothing/],
    [{}, { a: 1 }, /body.a is 1/],
    [{ '@odata.type': 'x' }, {}, /@odata.type is nothing/],
    [{ '@odata.type': 'x' }, { '@odata.type': 'y' }, /@odata.type is "y"/],
    [{ a: [1, 2] }, { a: [1] }, /1 entries, not 2/],
    [{ clientContext: 'x' }, {}, /clientContext is nothing/],
  ])('%j is not %j', (documented, ours, reason) => {
    expect(difference(documented, ours)).toMatch(reason)
  })
})

test('reading may spell otherwise, and lose nothing', () => {
  const documented = { state: 'Established', resultInfo: { code: '500', subCode: 7000 }, odd: [1] }
  const read = { state: 'established', resultInfo: { code: 500, subcode: 7000 }, odd: [1] }
  expect(lost(documented, read)).toBeUndefined()
  expect(lost(documented, { ...read, odd: null })).toBe('body.odd.0 was lost')
  expect(lost(documented, { ...read, resultInfo: { code: 500, subcode: 0 } })).toMatch(
    /subcode is 0/,
  )
})

test('the shape of an answer', () => {
  const documented = {
    '@odata.type': '#microsoft.graph.call',
    state: 'establishing',
    id: 'x',
    odd: 1,
  }
  const ours = { '@odata.type': '#microsoft.graph.call', state: 'Establishing', id: 'y' }
  expect(misshapen(documented, ours)).toBeUndefined()
  expect(misshapen(documented, { ...ours, id: null })).toBe('it lacks body.id')
  expect(misshapen(documented, { ...ours, id: 7 })).toMatch(/id is a number/)
  expect(misshapen(documented, { ...ours, state: 'hold' })).toMatch(/state is "hold"/)
  expect(misshapen({ value: [1] }, { value: [] })).toMatch(/empty/)
})
