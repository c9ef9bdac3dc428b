/** Temporary folders that go away with the test that made them. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A new empty folder, removed when the running test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'callchart-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
