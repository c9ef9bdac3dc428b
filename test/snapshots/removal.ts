/** The part of the store's contract that is about what shall be there no longer. */
import { describe, expect, test } from 'vitest'
import { type CallCommit, eraseCalls, type Store } from '../../snapshots/index.ts'
import { effect, entry, firstCommit, snapshotAt, timer } from './examples.ts'

/** Claims over stores that `fresh` makes empty, and closes. */
export function removalContract(fresh: () => Store): void {
  test('calls that ended before a time are removed, oldest first, packed or not', async () => {
    const store = fresh()
    await store.commit([ended('late', 30), ended('soon', 10), ended('then', 20), firstCommit('d')])
    await store.compact(15, 9)
    expect(await store.removeEnded(30, 1)).toBe(1)
    expect(await store.load('soon')).toBeUndefined()
    expect(await store.removeEnded(30, 9)).toBe(1)
    expect(await store.removeEnded(30, 9)).toBe(0)
    expect([await store.load('then'), await store.journal('then')]).toEqual([undefined, []])
    expect((await store.load('late'))?.status).toBe('ended')
    expect(await store.removeEnded(Number.POSITIVE_INFINITY, 9)).toBe(1)
    expect((await store.load('d'))?.status).toBe('live')
  })

  test('a removed call is found no more, and its key may begin anew', async () => {
    const store = fresh()
    await store.commit([ended('a', 1, { graphId: 'g' }), ended('b', 1, { graphId: 'h' })])
    expect([await store.find('g'), await store.find('h')]).toEqual(['a', 'b'])
    await store.compact(2, 1)
    expect(await store.remove(['a', 'b', 'nobody'])).toBe(2)
    expect([await store.find('g'), await store.find('h')]).toEqual([undefined, undefined])
    await store.commit([firstCommit('a')])
    expect((await store.load('a'))?.sequence).toBe(1)
  })

  test('a live call is never removed', async () => {
    const store = fresh()
    await store.commit([firstCommit('a')])
    expect(await store.remove(['a'])).toBe(0)
    expect((await store.load('a'))?.status).toBe('live')
  })

  describe.each([false, true])('a person (packed: %s)', (isPacked) => {
    const places: readonly (readonly [string, Partial<CallCommit>])[] = [
      ['the journal', { journal: [{ ...entry(1), event: says(BOB) }] }],
      [
        'a snapshot',
        { snapshot: { ...snapshotAt(1), actors: [{ actor: 'call', snapshot: says(BOB) }] } },
      ],
      ['an effect', { effects: [{ ...effect('a1'), params: says(BOB) }] }],
      ['a timer', { timers: [{ ...timer('t', 1), event: says(BOB) }] }],
      ['a quarantined event', { quarantined: [{ atMs: 1, event: says(BOB), reason: '' }] }],
      ['why a chart threw', { quarantined: [{ atMs: 1, event: '{}', reason: `No ${BOB}.` }] }],
    ]

    test.each(places)('named in %s is erased with the call, and nobody else', async (_, parts) => {
      const store = fresh()
      const jim = { journal: [{ ...entry(1), event: says(`jim${BOB}`, `${BOB}.au`) }] }
      await store.commit([ended('a', 1, parts), ended('b', 1, jim), firstCommit('c')])
      if (isPacked) await store.compact(Number.POSITIVE_INFINITY, 9)
      expect(await eraseCalls(store, BOB, { dryRun: true })).toEqual(['a'])
      expect(await store.load('a')).toBeDefined()
      expect(await eraseCalls(store, BOB.toUpperCase())).toEqual(['a'])
      expect([await store.load('a'), (await store.load('b'))?.key]).toEqual([undefined, 'b'])
      expect(await eraseCalls(store, BOB)).toEqual([])
    })
  })

  test('a person is looked for in every call, however many there are', async () => {
    const store = fresh()
    const event = says(BOB)
    for (let index = 0; index < 130; index++)
      await store.commit([ended(`a${index}`, index, { journal: [{ ...entry(1), event }] })])
    expect(await store.compact(60, 999)).toBeGreaterThan(0)
    expect(await eraseCalls(store, BOB)).toHaveLength(130)
  })

  test('a person on a live call is not erased at all, and the call is named', async () => {
    const store = fresh()
    const parts = { journal: [{ ...entry(1), event: says(BOB) }] }
    await store.commit([ended('a', 1, parts), firstCommit('b', parts)])
    await expect(eraseCalls(store, BOB)).rejects.toMatchObject({
      code: 'person.onLiveCalls',
      what: expect.stringContaining(`A live call names "${BOB}": b.`),
    })
    expect(await store.load('a')).toBeDefined()
  })
}

const BOB = 'bob@contoso.com'

function says(...names: readonly string[]): string {
  return JSON.stringify({ type: 'told', people: names.map((id) => ({ user: { id } })) })
}

/** An ended call whose last event was then. */
function ended(key: string, atMs: number, parts: Partial<CallCommit> = {}): CallCommit {
  const [first = entry(1)] = parts.journal ?? []
  return firstCommit(key, { ...parts, status: 'ended', journal: [{ ...first, atMs }] })
}
