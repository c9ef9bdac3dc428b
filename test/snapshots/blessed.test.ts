import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Golden, readGoldens } from '../../snapshots/index.ts'
import { loadChart } from '../../src/engine/chart.ts'
import { decodeActors, statesOf } from '../../src/engine/group.ts'
import { takeTurn } from '../../src/engine/turn.ts'
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

  test.each(goldens)('$chartId version $chartVersion, $name, goes on to its end', (golden) => {
    const chart = loadChart(machines.find(({ id }) => id === golden.chartId) ?? lost(golden))
    const group = decodeActors(chart, 'golden', 1, golden.actors) ?? lost(golden)
    expect(group.participants.size).toBe(golden.actors.length - 1)
    const { group: after } = takeTurn(chart, group, { type: 'callState.terminated' })
    expect(statesOf(after.call)).toContain('signalling.terminated')
  })
})

function lost({ chartId, chartVersion, name }: Golden): never {
  throw new Error(`Nothing can read the golden ${chartId} ${chartVersion} ${name} any more.`)
}
