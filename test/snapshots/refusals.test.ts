import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openSqliteStore } from '../../snapshots/index.ts'
import { commitOf, entry, firstCommit } from './examples.ts'
import { temporaryFolder } from './folder.ts'

describe('one process holds a database', () => {
  test('a second opener in the same process is refused until the first closes', async () => {
    const path = join(temporaryFolder(), 'calls.db')
    const first = openSqliteStore(path)
    expect(() => openSqliteStore(path)).toThrow(expect.objectContaining({ code: 'store.locked' }))
    await first.close()
    await openSqliteStore(path).close()
  })

  test('a link to the file is the same database', async () => {
    const folder = temporaryFolder()
    const store = openSqliteStore(join(folder, 'calls.db'))
    symlinkSync(join(folder, 'calls.db'), join(folder, 'link.db'))
    const open = () => openSqliteStore(join(folder, 'link.db'))
    expect(open).toThrow(expect.objectContaining({ code: 'store.locked' }))
    await store.close()
  })

  test('another process is named by file and id, and SIGKILL frees what it held', async () => {
    const path = join(temporaryFolder(), 'calls.db')
    const holder = await hold(path)
    expect(() => openSqliteStore(path)).toThrow(
      `The database ${path} is in use by process ${holder.pid}.`,
    )
    holder.kill('SIGKILL')
    await once(holder, 'exit')
    const store = openSqliteStore(path)
    expect((await store.load('kept'))?.sequence).toBe(1)
    await store.commit([commitOf('kept', 1)])
    await store.close()
  })
})

describe('a store that cannot be used says why', () => {
  test('a database of another program is left as it is', () => {
    const path = join(temporaryFolder(), 'other.db')
    const other = new Database(path)
    other.exec('CREATE TABLE songs (title TEXT)')
    other.close()
    refuses(path, 'store.schema', 'was not made by Callchart')
    const reopened = new Database(path)
    expect(reopened.pragma('journal_mode', { simple: true })).toBe('delete')
    reopened.close()
  })

  test('a database of a newer schema is refused', async () => {
    const path = join(temporaryFolder(), 'calls.db')
    await openSqliteStore(path).close()
    const newer = new Database(path)
    newer.pragma('user_version = 99')
    newer.close()
    refuses(path, 'store.schema', 'has schema 99; this Callchart reads schema 2')
  })

  test('a file that is no database is called damaged', () => {
    const path = join(temporaryFolder(), 'calls.db')
    writeFileSync(path, 'not a database, but long enough to look like one'.repeat(100))
    refuses(path, 'store.corrupt', 'is damaged or is not a SQLite database')
  })

  test('a folder that does not exist is named', () => {
    const path = join(temporaryFolder(), 'missing', 'calls.db')
    refuses(path, 'store.failed', `The folder of the database ${path} does not exist.`)
  })

  test('a full disk fails the commit, writes nothing of it, and is no end', async () => {
    const path = join(temporaryFolder(), 'calls.db')
    const store = openSqliteStore(path, { maxPages: 24 })
    await store.commit([firstCommit('a')])
    const big = commitOf('a', 1, { journal: [{ ...entry(2), event: 'x'.repeat(200_000) }] })
    const failure = expect(store.commit([firstCommit('b'), big])).rejects
    await failure.toMatchObject({ code: 'store.full', fix: expect.stringContaining('Free space') })
    expect(await store.load('b')).toBeUndefined()
    expect((await store.load('a'))?.sequence).toBe(1)
    await store.commit([commitOf('a', 1)])
    await store.close()
  })

  test('a file that may not be written is called read-only', async () => {
    const folder = join(temporaryFolder(), 'locked')
    mkdirSync(folder)
    const path = join(folder, 'calls.db')
    await openSqliteStore(path).close()
    chmodSync(path, 0o444)
    chmodSync(`${path}-lock`, 0o444)
    chmodSync(folder, 0o555)
    onTestFinished(() => chmodSync(folder, 0o755))
    withoutRoot(folder, () => refuses(path, 'store.readOnly', 'cannot be written'))
  })
})

function refuses(path: string, code: string, words: string): void {
  const refusal = { code, message: expect.stringContaining(words), fix: expect.any(String) }
  expect(() => openSqliteStore(path)).toThrow(expect.objectContaining(refusal))
}

async function hold(path: string) {
  const script = join(import.meta.dirname, 'holder.ts')
  const child = spawn(process.execPath, ['--conditions=callchart-source', script, path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child.stdout, 'data')
  return child
}

/** Root may write anything, so the claim is tried as nobody when the tests run as root. */
function withoutRoot(folder: string, claim: () => void): void {
  const isRoot = process.geteuid?.() === 0
  chmodSync(join(folder, '..'), 0o755)
  if (isRoot) process.seteuid?.(65_534)
  try {
    claim()
  } finally {
    if (isRoot) process.seteuid?.(0)
  }
}
