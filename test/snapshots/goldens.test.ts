import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { addGolden, changedGoldens, readGoldens } from '../../snapshots/index.ts'
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
    addGolden(folder, golden)
    addGolden(folder, older)
    expect(readGoldens(folder)).toEqual([older, golden])
  })

  test('are one file each, readable in a review', () => {
    const folder = temporaryFolder()
    addGolden(folder, golden)
    const text = readFileSync(join(folder, 'front-desk@1@established.json'), 'utf8')
    expect(text).toContain('        "value": "on",\n')
    expect(readGoldens(folder)).toEqual([golden])
  })

  test('are never written over', () => {
    const folder = temporaryFolder()
    addGolden(folder, golden)
    expect(() => addGolden(folder, { ...golden, actors: [] })).toThrow('EEXIST')
    expect(readGoldens(folder)).toEqual([golden])
  })

  test('that were removed, rewritten or put there otherwise are found', () => {
    const folder = temporaryFolder()
    for (const name of ['a', 'b', 'c']) addGolden(folder, { ...golden, name })
    expect(changedGoldens(folder)).toEqual([])
    rmSync(join(folder, 'front-desk@1@a.json'))
    writeFileSync(join(folder, 'front-desk@1@b.json'), '{}')
    writeFileSync(join(folder, 'front-desk@1@d.json'), '{}')
    expect(changedGoldens(folder)).toEqual([
      'front-desk@1@a.json was removed',
      'front-desk@1@b.json was rewritten',
      'front-desk@1@d.json is not in SHA256SUMS',
    ])
  })
})
