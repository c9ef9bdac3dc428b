import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { openSqliteStore, type Store } from '../../snapshots/index.ts'
import { entry, firstCommit } from './examples.ts'
import { temporaryFolder } from './folder.ts'

const PAGE_BYTES = 8_192

describe('damage is found', () => {
  test('at the start, when it is in what a live call may need', async () => {
    for (const name of ['call', 'actor', 'journal', 'timer_due', 'sqlite_autoindex_journal_1']) {
      const path = await damaged(name)
      expect(() => openSqliteStore(path), name).toThrow(
        expect.objectContaining({ code: 'store.corrupt' }),
      )
    }
  })

  test('when a compacted call is read, and the start and live calls do not mind', async () => {
    for (const name of ['ended', 'sqlite_autoindex_ended_1']) {
      const store = openSqliteStore(await damaged(name))
      for (const read of [() => store.load('old0'), () => store.journal('old0')]) {
        await expect(read(), name).rejects.toMatchObject({
          code: 'store.corrupt',
          message: expect.stringContaining('call old0'),
        })
      }
      await goesOn(store)
    }
  })

  test("when a compacted call is looked for by Graph's id, and the start does not mind", async () => {
    const store = openSqliteStore(await damaged('ended_graph_id'))
    await expect(store.find('graph-old0')).rejects.toMatchObject({
      code: 'store.corrupt',
      message: expect.stringContaining('graph-old0'),
    })
    expect(await store.load('old0')).toMatchObject({ status: 'ended' })
    await goesOn(store)
  })

  test('when one bit of a record is another', async () => {
    const path = await database()
    const bytes = readFileSync(path)
    const past = pastOf(path, 'old7')
    const place = bytes.indexOf(past) + (past.length >> 1)
    bytes.writeUInt8(bytes.readUInt8(place) ^ 1, place)
    writeFileSync(path, bytes)
    const store = openSqliteStore(path)
    await expect(store.load('old7')).rejects.toMatchObject({
      code: 'store.corrupt',
      message: expect.stringContaining('call old7'),
    })
    expect(await store.load('old8')).toMatchObject({ key: 'old8' })
    await goesOn(store)
  })

  test('when a record is of another call', async () => {
    const path = await database()
    const file = new Database(path)
    file.exec(`
      UPDATE ended SET past = (SELECT past FROM ended WHERE key = 'old1') WHERE key = 'old2'`)
    file.close()
    const store = openSqliteStore(path)
    await expect(store.load('old2')).rejects.toMatchObject({
      code: 'store.corrupt',
      message: expect.stringContaining('call old2'),
    })
    await goesOn(store)
  })
})

/** Live calls move, and new ones begin; the store is closed. */
async function goesOn(store: Store): Promise<void> {
  expect(await store.load('live0')).toMatchObject({ status: 'live' })
  expect(await store.liveKeys(undefined, 99)).toHaveLength(20)
  await store.commit([{ ...firstCommit('live0'), afterSequence: 1, journal: [entry(2)] }])
  await store.close()
}

/** Twenty live calls and as many compacted ones, all of it in its one file. */
async function database(): Promise<string> {
  const path = join(temporaryFolder(), 'calls.db')
  const store = openSqliteStore(path)
  const names = Array.from({ length: 20 }, (_, index) => String(index))
  await store.commit(names.map((name) => firstCommit(`live${name}`)))
  await store.commit(
    names.map((name) =>
      firstCommit(`old${name}`, { status: 'ended', graphId: `graph-old${name}` }),
    ),
  )
  await store.compact(Number.POSITIVE_INFINITY, 99)
  await store.close()
  return path
}

/** The same with the first page of a table or index overwritten. */
async function damaged(name: string): Promise<string> {
  const path = await database()
  const file = new Database(path, { readonly: true })
  const page = file
    .prepare<[name: string], number>('SELECT rootpage FROM sqlite_schema WHERE name = ?')
    .pluck()
    .get(name)
  file.close()
  expect(page, name).toBeTypeOf('number')
  const bytes = readFileSync(path)
  const start = (Number(page) - 1) * PAGE_BYTES
  bytes.fill(0xa5, start, start + PAGE_BYTES)
  writeFileSync(path, bytes)
  return path
}

function pastOf(path: string, key: string): Buffer {
  const file = new Database(path, { readonly: true })
  const past = file
    .prepare<[key: string], Buffer>('SELECT past FROM ended WHERE key = ?')
    .pluck()
    .get(key)
  file.close()
  return past ?? Buffer.alloc(0)
}
