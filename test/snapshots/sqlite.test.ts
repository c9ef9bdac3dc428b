import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { openImageStore, openSqliteStore } from '../../snapshots/index.ts'
import { storeContract } from './contract.ts'
import { commitOf, effect, entry, everything, firstCommit, snapshotAt, timer } from './examples.ts'
import { temporaryFolder } from './folder.ts'

storeContract('SQLite in a file', () => openSqliteStore(join(temporaryFolder(), 'calls.db')))
storeContract('SQLite in memory', () => openSqliteStore(':memory:'))

describe('a store in memory', () => {
  test('holds nothing of one that was closed before it, in no byte', async () => {
    const first = openImageStore(undefined)
    for (const batch of everything) await first.commit(batch)
    const [{ event } = entry(1)] = await first.journal('a')
    expect(first.image().includes(event)).toBe(true)
    await first.close()
    const second = openImageStore(undefined)
    expect(await second.counts()).toEqual({ live: 0, ended: 0 })
    expect(second.image().includes(event)).toBe(false)
    await expect(first.load('a')).rejects.toThrow('was closed')
    await second.close()
  })

  test('reads the same of a call it looked at before as of one it did not', async () => {
    const store = openImageStore(undefined)
    let known: Awaited<ReturnType<typeof store.load>>
    const commits = [
      firstCommit('a', { effects: [effect('a1')], timers: [timer('ring', 10)] }),
      commitOf('a', 1, { journal: [entry(2)], timersRemoved: ['ring'] }),
      commitOf('a', 2, { journal: [entry(3)], snapshot: snapshotAt(3) }),
      commitOf('a', 3, { journal: [entry(4)], effectChanges: [{ id: 'a1', status: 'done' }] }),
      commitOf('a', 4, { journal: [entry(5)], status: 'ended' }),
    ]
    for (const commit of commits) {
      await store.commit([commit])
      known = await store.loadSince('a', known)
      expect(known).toEqual(await store.load('a'))
    }
    await store.close()
  })
})

describe('a SQLite store', () => {
  test('a reopened file holds what was committed before it was closed', async () => {
    const path = join(temporaryFolder(), 'calls.db')
    await write(path, everything)
    const store = openSqliteStore(path)
    expect((await store.load('a'))?.sequence).toBe(3)
    expect(await store.journal('a')).toEqual([entry(1), entry(2), entry(3)])
    expect(await store.counts()).toEqual({ live: 2, ended: 1 })
    await store.close()
  })

  test('a fault at any statement of a commit leaves all of it or none', async () => {
    const [first = [], second = []] = everything
    const before = await dumpAfter([first])
    const after = await dumpAfter([first, second])
    const statements = await statementsOf(first, second)
    expect(new Set(statements).size, 'every statement is used, and the commit').toBe(14)
    for (let index = 0; index < statements.length; index++) {
      const path = join(temporaryFolder(), 'calls.db')
      await write(path, [first])
      await writeFailingAt(path, second, index)
      expect(dump(path), `after a fault at ${statements[index]}`).toEqual(before)
      await write(path, [second])
      expect(dump(path), `written again after a fault at ${statements[index]}`).toEqual(after)
    }
  })

  test('a fault at any statement of a compaction leaves all of it or none', async () => {
    const path = join(temporaryFolder(), 'calls.db')
    await write(path, everything)
    const before = dump(path)
    let left = 0
    const store = openSqliteStore(path, {
      beforeStatement: (name) => {
        if (left-- === 0) throw new Error(`no ${name}`)
      },
    })
    for (let index = 0; index < 8; index++) {
      left = index
      await expect(store.compact(9_999, 1)).rejects.toMatchObject({ code: 'store.failed' })
      expect(dump(path), `after a fault at statement ${index}`).toEqual(before)
    }
    left = Number.POSITIVE_INFINITY
    expect(await store.compact(9_999, 1)).toBe(1)
    expect(dump(path)).not.toEqual(before)
    await store.close()
  })

  test('nothing is left in the file of what was removed', async () => {
    const path = join(temporaryFolder(), 'calls.db')
    const store = openSqliteStore(path)
    const event = '{"type":"told","who":"unforgettable@contoso.com"}'
    const calls = ['a', 'b'].map((key) =>
      firstCommit(key, { status: 'ended', journal: [{ ...entry(1), event }] }),
    )
    await store.commit(calls)
    expect(await store.remove(['a', 'b'])).toBe(2)
    await store.close()
    expect(readFileSync(path).includes('unforgettable')).toBe(false)
  })

  test('nothing is left of what was packed and removed once the file is made anew', async () => {
    const path = join(temporaryFolder(), 'calls.db')
    const store = openSqliteStore(path)
    const event = `{"type":"told","who":"unforgettable@contoso.com","why":"${'x'.repeat(9_000)}"}`
    await store.commit([firstCommit('a', { status: 'ended', journal: [{ ...entry(1), event }] })])
    await store.compact(9_999, 1)
    await store.remove(['a'])
    await store.rewrite()
    await store.close()
    expect(readFileSync(path).includes('unforgettable')).toBe(false)
  })

  test('a turn that only journals is one statement, for a call just loaded too', async () => {
    const names: string[] = []
    const path = join(temporaryFolder(), 'calls.db')
    await write(path, [[firstCommit('a')]])
    const store = openSqliteStore(path, { beforeStatement: (name) => names.push(name) })
    await store.load('a')
    await store.commit([commitOf('a', 1, { journal: [entry(2)] })])
    await store.commit([commitOf('a', 2, { journal: [entry(3)] })])
    expect(names).toEqual(['addJournal', 'commit', 'addJournal', 'commit'])
    await store.close()
  })

  test('a store goes on after a failed commit', async () => {
    let isBroken = true
    const store = openSqliteStore(':memory:', {
      beforeStatement: () => {
        if (isBroken) throw new Error('the disk is gone')
      },
    })
    const failure = expect(store.commit([firstCommit('a')])).rejects
    await failure.toMatchObject({ code: 'store.failed', cause: new Error('the disk is gone') })
    isBroken = false
    await store.commit([firstCommit('a')])
    expect((await store.load('a'))?.sequence).toBe(1)
    await store.close()
  })

  test('a read-only tool may look while the store is open', async () => {
    const path = join(temporaryFolder(), 'calls.db')
    const store = openSqliteStore(path)
    await store.commit([firstCommit('a')])
    const tool = new Database(path, { readonly: true })
    expect(tool.prepare('SELECT key FROM call').pluck().all()).toEqual(['a'])
    await store.commit([commitOf('a', 1)])
    tool.close()
    await store.close()
  })

  test('the file is logged ahead of writing, in pages of 8 KB', async () => {
    const path = join(temporaryFolder(), 'calls.db')
    const store = openSqliteStore(path)
    const tool = new Database(path, { readonly: true })
    expect(tool.pragma('journal_mode', { simple: true })).toBe('wal')
    expect(tool.pragma('page_size', { simple: true })).toBe(8192)
    tool.close()
    await store.close()
  })
})

async function write(path: string, batches: typeof everything): Promise<void> {
  const store = openSqliteStore(path)
  for (const batch of batches) await store.commit(batch)
  await store.close()
}

/** Every row of every table, in a stable order. */
function dump(path: string): unknown {
  const database = new Database(path, { readonly: true })
  const tables = database
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    .pluck()
    .all()
  const rows = tables.map((table) => [
    table,
    database.prepare(`SELECT rowid AS rowid_, * FROM ${table} ORDER BY 1`).all(),
  ])
  database.close()
  return rows
}

async function dumpAfter(batches: typeof everything): Promise<unknown> {
  const path = join(temporaryFolder(), 'calls.db')
  await write(path, batches)
  return dump(path)
}

async function statementsOf(
  first: (typeof everything)[number],
  second: (typeof everything)[number],
): Promise<readonly string[]> {
  const names: string[] = []
  const path = join(temporaryFolder(), 'calls.db')
  await write(path, [first])
  const store = openSqliteStore(path, { beforeStatement: (name) => names.push(name) })
  await store.commit(second)
  await store.close()
  return names
}

async function writeFailingAt(
  path: string,
  batch: (typeof everything)[number],
  index: number,
): Promise<void> {
  let count = 0
  const store = openSqliteStore(path, {
    beforeStatement: (name) => {
      if (count++ === index) throw new Error(`no ${name}`)
    },
  })
  await expect(store.commit(batch)).rejects.toMatchObject({ code: 'store.failed' })
  await store.close()
}
