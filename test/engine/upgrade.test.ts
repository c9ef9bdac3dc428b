/** From one version of a chart to the next, with calls under way. */
import { callChart, callSetup, renamed, type Standing, type Upgrades } from 'callchart/machines'
import { emulate } from 'callchart/testkit'
import { describe, expect, test } from 'vitest'
import { fromPromise } from 'xstate'
import { Rig } from './rig.ts'

const logic = callSetup.extend({
  actors: {
    look: fromPromise<string>(() => new Promise(() => {})),
    find: fromPromise(async () => 'found'),
  },
})

/** Rings, chooses within ten seconds, and is looked up when it is over. */
const first = logic.createMachine(
  callChart({
    id: 'desk',
    version: '1',
    bot: { tries: 1 },
    scenario: logic.createStateConfig({
      initial: 'waiting',
      states: {
        waiting: { on: { 'call.established': 'choosing' } },
        choosing: {
          after: { 10000: 'looking' },
          on: { 'tone.received': 'bye' },
        },
        looking: { invoke: { src: 'look', onDone: 'bye' } },
        bye: { entry: 'hangUp' },
      },
    }),
  }),
)

/** The same with other names: choosing is the menu's first state, and there is a last prompt. */
function second(upgrade: Upgrades = { '1': moved }) {
  const scenario = logic.createStateConfig({
    initial: 'waiting',
    states: {
      waiting: { on: { 'call.established': 'menu' } },
      menu: {
        initial: 'open',
        states: { open: { after: { 10000: '#desk.scenario.searching' } } },
        on: { 'tone.received': 'bye' },
      },
      searching: { invoke: { src: 'find', onDone: 'bye' }, after: { 5000: 'bye' } },
      bye: { entry: 'hangUp' },
    },
  })
  return logic.createMachine(callChart({ id: 'desk', version: '2', upgrade, scenario }))
}

function moved(call: Standing): Standing {
  const named = renamed(
    renamed(call, 'scenario.choosing', 'scenario.menu.open'),
    'scenario.looking',
    'scenario.searching',
  )
  const found = named.invocations.map((each) => ({ ...each, src: 'find' }))
  return { ...named, invocations: found, context: { ...named.context, bot: { name: 'Bob' } } }
}

function statesOf(world: { readonly records: readonly object[] }, key: string): unknown {
  const turns = world.records.filter(
    (record) => 'states' in record && 'key' in record && record.key === key,
  )
  const last = turns.at(-1)
  return last && 'states' in last ? last.states : []
}

describe('a live call', () => {
  test('goes on under the new version, in its new state, its deadline due when it was', async () => {
    await using world = await emulate(first)
    const call = await world.ring({ from: 'bob@fabrikam.com' })
    await world.advance(6_000)
    await world.deploy({ chart: second(), versions: [first] })
    expect(statesOf(world, call.id)).toContain('scenario.menu.open')
    expect(await call.context()).toMatchObject({ bot: { name: 'Bob' } })
    await world.advance(3_900)
    expect(call.state).toBe('established')
    await world.advance(1_000)
    expect(call.state).toBe('terminated')
  })

  test('is upgraded once, and goes on from there after a crash', async () => {
    await using world = await emulate(first)
    const call = await world.ring({ from: 'bob@fabrikam.com' })
    await world.deploy({ chart: second(), versions: [first] })
    await world.restart()
    const journal = await world.disk.store.journal(call.id)
    const upgrades = journal.filter(({ event }) => event.includes('"call.upgraded"'))
    expect(upgrades).toHaveLength(1)
    expect(upgrades[0]?.chartVersion).toBe('2')
    const stored = await world.disk.store.load(call.id)
    expect(stored?.chartVersion).toBe('2')
    const after = journal.filter(({ sequence }) => sequence > (upgrades[0]?.sequence ?? 0))
    expect(new Set(after.map(({ chartVersion }) => chartVersion))).toEqual(new Set(['2']))
  })

  test('hears engine.upgraded, then engine.resumed, before anything else', async () => {
    await using rig = await Rig.open(first)
    const call = await rig.ring()
    await rig.crash()
    rig.records.length = 0
    const told = logic.createMachine(
      callChart({
        id: 'desk',
        version: '2',
        upgrade: { '1': (standing) => renamed(standing, 'scenario.choosing', 'scenario.waiting') },
        scenario: logic.createStateConfig({
          initial: 'waiting',
          states: { waiting: { on: { 'engine.upgraded': { actions: 'mute' } } } },
        }),
      }),
    )
    await rig.start({ chart: told, versions: [first] })
    await rig.settle()
    const heard = rig.records.flatMap((record) =>
      record.kind === 'turned' && record.key === call.id ? [record.event] : [],
    )
    expect(heard.slice(0, 3)).toEqual(['call.upgraded', 'engine.upgraded', 'engine.resumed'])
    expect(rig.emulator.requests).toContain('mute')
  })

  test('takes its promise logic along: asked again under the new name, its result finds the state', async () => {
    await using world = await emulate(first)
    const call = await world.ring({ from: 'bob@fabrikam.com' })
    await world.advance(10_000)
    await world.deploy({ chart: second(), versions: [first] })
    await world.advance(1_000)
    expect(call.state).toBe('terminated')
  })

  test('that is put into another state begins its deadlines and its promise logic there', async () => {
    const jumped = (standing: Standing): Standing => ({
      ...standing,
      states: { ...Object(standing.states), scenario: 'searching' },
    })
    const lost = logic.createMachine(
      callChart({
        id: 'desk',
        version: '2',
        upgrade: { '1': jumped },
        scenario: logic.createStateConfig({
          initial: 'waiting',
          states: {
            waiting: {},
            searching: { invoke: { src: 'look' }, after: { 5000: 'bye' } },
            bye: { entry: 'hangUp' },
          },
        }),
      }),
    )
    await using world = await emulate(first)
    const call = await world.ring({ from: 'bob@fabrikam.com' })
    await world.deploy({ chart: lost, versions: [first] })
    const { timers = [], outbox = [] } = (await world.disk.store.load(call.id)) ?? {}
    expect(timers.map(({ id }) => id)).toContain('xstate.after.5000.desk.scenario.searching')
    expect(timers.map(({ id }) => id)).not.toContain('xstate.after.10000.desk.scenario.choosing')
    expect(outbox.map(({ effect }) => effect)).toContain('invoke')
    await world.advance(7_000)
    expect(call.state).toBe('terminated')
  })

  test('that keeps its state does not wait again for what has passed', async () => {
    const hinting = (version: string, more: object, upgrade: Upgrades = {}) =>
      callSetup.createMachine(
        callChart({
          id: 'hinting',
          version,
          upgrade,
          scenario: {
            initial: 'here',
            states: { here: { after: { 1000: { actions: 'mute' }, ...more } } },
          },
        }),
      )
    const one = hinting('1', {})
    await using world = await emulate(one)
    await world.ring({ from: 'bob@fabrikam.com' })
    await world.advance(2_000)
    const two = hinting('2', { 3000: { actions: 'unmute' } }, { '1': (standing) => standing })
    await world.deploy({ chart: two, versions: [one] })
    await world.advance(10_000)
    expect(world.requests.filter((request) => request.endsWith('mute'))).toEqual(['mute', 'unmute'])
  })

  test('needs its former chart only for what was not snapshotted: a bot that stopped well leaves nothing', async () => {
    await using rig = await Rig.open(first)
    const call = await rig.ring()
    await rig.bot.close()
    await rig.start(second())
    await rig.settle()
    expect(rig.states(call.id)).toContain('scenario.menu.open')
  })

  test('that was not snapshotted keeps a bot without its former chart from starting, and is named', async () => {
    await using rig = await Rig.open(first)
    const call = await rig.ring()
    await rig.crash()
    await expect(rig.start(second())).rejects.toMatchObject({
      code: 'chart.cannotRead',
      message: expect.stringContaining(`'${call.id}' (version 1: what it heard since`),
    })
  })
})

test.each<[what: string, upgrade: Upgrades[string], why: string]>([
  [
    'throws',
    () => {
      throw new Error('oops')
    },
    'its upgrade throws: oops',
  ],
  ['names a state that is not there', (call) => call, "there is no state 'scenario.choosing'"],
  [
    'keeps what JSON cannot hold',
    (call) => {
      const bot = { at: new Date(0) }
      return { ...moved(call), context: { ...call.context, bot } }
    },
    'context.bot.at would hold a Date',
  ],
  [
    'runs logic that is not there',
    (call) => ({ ...moved(call), invocations: [{ id: 'x', src: 'nothing', command: 'y' }] }),
    "there is no promise logic 'nothing'",
  ],
  ['gives nothing', () => Object(undefined), 'its upgrade gives no states'],
])('a bot whose upgrade %s does not start, and names the calls', async (_, upgrade, why) => {
  await using rig = await Rig.open(first)
  await rig.ring()
  await rig.crash()
  await expect(rig.start({ chart: second({ '1': upgrade }), versions: [first] })).rejects.toThrow(
    why,
  )
})

test('an upgrade that is no function is refused when the chart is loaded', async () => {
  const broken = second({ '1': Object('later') })
  await expect(emulate(broken)).rejects.toMatchObject({ code: 'chart.refused' })
})
