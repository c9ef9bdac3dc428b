/** A database that cannot be used is refused at start, in words that say what to do, and left as it is. */
import { chmodSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { emulatedEnvironment } from '../../src/cli/emulated.ts'
import { freePort } from '../../src/cli/freePort.ts'
import { createEmulator } from '../../src/emulator/index.ts'
import { callchart, frontDesk, start } from '../cli/callchart.ts'
import { temporaryFolder } from '../snapshots/folder.ts'
import { databaseWithCalls, firstPageOf, PAGE_BYTES } from './fill.ts'

const emulator = createEmulator()
let emulatorUrl = ''
beforeAll(async () => {
  emulatorUrl = await emulator.listen()
})
afterAll(() => emulator.close())

async function environmentOf(path: string) {
  const port = await freePort()
  const publicUrl = `http://127.0.0.1:${port}`
  return {
    ...emulatedEnvironment({ emulatorUrl, publicUrl }),
    PORT: String(port),
    CALLCHART_DATABASE: path,
  }
}

async function serve(path: string, ...options: readonly string[]) {
  return callchart(['serve', frontDesk, ...options], { environment: await environmentOf(path) })
}

/** Nobody has to read a stack to know what to do. */
async function refuses(path: string, ...words: readonly string[]): Promise<void> {
  const before = readFileSync(path)
  const { code, stderr } = await serve(path)
  for (const word of words) expect(stderr.replaceAll(/\s+/g, ' ')).toContain(word)
  expect(stderr).not.toMatch(/^\s+at /m)
  expect(code).toBe(1)
  expect(readFileSync(path).equals(before), 'the file is as it was').toBe(true)
}

describe('callchart serve refuses a database', () => {
  test('that is no database, and does not make a new one in its place', async () => {
    const path = join(temporaryFolder(), 'calls.db')
    writeFileSync(path, 'these were calls once'.repeat(1_000))
    await refuses(path, 'is damaged or is not a SQLite database', 'Restore it from a backup')
  })

  test('with a damaged page in its middle, which its first pages do not show', async () => {
    const path = await databaseWithCalls(join(temporaryFolder(), 'calls.db'), 40)
    const bytes = readFileSync(path)
    const end = firstPageOf(path, 'actor') * PAGE_BYTES
    bytes.fill(0xa5, end - PAGE_BYTES, end)
    writeFileSync(path, bytes)
    await refuses(path, 'is damaged', 'Restore it from a backup')
  })

  test('that lost its end', async () => {
    const path = await databaseWithCalls(join(temporaryFolder(), 'calls.db'), 40)
    const bytes = readFileSync(path)
    writeFileSync(path, bytes.subarray(0, bytes.length - 4 * PAGE_BYTES))
    await refuses(path, 'is damaged', 'Restore it from a backup')
  })

  test('of a newer Callchart', async () => {
    const path = await databaseWithCalls(join(temporaryFolder(), 'calls.db'), 1)
    const newer = new Database(path)
    newer.pragma('user_version = 99')
    newer.close()
    await refuses(path, 'has schema 99', 'Run the Callchart version that wrote it')
  })

  test('that another process works on, and names that process', async () => {
    const path = join(temporaryFolder(), 'calls.db')
    await using first = start(['serve', frontDesk, '--json'], {
      environment: await environmentOf(path),
    })
    const pid = await first.said(/"kind":"listening".*"pid":(\d+)/)
    const { code, stderr } = await serve(path, '--wait-seconds', '0')
    expect(code).toBe(1)
    expect(stderr).toContain(`is in use by process ${pid}`)
    expect(stderr).toContain('Stop that process')
  })

  test('that may not be written', async () => {
    const folder = temporaryFolder()
    const path = await databaseWithCalls(join(folder, 'calls.db'), 1)
    copyFileSync(path, `${path}-lock`)
    for (const file of [path, `${path}-lock`]) chmodSync(file, 0o444)
    chmodSync(folder, 0o555)
    const { code, stderr } = await serveWithoutRights(path)
    chmodSync(folder, 0o755)
    expect(stderr).toContain('cannot be written')
    expect(stderr).toContain('Let this process read and write the file and its folder.')
    expect(code).toBe(1)
  })
})

/**
 * Root may write anything, until the right to is taken from what it runs; it stays root, so that it may
 * read what only root may.
 */
const mortal =
  process.geteuid?.() === 0
    ? ['setpriv', '--bounding-set=-dac_override', '--inh-caps=-dac_override']
    : []

async function serveWithoutRights(path: string) {
  return callchart(['serve', frontDesk], {
    environment: await environmentOf(path),
    through: mortal,
  })
}
