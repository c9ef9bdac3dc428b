/** The part of the store's contract that is about calls that ended long ago. */
import { expect, test } from 'vitest'
import type { Store } from '../../snapshots/index.ts'
import { commitOf, effect, entry, firstCommit, snapshotAt, timer } from './examples.ts'

/** Claims over stores that `fresh` makes empty, and closes. */
export function compactionContract(fresh: () => Store): void {
  test('a compacted call is loaded, found and read as before', async () => {
    const store = fresh()
    await store.commit([rich, ended('b', 1)])
    const before = await told(store)
    expect(await store.compact(Number.POSITIVE_INFINITY, 10)).toBe(2)
    expect(await told(store)).toEqual(before)
    expect(await store.load('a')).toMatchObject({ status: 'ended', graphId: 'g', sequence: 3 })
    expect(await store.counts()).toEqual({ live: 0, ended: 2 })
  })

  test('only calls that ended before the given time are compacted, oldest first', async () => {
    const store = fresh()
    await store.commit([ended('late', 30), ended('soon', 10), ended('then', 20), firstCommit('d')])
    expect(await store.compact(30, 1)).toBe(1)
    expect(await store.compact(20, 9)).toBe(0)
    expect(await store.compact(30, 9)).toBe(1)
    expect(await store.compact(31, 9)).toBe(1)
    expect(await store.compact(Number.POSITIVE_INFINITY, 9)).toBe(0)
    expect(await store.liveKeys(undefined, 9)).toEqual(['d'])
    expect(await store.counts()).toEqual({ live: 1, ended: 3 })
  })

  test('a compacted call neither moves nor begins again', async () => {
    const store = fresh()
    await store.commit([ended('a', 1)])
    await store.compact(2, 1)
    for (const commit of [firstCommit('a'), commitOf('a', 1, { journal: [entry(2)] })]) {
      await expect(store.commit([commit])).rejects.toMatchObject({ code: 'store.conflict' })
    }
    expect(await store.journal('a')).toHaveLength(1)
    expect(await store.counts()).toEqual({ live: 0, ended: 1 })
  })

  test('an id of Graph given again finds the later call, whichever is compacted', async () => {
    const store = fresh()
    await store.commit([ended('a', 1, 'g')])
    expect(await store.find('g')).toBe('a')
    await store.compact(2, 1)
    expect(await store.find('g')).toBe('a')
    await store.commit([ended('b', 5, 'g'), ended('c', 3, 'g')])
    await store.compact(4, 1)
    expect(await store.find('g')).toBe('c')
    await store.commit([firstCommit('e', { graphId: 'g' })])
    expect(await store.find('g')).toBe('e')
  })

  test('what a compacted call still had due falls due no more', async () => {
    const store = fresh()
    await store.commit([rich])
    await store.compact(Number.POSITIVE_INFINITY, 1)
    expect(await store.dueTimers(99, 9)).toEqual([])
    expect(await store.nextDueMs()).toBeUndefined()
  })
}

/** An ended call with a row in every table. */
const rich = firstCommit('a', {
  graphId: 'g',
  status: 'ended',
  journal: [entry(1), entry(2), entry(3)],
  snapshot: {
    ...snapshotAt(2),
    actors: [...snapshotAt(2).actors, { actor: 'p1', snapshot: '{}' }],
  },
  effects: [effect('a1'), { ...effect('a2'), status: 'done', operationId: 'op' }],
  timers: [timer('ring', 10)],
  quarantined: [{ atMs: 7, event: '{"type":"bad"}', reason: 'it threw' }],
})

function ended(key: string, atMs: number, graphId?: string) {
  return firstCommit(key, { status: 'ended', journal: [{ ...entry(1), atMs }], graphId })
}

async function told(store: Store): Promise<unknown> {
  return {
    calls: await Promise.all(['a', 'b'].map((key) => store.load(key))),
    journals: await Promise.all(['a', 'b'].map((key) => store.journal(key))),
    found: await store.find('g'),
    counts: await store.counts(),
    live: await store.liveKeys(undefined, 9),
  }
}
