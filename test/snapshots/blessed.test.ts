import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { StateValue } from 'xstate'
import { rebased } from '../../machines/call/baseUpgrades.ts'
import { changedGoldens, type Golden, readGoldens, storedGolden } from '../../snapshots/index.ts'
import { emptyChange } from '../../src/engine/change.ts'
import { loadChart } from '../../src/engine/chart.ts'
import { flawsOf, strandedIn } from '../../src/engine/fit.ts'
import { statesOf } from '../../src/engine/group.ts'
import { Charts } from '../../src/engine/index.ts'
import { loadCall } from '../../src/engine/load.ts'
import { start } from '../../src/engine/step.ts'
import { unwatched } from '../../src/engine/told.ts'
import { grownBase, namesOfBase, recordedBases } from './bases.ts'
import { bare, callCharts, chartFiles, chartsFolder, goldenFolder, goldensOf } from './blessed.ts'

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

describe('the bases in snapshots/bases', () => {
  const { machine, base, baseUpgrades } = loadChart(bare)

  test('have all that the present one is made of', () => {
    const { path, text } = grownBase(bare)
    expect(readFileSync(path, 'utf8')).toBe(text)
    expect(Math.max(...recordedBases().keys())).toBe(base)
  })

  test.each([...recordedBases()])(
    '%i has a place for every state and deadline today',
    (was, names) => {
      const { context } = start(machine, { key: 'base', direction: 'incoming' }).snapshot
      const call = {
        chart: machine.id,
        context: { ...context, base: was },
        invocations: [],
        history: {},
      }
      const timers = names.deadlines.map((id) => ({ id, dueMs: 0 }))
      const lost = names.states.flatMap((path) => {
        const states = path
          .split('.')
          .reduceRight<StateValue>((inner, name) => ({ [name]: inner }), {})
        const standing = rebased({ ...call, states, timers }, baseUpgrades)
        return [...flawsOf(machine, standing), ...strandedIn(machine, standing)]
      })
      expect([...new Set(lost)]).toEqual([])
    },
  )

  test('name no state of a participant or of a dialogue shape that is gone: nothing upgrades those', () => {
    const { participant, dialogue } = namesOfBase(bare)
    for (const names of recordedBases().values()) {
      expect(participant).toEqual(expect.arrayContaining([...names.participant]))
      expect(dialogue).toEqual(expect.arrayContaining([...names.dialogue]))
    }
  })
})

function lost({ chartId, chartVersion, name }: Golden): never {
  throw new Error(`Nothing can read the golden ${chartId} ${chartVersion} ${name} any more.`)
}
