import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  readdirSync,
  renameSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import { backupDatabase, openSqliteStore, restoreDatabase } from '../../snapshots/index.ts'
import { commitOf, effect, entry, firstCommit } from './examples.ts'
import { temporaryFolder } from './folder.ts'

function paths() {
  const folder = temporaryFolder()
  return { folder, path: join(folder, 'calls.db'), copy: join(folder, 'backup.db') }
}

/** A database with one live call and enough beside it to be copied in several steps. */
async function large(path: string) {
  const store = openSqliteStore(path)
  const event = 'x'.repeat(100_000)
  await store.commit([firstCommit('a', { effects: [effect('a1')] })])
  for (let index = 0; index < 120; index++)
    await store.commit([firstCommit(`b${index}`, { journal: [{ ...entry(1), event }] })])
  return store
}

describe('a backup', () => {
  test('is of one instant, whatever is written while it is taken', async () => {
    const { path, copy } = paths()
    const store = await large(path)
    let sequence = 1
    const seen: number[] = []
    const copying = backupDatabase(path, copy, (copied, all) => seen.push(copied / all))
    // Each of these changes pages that were copied already and pages that were not.
    const written: Promise<void>[] = []
    const writing = setInterval(() => {
      written.push(store.commit([commitOf('a', sequence, { journal: [entry(++sequence)] })]))
    }, 1)
    const copied = await copying
    clearInterval(writing)
    await Promise.all(written)
    expect(written.length).toBeGreaterThan(0)
    expect(copied).toMatchObject({ live: 121, ended: 0, bytes: statSync(copy).size })
    expect(seen.length).toBeGreaterThan(2)
    expect(seen.at(-1)).toBe(1)
    const backup = openSqliteStore(copy, { readOnly: true })
    expect((await backup.load('a'))?.sequence).toBe(1)
    expect((await store.load('a'))?.sequence).toBe(sequence)
    await backup.close()
    await store.close()
  })

  test('is one file, read where nothing can be written', async () => {
    const { folder, path, copy } = paths()
    await (await large(path)).close()
    await backupDatabase(path, copy)
    expect(readdirSync(folder).filter((name) => name.startsWith('backup'))).toEqual(['backup.db'])
    chmodSync(copy, 0o400)
    const backup = openSqliteStore(copy, { readOnly: true })
    expect(await backup.counts()).toEqual({ live: 121, ended: 0 })
    await backup.close()
  })

  test('is as private as the database', async () => {
    const { path, copy } = paths()
    await openSqliteStore(path).close()
    chmodSync(path, 0o600)
    await backupDatabase(path, copy)
    expect(statSync(copy).mode & 0o777).toBe(0o600)
  })

  test('never takes the place of a file', async () => {
    const { path, copy } = paths()
    await openSqliteStore(path).close()
    writeFileSync(copy, 'kept')
    await expect(backupDatabase(path, copy)).rejects.toMatchObject({ code: 'store.exists' })
    expect(statSync(copy).size).toBe(4)
  })

  test('of something else, or of something damaged, is refused and leaves nothing behind', async () => {
    const { folder, path, copy } = paths()
    const other = new Database(join(folder, 'songs.db'))
    other.exec('CREATE TABLE songs (title TEXT)')
    other.close()
    await expect(backupDatabase(join(folder, 'songs.db'), copy)).rejects.toMatchObject({
      code: 'store.schema',
    })
    await (await large(path)).close()
    truncateSync(path, 4_000_000)
    await expect(backupDatabase(path, copy)).rejects.toMatchObject({ code: 'store.corrupt' })
    await expect(backupDatabase(join(folder, 'no.db'), copy)).rejects.toMatchObject({
      code: 'store.missing',
    })
    expect(readdirSync(folder).filter((name) => name.startsWith('backup'))).toEqual([])
  })
})

describe('restoring', () => {
  test('gives the calls back, and what was owed is looked for before it is asked again', async () => {
    const { path, copy, folder } = paths()
    const store = openSqliteStore(path)
    await store.commit([
      firstCommit('a', {
        effects: [
          { ...effect('a1'), effect: 'playPrompt', status: 'owed' },
          { ...effect('a2'), effect: 'hangUp', status: 'owed' },
          { ...effect('a3'), effect: 'invoke', status: 'owed' },
        ],
      }),
    ])
    await store.close()
    await backupDatabase(path, copy)
    const back = join(folder, 'back.db')
    expect(await restoreDatabase(copy, back)).toMatchObject({ live: 1, ended: 0 })
    const restored = openSqliteStore(back)
    const statuses = (await restored.load('a'))?.outbox.map(({ id, status }) => [id, status])
    expect(statuses).toEqual([
      ['a1', 'sent'],
      ['a2', 'owed'],
      ['a3', 'owed'],
    ])
    await restored.commit([commitOf('a', 1)])
    await restored.close()
  })

  test('never replaces a database, nor what is left of one', async () => {
    const { path, copy } = paths()
    await openSqliteStore(path).close()
    await backupDatabase(path, copy)
    await expect(restoreDatabase(copy, path)).rejects.toMatchObject({ code: 'store.exists' })
    renameSync(path, `${path}-old`)
    writeFileSync(`${path}-wal`, 'the log of the old one')
    await expect(restoreDatabase(copy, path)).rejects.toMatchObject({ code: 'store.exists' })
    expect(existsSync(path)).toBe(false)
  })

  test('is refused while a process works on the database, though its file was moved away', async () => {
    const { path, copy } = paths()
    await openSqliteStore(path).close()
    await backupDatabase(path, copy)
    const program = join(import.meta.dirname, 'holder.ts')
    const holder = spawn(process.execPath, ['--conditions=callchart-source', program, path])
    onTestFinished(() => void holder.kill('SIGKILL'))
    await once(holder.stdout, 'data')
    for (const part of ['', '-wal', '-shm']) renameSync(path + part, `${path}${part}.old`)
    await expect(restoreDatabase(copy, path)).rejects.toMatchObject({ code: 'store.locked' })
    expect(existsSync(path)).toBe(false)
  })
})
