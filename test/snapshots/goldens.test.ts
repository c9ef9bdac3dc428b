import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readGoldens, writeGolden } from '../../snapshots/index.ts'
import { temporaryFolder } from './folder.ts'

const actors = [
  { actor: 'call', snapshot: '{"status":"active","value":"on","context":{"private":{}}}' },
  { actor: 'p1', snapshot: '{"status":"done","context":{"2":1,"10":[]}}' },
]
const golden = { chartId: 'front-desk', chartVersion: '1', name: 'established', actors }

describe('goldens', () => {
  test('are read as they were written, in order of chart, version and name', () => {
    const folder = join(temporaryFolder(), 'golden')
    const older = { ...golden, chartVersion: '0/9' }
    writeGolden(folder, golden)
    writeGolden(folder, older)
    expect(readGoldens(folder)).toEqual([older, golden])
  })

  test('are one file each, readable in a review', () => {
    const folder = temporaryFolder()
    writeGolden(folder, golden)
    writeGolden(folder, golden)
    const text = readFileSync(join(folder, 'front-desk@1@established.json'), 'utf8')
    expect(text).toContain('        "value": "on",\n')
    expect(readGoldens(folder)).toEqual([golden])
  })
})
