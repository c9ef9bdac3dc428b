/** The judge of what calls tell one another: each way of mishearing is seen. */
import { expect, test } from 'vitest'
import type { CallCommit } from '../../snapshots/index.ts'
import { misheardIn } from '../../src/testkit/simulation/judge/tellings.ts'
import { commitOf } from '../snapshots/examples.ts'

const told = (id: string, key = 'b') =>
  commitOf('a', 1, {
    effects: [
      { id, effect: 'tellCall', params: JSON.stringify({ key }), status: 'owed', askedMs: 1 },
    ],
  })
const heard = (command: string, key = 'b') => {
  const event = JSON.stringify({ type: 'call.told', from: 'a', command, event: { type: 'x.y' } })
  return commitOf(key, 1, { journal: [{ sequence: 2, atMs: 1, chartVersion: '1', event }] })
}
const settled = (id: string, status: 'done' | 'failed') =>
  commitOf('a', 1, { effectChanges: [{ id, status }] })

function misheard(...calls: readonly CallCommit[]): readonly string[] {
  return misheardIn(calls.map((call) => ({ atMs: 1, calls: [call] })))
}

test('what is heard once, in order, and settled so is well', () => {
  const [one, two] = ['a.2.0', 'a.2.1']
  expect(
    misheard(
      told(one),
      told(two),
      heard(one),
      settled(one, 'done'),
      heard(two),
      settled(two, 'done'),
    ),
  ).toEqual([])
  expect(misheard(told(one), settled(one, 'failed'))).toEqual([])
})

test.each<[what: string, calls: readonly CallCommit[], why: RegExp]>([
  ['heard twice', [told('a.2.0'), heard('a.2.0'), heard('a.2.0')], /2 times/],
  [
    'heard in another order',
    [told('a.2.0'), told('a.2.1'), heard('a.2.1'), heard('a.2.0')],
    /too late/,
  ],
  ['heard by another call', [told('a.2.0'), heard('a.2.0', 'c')], /nobody told/],
  ['heard, but never told', [heard('a.2.0')], /nobody told/],
  ['settled as heard, but not heard', [told('a.2.0'), settled('a.2.0', 'done')], /counts as heard/],
  [
    'settled as failed, but heard',
    [told('a.2.0'), heard('a.2.0'), settled('a.2.0', 'failed')],
    /counts as failed/,
  ],
])('what is %s is found', (_, calls, why) => {
  expect(misheard(...calls).join()).toMatch(why)
})
