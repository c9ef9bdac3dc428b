/** Several charts in one engine, and several versions of one. */
import { callChart, callSetup } from 'callchart/machines'
import { emulate } from 'callchart/testkit'
import { expect, test } from 'vitest'
import { Charts } from '../../src/engine/charts.ts'
import { Rig } from './rig.ts'

/** A chart that plays a prompt of its own when the call stands, and hangs up when it is over. */
function playing(id: string, version = '1') {
  const scenario = callSetup.createStateConfig({
    initial: 'waiting',
    states: {
      waiting: {
        on: {
          'call.established': {
            actions: { type: 'playPrompt', params: { prompt: `${id}${version}.wav` } },
          },
          'prompt.completed': 'leaving',
        },
      },
      leaving: { entry: 'hangUp' },
    },
  })
  return callSetup.createMachine(callChart({ id, version, scenario }))
}

const [desk, night] = [playing('desk'), playing('night')]
const chartOf = (world: { readonly disk: { readonly commits: readonly unknown[] } }) =>
  JSON.stringify(world.disk.commits)

test('each incoming call runs on the chart chosen for it', async () => {
  await using world = await emulate({
    charts: [{ chart: desk }, { chart: night }],
    choose: ({ source }) => (source.domain === 'contoso.com' ? 'desk' : 'night'),
  })
  const staff = await world.ring({ from: 'ann@contoso.com' })
  const guest = await world.ring({ from: 'bob@fabrikam.com' })
  const { store } = world.disk
  expect((await store.load(staff.id))?.chartId).toBe('desk')
  expect((await store.load(guest.id))?.chartId).toBe('night')
  await world.restart()
  await guest.finishPrompt()
  await world.advance(1_000)
  expect([staff.state, guest.state]).toEqual(['established', 'terminated'])
})

test('where nothing chooses, the first chart takes the call', async () => {
  await using world = await emulate({ charts: [{ chart: night }, { chart: desk }] })
  const call = await world.ring({ from: 'bob@fabrikam.com' })
  expect((await world.disk.store.load(call.id))?.chartId).toBe('night')
})

test.each([
  ['names a chart nobody brings', () => 'lunch', "This bot has no chart 'lunch'."],
  [
    'throws',
    () => {
      throw new Error('No idea for bob@fabrikam.com.')
    },
    'No idea for (address)',
  ],
])('a choice that %s refuses the call and says why; others are taken', async (_, wrong, why) => {
  let isWrong = true
  await using world = await emulate({
    charts: [{ chart: desk }, { chart: night }],
    choose: () => (isWrong ? wrong() : 'night'),
  })
  const lost = await world.ring({ from: 'bob@fabrikam.com' })
  expect(world.records).toContainEqual(
    expect.objectContaining({
      kind: 'refused',
      key: lost.id,
      reason: expect.stringContaining(why),
    }),
  )
  expect(world.requests).toEqual([])
  isWrong = false
  const call = await world.ring({ from: 'bob@fabrikam.com' })
  expect(call.state).toBe('established')
})

test('a call is placed on the chart named', async () => {
  await using world = await emulate({ charts: [{ chart: desk }, { chart: night }] })
  const request = { targets: 'bob@fabrikam.com' }
  const key = await world.bot.call(request, { chart: 'night' })
  expect((await world.disk.store.load(key))?.chartId).toBe('night')
  await expect(world.bot.call(request)).rejects.toMatchObject({ code: 'chart.notNamed' })
  await expect(world.bot.call(request, { chart: 'lunch' })).rejects.toMatchObject({
    code: 'chart.unknown',
    message: expect.stringContaining('desk, night'),
  })
})

test("a test's world calls on the chart named, its traffic on the first, and writes down which", async () => {
  await using world = await emulate({ charts: [{ chart: desk }, { chart: night }] })
  const request = { targets: 'bob@fabrikam.com' }
  await world.call(request, { chart: 'night' })
  expect(world.heldCalls[0]?.snapshot.machine.id).toBe('night')
  expect(world.asTest()).toContain(
    "world.call({ targets: 'bob@fabrikam.com' }, { chart: 'night' })",
  )
  await world.play({ seed: 1, deeds: [{ atMs: 0, call: 0, act: 'dial', who: 1 }], faults: [] })
  expect(world.heldCalls[1]?.snapshot.machine.id).toBe('desk')
})

test.each([
  ['no chart', [], 'chart.none'],
  ['two charts of one id', [{ chart: desk }, { chart: playing('desk', '2') }], 'chart.twice'],
  ['one version twice', [{ chart: desk, versions: [playing('desk')] }], 'chart.twice'],
  ['another chart as a version', [{ chart: desk, versions: [night] }], 'chart.notAVersion'],
])('%s is refused at start', (_, charts, code) => {
  expect(() => new Charts({ charts })).toThrow(expect.objectContaining({ code }))
})

test('a live call stays on its version, new ones start on the new; the database says which', async () => {
  await using world = await emulate(desk)
  const old = await world.ring({ from: 'bob@fabrikam.com' })
  await world.deploy({ chart: playing('desk', '2'), versions: [desk] })
  const young = await world.ring({ from: 'bob@fabrikam.com' })
  await old.finishPrompt()
  await young.finishPrompt()
  await world.advance(2_000)
  expect([old.state, young.state]).toEqual(['terminated', 'terminated'])
  const { store } = world.disk
  expect((await store.load(old.id))?.chartVersion).toBe('1')
  expect((await store.load(young.id))?.chartVersion).toBe('2')
  expect(chartOf(world)).toContain('desk2.wav')
})

test('a bot that brings not every version of the live calls does not start, and names them', async () => {
  await using rig = await Rig.open(desk)
  const call = await rig.ring()
  await rig.crash()
  await expect(rig.start(playing('desk', '2'))).rejects.toMatchObject({
    code: 'chart.cannotRead',
    message: expect.stringContaining(`1 on 'desk' version 1 (${call.id})`),
  })
})

test('a call that ended on a version nobody brings any more still answers late notifications', async () => {
  await using rig = await Rig.open(desk)
  const call = await rig.ring()
  call.hangUp()
  await rig.settle()
  await rig.crash()
  await rig.start(night)
  expect(await rig.report(call, 'established')).toEqual({ kind: 'accepted' })
  const other = rig.delivery(call.id, 'call', 'updated', [{ state: 'hold' }])
  const [verdict] = await rig.bot.engine.intake([{ ...other, tenantId: 'another' }])
  expect(verdict).toMatchObject({ kind: 'refused' })
})

test('a call whose chart throws at its start is refused, and why is told without a name', async () => {
  const picky = callChart({
    id: 'picky',
    version: '1',
    scenario: callSetup.createStateConfig({}),
    bot: ({ call }) => {
      throw new Error(`No desk for ${call?.source?.identity?.user?.userPrincipalName}`)
    },
  })
  await using world = await emulate(callSetup.createMachine(picky))
  await world.ring({ from: 'bob@fabrikam.com' })
  const reason = 'The chart threw when the call started: No desk for (address)'
  expect(world.records).toContainEqual(expect.objectContaining({ kind: 'refused', reason }))
})
