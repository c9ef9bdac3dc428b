import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { changedGoldens, type Golden, readGoldens, storedGolden } from '../../snapshots/index.ts'
import { emptyChange } from '../../src/engine/change.ts'
import { statesOf } from '../../src/engine/group.ts'
import { Charts } from '../../src/engine/index.ts'
import { loadCall } from '../../src/engine/load.ts'
import { unwatched } from '../../src/engine/told.ts'
import { callCharts, chartFiles, chartsFolder, goldenFolder, goldensOf } from './blessed.ts'

const expected = await chartFiles()
const machines = await callCharts()
const goldens = readGoldens(goldenFolder)

describe('the charts in snapshots/charts (npm run bless writes them)', () => {
  test('are all there are', () => {
    expect(readdirSync(chartsFolder).sort()).toEqual([...expected.keys()].sort())
  })

  test.each([...expected])('%s is what the code gives', (name, text) => {
    expect(readFileSync(join(chartsFolder, name), 'utf8')).toBe(text)
  })
})

describe('the goldens in snapshots/golden', () => {
  test.each(machines)('$id has one for every moment of its version', (machine) => {
    const named = ({ chartId, chartVersion, name }: Golden) => `${chartId} ${chartVersion} ${name}`
    expect(goldens.map(named)).toEqual(expect.arrayContaining(goldensOf(machine).map(named)))
  })

  test('are all there, as they were written', () => {
    expect(changedGoldens(goldenFolder)).toEqual([])
  })

  test.each(goldens)('$chartId version $chartVersion, $name, goes on to its end', (golden) => {
    const chart = machines.find(({ id }) => id === golden.chartId) ?? lost(golden)
    const { call } = loadCall(new Charts({ chart }), storedGolden(golden), unwatched)
    expect(call.group.participants.size).toBe(golden.actors.length - 1)
    const change = emptyChange()
    call.takeUp(0, change)
    call.hear({ type: 'callState.terminated' }, 0, change)
    expect(statesOf(call.group.call)).toContain('signalling.terminated')
    expect(change.quarantined).toEqual([])
  })
})

function lost({ chartId, chartVersion, name }: Golden): never {
  throw new Error(`Nothing can read the golden ${chartId} ${chartVersion} ${name} any more.`)
}
