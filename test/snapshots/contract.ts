/** The suite that every implementation of the store contract passes. */
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import type { CallCommit, Store } from '../../snapshots/index.ts'
import { commitOf, effect, entry, everything, firstCommit, snapshotAt, timer } from './examples.ts'
import { anyBatches, ModelStore } from './model.ts'

/** Runs the contract's claims over stores that `open` makes empty. */
export function storeContract(name: string, open: () => Store): void {
  const opened: Store[] = []
  const fresh = () => {
    const store = open()
    opened.push(store)
    return store
  }
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close()
  })

  describe(`${name} keeps the store contract`, () => {
    test('an unknown call loads as undefined', async () => {
      expect(await fresh().load('nobody')).toBeUndefined()
    })

    test('a committed call loads as it was written, at version 1', async () => {
      const store = fresh()
      await store.commit([
        firstCommit('a', { graphId: 'g', effects: [effect('e')], timers: [timer('t', 9)] }),
      ])
      expect(await store.load('a')).toEqual({
        key: 'a',
        graphId: 'g',
        status: 'live',
        chartId: 'desk',
        chartVersion: '1',
        version: 1,
        snapshotSequence: 1,
        actors: [{ actor: 'call', snapshot: '{"at":1}' }],
        journal: [],
        timers: [timer('t', 9)],
        outbox: [effect('e')],
      })
    })

    test('a commit without snapshot keeps the old one and its journal is loaded after it', async () => {
      const store = fresh()
      await store.commit([firstCommit('a')])
      await store.commit([commitOf('a', 1, { journal: [entry(2)] })])
      await store.commit([commitOf('a', 2, { journal: [entry(3)] })])
      const call = await store.load('a')
      expect(call?.version).toBe(3)
      expect(call?.actors).toEqual([{ actor: 'call', snapshot: '{"at":1}' }])
      expect(call?.journal).toEqual([entry(2), entry(3)])
      expect(await store.journal('a')).toEqual([entry(1), entry(2), entry(3)])
    })

    test('a snapshot replaces the actors it lists and keeps the others', async () => {
      const store = fresh()
      const actors = [
        { actor: 'call', snapshot: '{}' },
        { actor: 'p1', snapshot: '{}' },
      ]
      await store.commit([
        firstCommit('a', { snapshot: { sequence: 1, chartVersion: '1', actors } }),
      ])
      await store.commit([commitOf('a', 1, { snapshot: snapshotAt(1, '2') })])
      const call = await store.load('a')
      expect(call?.chartVersion).toBe('2')
      expect(call?.actors).toEqual([snapshotAt(1).actors[0], { actor: 'p1', snapshot: '{}' }])
    })

    test("a call's first commit needs a snapshot", async () => {
      await expect(fresh().commit([commitOf('a', 0)])).rejects.toMatchObject({
        code: 'store.failed',
      })
    })

    test('a commit read at another version is a conflict that names the call', async () => {
      const store = fresh()
      await store.commit([firstCommit('a')])
      for (const expectedVersion of [0, 2]) {
        const late = commitOf('a', expectedVersion, {
          journal: [entry(2)],
          snapshot: snapshotAt(2),
        })
        const failure = expect(store.commit([firstCommit('b'), late])).rejects
        await failure.toMatchObject({
          code: 'store.conflict',
          message: expect.stringContaining('Call a '),
        })
      }
      expect(await store.load('b')).toBeUndefined()
      expect((await store.load('a'))?.version).toBe(1)
    })

    test('a commit to an unknown call is a conflict', async () => {
      const failure = expect(fresh().commit([commitOf('a', 3)])).rejects
      await failure.toMatchObject({ code: 'store.conflict' })
    })

    test('one batch may move the same call twice', async () => {
      const store = fresh()
      await store.commit([firstCommit('a'), commitOf('a', 1, { journal: [entry(2)] })])
      expect((await store.load('a'))?.version).toBe(2)
    })

    test('an empty batch is nothing', async () => {
      const store = fresh()
      await store.commit([])
      expect(await store.counts()).toEqual({ live: 0, ended: 0 })
    })

    test('only effects of open fate are loaded, oldest first', async () => {
      const store = fresh()
      const ids = ['owed', 'sent', 'running', 'inDoubt', 'done', 'failed', 'dropped'] as const
      const effects = ids.map((status, index) => effect(status, 10 - index))
      await store.commit([firstCommit('a', { effects })])
      await store.commit([
        commitOf('a', 1, { effectChanges: ids.map((status) => ({ id: status, status })) }),
      ])
      const open = (await store.load('a'))?.outbox.map((row) => row.id)
      expect(open).toEqual(['inDoubt', 'running', 'sent', 'owed'])
    })

    test('an operation id stays once known', async () => {
      const store = fresh()
      await store.commit([firstCommit('a', { effects: [effect('e')] })])
      const running = { id: 'e', status: 'running', operationId: 'op' } as const
      await store.commit([commitOf('a', 1, { effectChanges: [running] })])
      await store.commit([commitOf('a', 2, { effectChanges: [{ id: 'e', status: 'inDoubt' }] })])
      expect((await store.load('a'))?.outbox).toMatchObject([
        { status: 'inDoubt', operationId: 'op' },
      ])
    })

    test('changing an effect that was never stored fails and writes nothing', async () => {
      const store = fresh()
      await store.commit([firstCommit('a')])
      const lost = commitOf('a', 1, { effectChanges: [{ id: 'lost', status: 'done' }] })
      await expect(store.commit([lost])).rejects.toMatchObject({ code: 'store.failed' })
      expect((await store.load('a'))?.version).toBe(1)
    })

    test('storing one journal sequence twice fails and writes nothing', async () => {
      const store = fresh()
      await store.commit([firstCommit('a')])
      const failure = expect(store.commit([commitOf('a', 1, { journal: [entry(1)] })])).rejects
      await failure.toMatchObject({ code: 'store.failed' })
      expect((await store.load('a'))?.version).toBe(1)
    })

    test('timers come soonest first, those due together in the order they were set', async () => {
      const store = fresh()
      await store.commit([
        firstCommit('a', { timers: [timer('z', 5), timer('late', 8), timer('y', 5)] }),
      ])
      await store.commit([firstCommit('b', { timers: [timer('x', 5), timer('soon', 1.5)] })])
      const due = await store.dueTimers(5, 10)
      expect(due.map(({ key, id }) => `${key}.${id}`)).toEqual(['b.soon', 'a.z', 'a.y', 'b.x'])
      expect(due[0]).toEqual({ key: 'b', ...timer('soon', 1.5) })
      expect((await store.dueTimers(5, 2)).map(({ id }) => id)).toEqual(['soon', 'z'])
      expect((await store.load('a'))?.timers.map(({ id }) => id)).toEqual(['z', 'y', 'late'])
    })

    test('the next due time is found with and without a lower bound', async () => {
      const store = fresh()
      expect(await store.nextDueMs()).toBeUndefined()
      await store.commit([firstCommit('a', { timers: [timer('t', 5), timer('u', 8)] })])
      expect(await store.nextDueMs()).toBe(5)
      expect(await store.nextDueMs(5)).toBe(8)
      expect(await store.nextDueMs(8)).toBeUndefined()
    })

    test('timers are removed before others are added, so one commit may set a timer again', async () => {
      const store = fresh()
      await store.commit([firstCommit('a', { timers: [timer('t', 5)] })])
      await store.commit([
        commitOf('a', 1, { timersRemoved: ['t', 'unknown'], timers: [timer('t', 9)] }),
      ])
      expect((await store.load('a'))?.timers).toEqual([timer('t', 9)])
      await store.commit([commitOf('a', 2, { timers: [timer('t', 12)] })])
      expect((await store.load('a'))?.timers).toEqual([timer('t', 12)])
    })

    test('a timer id belongs to its call', async () => {
      const store = fresh()
      await store.commit([
        firstCommit('a', { timers: [timer('t', 5)] }),
        firstCommit('b', { timers: [timer('t', 6)] }),
      ])
      await store.commit([commitOf('a', 1, { timersRemoved: ['t'] })])
      expect(await store.dueTimers(10, 10)).toEqual([{ key: 'b', ...timer('t', 6) }])
    })

    test("a call is found by Graph's id from the commit that brought it", async () => {
      const store = fresh()
      await store.commit([firstCommit('a')])
      expect(await store.find('g')).toBeUndefined()
      await store.commit([commitOf('a', 1, { graphId: 'g' })])
      await store.commit([commitOf('a', 2)])
      expect(await store.find('g')).toBe('a')
      expect((await store.load('a'))?.graphId).toBe('g')
    })

    test('live keys come a page at a time, ended calls left out', async () => {
      const store = fresh()
      await store.commit(['d', 'b', 'a', 'c'].map((key) => firstCommit(key)))
      await store.commit([commitOf('c', 1, { status: 'ended' })])
      expect(await store.liveKeys(undefined, 2)).toEqual(['a', 'b'])
      expect(await store.liveKeys('b', 2)).toEqual(['d'])
      expect(await store.liveKeys('d', 2)).toEqual([])
      expect(await store.counts()).toEqual({ live: 3, ended: 1 })
    })

    test('chart uses count live calls by version and name at most 20', async () => {
      const store = fresh()
      const keys = Array.from({ length: 22 }, (_, index) => `k${String(index).padStart(2, '0')}`)
      await store.commit(keys.map((key) => firstCommit(key)))
      await store.commit([firstCommit('z', { snapshot: snapshotAt(1, '2') })])
      await store.commit([commitOf('k00', 1, { status: 'ended' })])
      expect(await store.chartUses()).toEqual([
        { chartId: 'desk', chartVersion: '1', calls: 21, keys: keys.slice(1, 21) },
        { chartId: 'desk', chartVersion: '2', calls: 1, keys: ['z'] },
      ])
    })

    test('the journal of an unknown call is empty', async () => {
      expect(await fresh().journal('nobody')).toEqual([])
    })

    test('a sound store passes its check, a closed one refuses everything', async () => {
      const store = fresh()
      await store.commit(everything[0] ?? [])
      await store.check()
      await store.close()
      await store.close()
      for (const use of [() => store.check(), () => store.load('a'), () => store.commit([])]) {
        await expect(use()).rejects.toMatchObject({ code: 'store.closed' })
      }
    })

    test('any commits, good or conflicting, load as a plain model of them does', async () => {
      await fc.assert(
        fc.asyncProperty(anyBatches, async (batches) => {
          const store = fresh()
          const model = new ModelStore()
          for (const batch of batches) {
            expect(await outcome(store, batch)).toBe(await outcome(model, batch))
          }
          expect(await view(store)).toEqual(await view(model))
          await store.close()
        }),
        { numRuns: 60 },
      )
    })
  })
}

/** `written`, or the code of the refusal. */
async function outcome(
  store: Pick<Store, 'commit'>,
  batch: readonly CallCommit[],
): Promise<unknown> {
  try {
    await store.commit(batch)
    return 'written'
  } catch (cause) {
    return cause instanceof Error && 'code' in cause ? cause.code : cause
  }
}

type Viewed = Pick<Store, 'load' | 'journal' | 'dueTimers' | 'liveKeys' | 'counts' | 'find'>

async function view(store: Viewed): Promise<unknown> {
  const keys = ['a', 'b', 'c']
  return {
    calls: await Promise.all(keys.map((key) => store.load(key))),
    journals: await Promise.all(keys.map((key) => store.journal(key))),
    due: await store.dueTimers(50, 5),
    live: await store.liveKeys(undefined, 10),
    counts: await store.counts(),
    found: await Promise.all(keys.map((key) => store.find(`graph-${key}`))),
  }
}
