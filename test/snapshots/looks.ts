/** The part of the store's contract that is for whoever looks at calls. */
import { expect, test } from 'vitest'
import type { CallStatus, Store } from '../../snapshots/index.ts'
import { commitOf, effect, entry, firstCommit } from './examples.ts'

/** Claims over stores that `fresh` makes empty, and closes. */
export function looksContract(fresh: () => Store): void {
  test('a journal is read after any of its entries, packed or not', async () => {
    const store = fresh()
    const journal = [entry(1), entry(2), entry(3)]
    await store.commit([firstCommit('a', { status: 'ended', journal })])
    for (const compact of [0, 1]) {
      await store.compact(Number.POSITIVE_INFINITY, compact)
      expect(await store.journal('a', 1)).toEqual([entry(2), entry(3)])
      expect(await store.journal('a', 3)).toEqual([])
    }
  })

  test('the past of a call holds every effect and every event put aside, packed or not', async () => {
    const store = fresh()
    const done = { ...effect('a2', 2), status: 'done', operationId: 'op' } as const
    const quarantine = [{ atMs: 7, event: '{"type":"bad"}', reason: 'it threw' }]
    await store.commit([
      firstCommit('a', { status: 'ended', effects: [effect('a1'), done], quarantined: quarantine }),
    ])
    for (const compact of [0, 1]) {
      await store.compact(Number.POSITIVE_INFINITY, compact)
      const past = await store.past('a')
      expect(past?.quarantine).toEqual(quarantine)
      expect(past?.outbox).toEqual([{ ...effect('a1'), operationId: undefined }, done])
    }
    expect(await store.past('nobody')).toBeUndefined()
  })

  test('a brief tells how a call began and what it heard last, packed or not', async () => {
    const store = fresh()
    await store.commit([firstCommit('a', { graphId: 'g' })])
    await store.commit([commitOf('a', 1, { status: 'ended', journal: [entry(2)] })])
    for (const compact of [0, 1]) {
      await store.compact(Number.POSITIVE_INFINITY, compact)
      expect(await store.brief('a')).toEqual({
        ordinal: expect.any(Number),
        key: 'a',
        graphId: 'g',
        status: 'ended',
        chartId: 'desk',
        chartVersion: '1',
        first: { atMs: 1001, event: '{"type":"e1"}' },
        last: { atMs: 1002, type: 'e2' },
        problems: 0,
        doubts: 0,
      })
    }
    expect(await store.brief('nobody')).toBeUndefined()
  })

  test('calls are listed newest first, live and ended apart, each once on one page', async () => {
    const store = fresh()
    const ended = (key: string, atMs: number) =>
      firstCommit(key, { status: 'ended', journal: [{ ...entry(1), atMs }] })
    await store.commit([firstCommit('z'), ended('b', 9), firstCommit('y'), ended('a', 1)])
    await store.commit([ended('c', 5), firstCommit('x')])
    expect(await listed(store, 'live')).toEqual(['x', 'y', 'z'])
    expect(await listed(store, 'ended')).toEqual(['c', 'a', 'b'])
    // Now the one in the middle is packed, and the others are not.
    await store.compact(2, 1)
    expect(await listed(store, 'ended')).toEqual(['c', 'a', 'b'])
    await store.compact(99, 9)
    expect(await listed(store, 'ended')).toEqual(['c', 'a', 'b'])
    expect(await listed(store, 'live')).toEqual(['x', 'y', 'z'])
    for (const key of ['a', 'x']) {
      const brief = await store.brief(key)
      const page = await store.page(brief?.status ?? 'live', (brief?.ordinal ?? 0) + 1, 1)
      expect(page).toEqual([brief])
    }
  })
}

async function listed(store: Store, status: CallStatus): Promise<readonly string[]> {
  const keys: string[] = []
  let before: number | undefined
  for (;;) {
    const page = await store.page(status, before, 2)
    keys.push(...page.map(({ key }) => key))
    before = page.at(-1)?.ordinal
    if (before === undefined) return keys
  }
}
