/** check-upgrade: said before traffic is taken, of a database that is in use. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { callChart, callSetup } from 'callchart/machines'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addGolden, openSqliteStore } from '../../snapshots/index.ts'
import { Rig } from '../engine/rig.ts'
import { root } from '../repository.ts'
import { callchart } from './callchart.ts'

/** As text, because the command loads it from a file of its own. */
const source = (version: string, states: string, upgrade = '{}') => `
  import { callChart, callSetup, renamed } from 'callchart/machines'
  const scenario = callSetup.createStateConfig({ initial: 'waiting', states: ${states} })
  const desk = (version, upgrade) =>
    callSetup.createMachine(callChart({ id: 'desk', version, upgrade, scenario }))
  export default { chart: desk('${version}', ${upgrade}) }`

const scenario = callSetup.createStateConfig({
  initial: 'waiting',
  states: {
    waiting: { on: { 'call.established': 'choosing' } },
    choosing: { after: { 600000: 'bye' } },
    bye: {},
  },
})
const desk = callSetup.createMachine(callChart({ id: 'desk', version: '1', scenario }))
const menu = `{ waiting: {}, menu: { after: { 600_000: 'bye' } }, bye: {} }`

let folder = ''
let rig: Rig
let key = ''

beforeAll(async () => {
  // Within the repository, where 'callchart/machines' means these sources.
  folder = await mkdtemp(join(root, 'test', '.upgrade-'))
  rig = await Rig.open(desk, { hotCalls: 0 })
  key = (await rig.ring()).id
  await rig.settle()
})

afterAll(async () => {
  await rig[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

async function check(text: string, ...args: readonly string[]) {
  const path = join(folder, `bot${Math.abs(hash(text))}.ts`)
  await writeFile(path, text)
  return callchart(['check-upgrade', path, '--database', rig.database, ...args])
}

function hash(text: string): number {
  return [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) | 0, 7)
}

const lines = ({ stdout }: { readonly stdout: string }) =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

describe('on a database in use', () => {
  test('calls whose version is gone are listed, and the exit code says so', async () => {
    const { code, stdout } = await check(source('2', menu))
    expect(code).toBe(2)
    expect(stdout).toContain(`✗ call ${key}  desk version 1`)
    expect(stdout).toContain('in signalling.established, scenario.choosing')
    expect(stdout).toContain('the bot does not bring that version')
  })

  test('a state, a deadline and their names: all that would break is told', async () => {
    const result = await check(source('1', menu), '--json')
    expect(result.code).toBe(2)
    expect(lines(result)).toEqual([
      expect.objectContaining({
        kind: 'call',
        key,
        chart: 'desk',
        version: '1',
        flaws: ["there is no state 'scenario.choosing'"],
      }),
      { kind: 'checked', stay: 0, upgraded: 0, broken: 1 },
    ])
  })

  test('a deadline that no state waits for any more is told by its id', async () => {
    const states = `{ waiting: {}, choosing: {}, bye: {} }`
    const result = await check(source('1', states), '--json')
    expect(lines(result)[0].flaws).toEqual([
      "no state waits for the deadline 'xstate.after.600000.desk.scenario.choosing'",
    ])
  })

  test('an upgrade that carries them is shown with what it does to deadlines', async () => {
    const upgrade = `{ '1': (call) => renamed(call, 'scenario.choosing', 'scenario.menu') }`
    const result = await check(source('2', menu, upgrade), '--verbose')
    expect(result.stdout).toContain(`✓ call ${key}  desk version 1 to 2`)
    expect(result.stdout).toContain(
      'deadline xstate.after.600000.desk.scenario.menu takes over, due as before',
    )
    expect(result.stdout).toContain('Every call can go on.')
    expect(result.code).toBe(0)
  })

  test("a new base of Callchart's own is shown beside the version that stays", async () => {
    const made = `callChart({ id: 'desk', version: '1', scenario })`
    const result = await check(
      `import { callChart, callSetup } from 'callchart/machines'
      const scenario = callSetup.createStateConfig({
        initial: 'waiting',
        states: { waiting: {}, choosing: { after: { 600_000: 'bye' } }, bye: {} },
      })
      export default callSetup.createMachine({ ...${made}, baseUpgrades: [(call) => call] })`,
      '--verbose',
    )
    expect(result.stdout).toContain(`✓ call ${key}  desk version 1, base 1 to 2`)
    expect(result.stdout).toMatch(/are upgraded +1/)
    expect(result.code).toBe(0)
  })

  test('nothing is written: the bot that holds the database goes on', async () => {
    const before = await readFile(rig.database)
    await check(source('2', menu))
    expect(before.equals(await readFile(rig.database))).toBe(true)
    await rig.advance(1_000)
    expect(rig.states(key)).toContain('scenario.choosing')
  })

  test('goldens are looked at too', async () => {
    const snapshot = JSON.stringify({
      status: 'active',
      value: { scenario: 'gone' },
      context: {},
      children: {},
    })
    const golden = { chartId: 'desk', chartVersion: '1', name: 'lost' }
    addGolden(folder, { ...golden, actors: [{ actor: 'call', snapshot }] })
    const result = await check(
      source('1', `{ waiting: {}, choosing: {} }`),
      '--json',
      '--goldens',
      folder,
    )
    expect(lines(result)).toContainEqual(
      expect.objectContaining({
        kind: 'golden',
        key: 'lost',
        flaws: ["there is no state 'scenario.gone'"],
      }),
    )
  })
})

test('where no call is live, that is said, and what goldens say', async () => {
  const empty = join(folder, 'empty.db')
  await openSqliteStore(empty).close()
  const goldens = await mkdtemp(join(folder, 'goldens-'))
  const nothing = await check(source('1', menu), '--database', empty, '--goldens', goldens)
  expect([nothing.code, nothing.stdout]).toEqual([
    0,
    expect.stringContaining(
      `No call is live: nothing that is stored depends on the chart. There is no golden in ${goldens}.`,
    ),
  ])
  const snapshot = JSON.stringify({
    status: 'active',
    value: { scenario: 'gone' },
    context: {},
    children: {},
  })
  addGolden(goldens, {
    chartId: 'desk',
    chartVersion: '1',
    name: 'lost',
    actors: [{ actor: 'call', snapshot }],
  })
  const lost = await check(source('1', menu), '--database', empty, '--goldens', goldens)
  expect(lost.code).toBe(2)
  expect(lost.stdout).toContain('depends on the chart. Of 1 golden, 1 cannot be read.')
})

test('what cannot be found out has an exit code of its own', async () => {
  const { code, stderr } = await check(source('1', menu), '--database', join(folder, 'none.db'))
  expect(code).toBe(1)
  expect(stderr).toContain('none.db')
})
