/** How a span of time is said. */
import { describe, expect, test } from 'vitest'
import { delaySpan, exactSpan, roughSpan } from '../../snapshots/spans.ts'

describe('a span as it was set', () => {
  test.each([
    [0, '0 ms'],
    [500, '500 ms'],
    [1_000, '1 s'],
    [2_750, '2.75 s'],
    [10_001, '10.001 s'],
    [60_000, '1 min'],
    [75_000, '75 s'],
    [90_000, '1.5 min'],
    [3_600_000, '1 h'],
    [3_661_000, '1 h 1 min 1 s'],
    [86_400_000, '1 d'],
    [172_800_001, '2 d 1 ms'],
  ])('%d ms is %s', (ms, said) => {
    expect(exactSpan(ms)).toBe(said)
  })
})

describe('a span as it runs', () => {
  test.each([
    [-5, '0 ms'],
    [850.4, '850 ms'],
    [12_900, '12 s'],
    [60_000, '1 min'],
    [119_000, '1 min 59 s'],
    [2_999_000, '49 min'],
    [7_500_000, '2 h 5 min'],
    [100_000_000, '1 d 3 h'],
  ])('%d ms is %s', (ms, said) => {
    expect(roughSpan(ms)).toBe(said)
  })
})

test('a delay that has a name keeps it', () => {
  expect(delaySpan('patience')).toBe('patience')
  expect(delaySpan('3600000')).toBe('1 h')
})
