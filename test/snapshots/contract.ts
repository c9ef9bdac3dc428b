/** The suite that every implementation of the store contract passes. */
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import type { Store } from '../../snapshots/index.ts'
import { anyWork, commitsOf, outcome, told, view } from './anyWork.ts'
import { compactionContract } from './compaction.ts'
import { commitOf, effect, entry, everything, firstCommit, snapshotAt, timer } from './examples.ts'
import { looksContract } from './looks.ts'
import { ModelStore } from './model.ts'
import { removalContract } from './removal.ts'

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

    test('a committed call loads as it was written, at its last event', async () => {
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
        sequence: 1,
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
      expect(call?.sequence).toBe(3)
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
      const gone = { ...snapshotAt(2), actors: [], actorsGone: ['p1', 'never known'] }
      await store.commit([commitOf('a', 1, { journal: [entry(2)], snapshot: gone })])
      expect((await store.load('a'))?.actors).toEqual(snapshotAt(1).actors)
    })

    test("a call's first commit needs an event and a snapshot", async () => {
      for (const lacking of [{ journal: [entry(1)] }, { snapshot: snapshotAt(0) }]) {
        await expect(fresh().commit([commitOf('a', 0, lacking)])).rejects.toMatchObject({
          code: 'store.failed',
        })
      }
    })

    test('a commit read at another sequence is a conflict that names the call', async () => {
      const store = fresh()
      await store.commit([firstCommit('a')])
      for (const afterSequence of [0, 2]) {
        const late = commitOf('a', afterSequence, {
          journal: [entry(afterSequence + 1)],
          snapshot: snapshotAt(afterSequence + 1),
        })
        const failure = expect(store.commit([firstCommit('b'), late])).rejects
        await failure.toMatchObject({
          code: 'store.conflict',
          message: expect.stringContaining('Call a '),
        })
      }
      expect(await store.load('b')).toBeUndefined()
      expect((await store.load('a'))?.sequence).toBe(1)
    })

    test('a commit to an unknown call is a conflict', async () => {
      const failure = expect(fresh().commit([commitOf('a', 3)])).rejects
      await failure.toMatchObject({ code: 'store.conflict' })
    })

    test('one batch may move the same call twice', async () => {
      const store = fresh()
      await store.commit([firstCommit('a'), commitOf('a', 1, { journal: [entry(2)] })])
      expect((await store.load('a'))?.sequence).toBe(2)
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
      await store.commit([commitOf('a', 1, { effectChanges: [{ id: 'e', status: 'inDoubt' }] })])
      expect((await store.load('a'))?.outbox).toMatchObject([
        { status: 'inDoubt', operationId: 'op' },
      ])
    })

    test('changing an effect that was never stored fails and writes nothing', async () => {
      const store = fresh()
      await store.commit([firstCommit('a')])
      const lost = commitOf('a', 1, { effectChanges: [{ id: 'lost', status: 'done' }] })
      await expect(store.commit([lost])).rejects.toMatchObject({ code: 'store.failed' })
      expect((await store.load('a'))?.sequence).toBe(1)
    })

    test('a journal entry left out or stored twice fails and writes nothing', async () => {
      const store = fresh()
      await store.commit([firstCommit('a')])
      for (const sequences of [[1], [3], [2, 2], [2, 4]]) {
        const failure = expect(store.commit([commitOf('a', 1, { journal: sequences.map(entry) })]))
        await failure.rejects.toMatchObject({ code: 'store.failed' })
      }
      expect(await store.journal('a')).toEqual([entry(1)])
      await store.commit([commitOf('a', 1, { journal: [entry(2)] })])
    })

    test('a call that has ended moves no more', async () => {
      const store = fresh()
      await store.commit([firstCommit('a'), commitOf('a', 1, { status: 'ended' })])
      const failure = expect(store.commit([commitOf('a', 1, { journal: [entry(2)] })])).rejects
      await failure.toMatchObject({
        code: 'store.conflict',
        message: expect.stringContaining('has ended'),
      })
    })

    test('a call read again after a refused batch goes on from what was committed', async () => {
      const store = fresh()
      await store.commit([firstCommit('a')])
      const spoilt = commitOf('c', 7)
      const moves = [commitOf('a', 1, { graphId: 'g', journal: [entry(2)] }), spoilt]
      await expect(store.commit(moves)).rejects.toMatchObject({ code: 'store.conflict' })
      expect(await store.find('g')).toBeUndefined()
      await store.commit([commitOf('a', 1, { journal: [entry(2)] })])
      expect(await store.journal('a')).toEqual([entry(1), entry(2)])
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
      expect((await store.dueTimers(5, 2, 1.5, 1)).map(({ id }) => id)).toEqual(['z', 'y'])
      expect((await store.dueTimers(5, 2, 5)).map(({ id }) => id)).toEqual(['z', 'y'])
      expect(await store.dueTimers(5, 2, 6)).toEqual([])
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
      await store.commit([commitOf('a', 1, { timers: [timer('t', 12)] })])
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
      await store.commit([commitOf('a', 1)])
      expect(await store.find('g')).toBe('a')
      expect((await store.load('a'))?.graphId).toBe('g')
    })

    test("Graph's id given to a later call finds that one", async () => {
      const store = fresh()
      await store.commit([firstCommit('a', { graphId: 'g' })])
      expect(await store.find('g')).toBe('a')
      await store.commit([firstCommit('b', { graphId: 'g' })])
      expect(await store.find('g')).toBe('b')
      await store.commit([firstCommit('c'), commitOf('b', 1, { graphId: 'h' })])
      expect(await store.find('g')).toBe('a')
      await store.commit([commitOf('c', 1, { graphId: 'g' })])
      expect(await store.find('g')).toBe('c')
      const refused = [firstCommit('d', { graphId: 'g' }), commitOf('a', 9)]
      await expect(store.commit(refused)).rejects.toMatchObject({ code: 'store.conflict' })
      expect(await store.find('g')).toBe('c')
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
        { chartId: 'desk', chartVersion: '1', base: 1, calls: 21, keys: keys.slice(1, 21) },
        { chartId: 'desk', chartVersion: '2', base: 1, calls: 1, keys: ['z'] },
      ])
    })

    test("chart uses tell bases apart; neither a bot's own 'base' nor a damaged snapshot is one", async () => {
      const store = fresh()
      const on = (key: string, snapshot: string) => {
        const actors = [{ actor: 'call', snapshot }]
        return firstCommit(key, { snapshot: { sequence: 1, chartVersion: '1', actors } })
      }
      await store.commit([
        on('a', '{"context":{}}'),
        on('b', '{"context":{"base":2}}'),
        on('c', '{"context":{"bot":{"base":7}}}'),
        on('d', '{"base":'),
      ])
      expect(await store.chartUses()).toEqual([
        { chartId: 'desk', chartVersion: '1', base: 1, calls: 3, keys: ['a', 'c', 'd'] },
        { chartId: 'desk', chartVersion: '1', base: 2, calls: 1, keys: ['b'] },
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

    compactionContract(fresh)
    removalContract(fresh)
    looksContract(fresh)

    test('any work, good or refused, is told of as by a plain model of a store', async () => {
      await fc.assert(
        fc.asyncProperty(anyWork, async (works) => {
          const store = fresh()
          const model = new ModelStore()
          for (const [round, work] of works.entries()) {
            const commits = await commitsOf(model, work, round)
            const expected = await outcome(model, work, commits)
            expect(await outcome(store, work, commits)).toEqual(expected)
          }
          expect(await view(store)).toEqual(await view(model))
          await store.close()
        }),
        { numRuns: 60 },
      )
    })

    test('compaction never changes what a store tells of its calls', async () => {
      await fc.assert(
        fc.asyncProperty(anyWork, async (works) => {
          const store = fresh()
          const model = new ModelStore()
          for (const [round, work] of works.entries()) {
            const commits = await commitsOf(model, work, round)
            await outcome(model, work, commits)
            await outcome(store, work, commits)
            const before = await told(store)
            await store.compact(work.kind === 'compact' ? work.endedBeforeMs : 50, 2)
            expect(await told(store)).toEqual(before)
          }
          await store.close()
        }),
        { numRuns: 30 },
      )
    })
  })
}
