/** Several app registrations in one engine: each call is of its chart's app, from the first ring to a restart. */
import { callChart, callSetup, type Standing } from 'callchart/machines'
import { expect, test } from 'vitest'
import { openSqliteStore } from '../../snapshots/index.ts'
import type { App } from '../../src/config.ts'
import { Charts } from '../../src/engine/charts.ts'
import { loadCall } from '../../src/engine/load.ts'
import { unwatched } from '../../src/engine/told.ts'
import { type BotCharts, createBot, createOnlineMeetings } from '../../src/index.ts'
import { config } from '../../src/testkit/underTest.ts'
import { update } from '../security/told.ts'
import { APP_ID, keys, Rig, TENANT_ID } from './rig.ts'

const OTHER_ID = '5a5a0000-2222-4222-8333-444455556666'
const SECRET = 'the-secret-of-the-other-app'
const app: App = { appId: OTHER_ID, credential: { secret: SECRET }, tenantId: TENANT_ID }

/** A chart that plays, records what is said then, and hangs up. */
function chartOf(id: string, version = '1') {
  const scenario = callSetup.createStateConfig({
    initial: 'waiting',
    states: {
      waiting: { on: { 'call.established': 'greeting' } },
      greeting: {
        entry: { type: 'playPrompt', params: { prompt: 'welcome.wav' } },
        on: { 'prompt.completed': 'recording' },
      },
      recording: {
        entry: 'recordResponse',
        on: { 'recording.completed': 'leaving', 'recording.failed': 'leaving' },
      },
      leaving: { entry: 'hangUp' },
    },
  })
  const upgrade = version === '2' ? { '1': (call: Standing) => call } : undefined
  return callSetup.createMachine(callChart({ id, version, scenario, ...(upgrade && { upgrade }) }))
}

const charts = [{ chart: chartOf('day') }, { chart: chartOf('night'), app }]

/** A bot of two apps, whose second may do what its roles say. */
async function open(bot: BotCharts = { charts }, roles?: readonly string[]): Promise<Rig> {
  const rig = await Rig.open(bot)
  const webhook = `${rig.publicUrl}/api/calls`
  rig.emulator.register({ id: OTHER_ID, secret: SECRET, tenantId: TENANT_ID, webhook, roles })
  return rig
}

async function ring(rig: Rig, to: string) {
  const call = rig.emulator.ring({ from: 'bob@fabrikam.com', to })
  await rig.settle()
  return call
}

/** What was asked of Graph, and under which app. */
function asked(rig: Rig, callId: string): readonly string[] {
  return rig.emulator.record.flatMap((entry) =>
    entry.kind === 'request' && entry.callId === callId ? [`${entry.method} ${entry.appId}`] : [],
  )
}

test('each app’s calls run on its chart and are answered under it', async () => {
  await using rig = await open()
  const [mine, others] = [await ring(rig, APP_ID), await ring(rig, OTHER_ID)]
  expect(asked(rig, mine.id)).toEqual([`answer ${APP_ID}`, `playPrompt ${APP_ID}`])
  expect(asked(rig, others.id)).toEqual([`answer ${OTHER_ID}`, `playPrompt ${OTHER_ID}`])
})

test('a call is not told of under a token of another app of the bot', async () => {
  await using rig = await open()
  const { id } = await ring(rig, OTHER_ID)
  const before = rig.states(id)
  const nowSeconds = Math.floor(rig.clock.now() / 1_000)
  const say = async (aud: string, path: string) => {
    const claims = {
      iss: 'https://graph.microsoft.com',
      aud,
      tid: TENANT_ID,
      exp: nowSeconds + 600,
    }
    const response = await fetch(`${rig.publicUrl}/api/calls${path}`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Authorization: `Bearer ${await keys.sign(claims)}`,
      },
      body: update(id, { state: 'terminated' }),
    })
    await rig.settle()
    return { status: response.status, text: await response.text() }
  }
  for (const path of ['', `/${id}`]) {
    expect(await say(APP_ID, path)).toEqual({
      status: 400,
      text: expect.stringContaining('of another app than the token'),
    })
  }
  expect(rig.states(id)).toEqual(before)
  expect((await say('5a5a0000-3333-4222-8333-444455556666', '')).status).toBe(403)
  expect((await say(OTHER_ID, '')).status).toBe(202)
  expect(rig.states(id)).not.toEqual(before)
})

test('a placed call goes out under the app of its chart, and so does what follows', async () => {
  await using rig = await open()
  await rig.bot.call({ targets: 'ann@contoso.com' }, { chart: 'night' })
  await rig.advance(3_000)
  const [call] = rig.emulator.calls
  expect(asked(rig, call?.id ?? '')).toEqual([`createCall ${OTHER_ID}`, `playPrompt ${OTHER_ID}`])
})

test('after a restart a call goes on under its app', async () => {
  await using rig = await open()
  const call = await ring(rig, OTHER_ID)
  await rig.crash()
  await rig.start({ charts })
  call.finishPrompt()
  await rig.settle()
  expect(asked(rig, call.id).at(-1)).toBe(`recordResponse ${OTHER_ID}`)
})

test('a call stays with its app when its chart goes over to another', async () => {
  await using rig = await open()
  const call = await ring(rig, OTHER_ID)
  await rig.crash()
  await rig.start({ charts: [{ chart: chartOf('day'), app }, { chart: chartOf('night') }] })
  call.finishPrompt()
  await rig.settle()
  expect(asked(rig, call.id).at(-1)).toBe(`recordResponse ${OTHER_ID}`)
})

test('a call of an app that is not brought any more asks nothing under another, and hears why', async () => {
  await using rig = await open()
  const call = await ring(rig, OTHER_ID)
  await rig.crash()
  await rig.start({ charts: charts.map(({ chart }) => ({ chart })) })
  const before = asked(rig, call.id)
  await rig.bot.engine.operate(call.id, 'admin.hungUp')
  await rig.settle()
  expect(asked(rig, call.id)).toEqual(before)
  expect(rig.records).toContainEqual(
    expect.objectContaining({
      kind: 'settled',
      key: call.id,
      effect: 'hangUp',
      fault: expect.objectContaining({ code: 'unknownApp' }),
    }),
  )
})

test('an ended call of a chart that is not brought any more is told of under its app only', async () => {
  await using rig = await open()
  const call = await ring(rig, OTHER_ID)
  call.hangUp()
  await rig.advance(60_000)
  await rig.crash()
  await rig.start({ charts: [{ chart: chartOf('day') }, { chart: chartOf('late'), app }] })
  const late = rig.delivery(call.id, 'call', 'deleted', [{ state: 'terminated' }])
  const [mine] = await rig.bot.engine.intake([late])
  const [others] = await rig.bot.engine.intake([{ ...late, appId: OTHER_ID }])
  expect([mine, others]).toMatchObject([
    { kind: 'refused', reason: expect.stringContaining('of another app') },
    { kind: 'accepted' },
  ])
})

test('Graph is asked beside the calls under the app named; a bot of several has to name one', async () => {
  await using rig = await open()
  expect(() => rig.bot.graph()).toThrow(expect.objectContaining({ code: 'app.notNamed' }))
  expect(() => rig.bot.graph(TENANT_ID)).toThrow(
    expect.objectContaining({ code: 'app.unknown', fix: expect.stringContaining(OTHER_ID) }),
  )
  for (const appId of [APP_ID, OTHER_ID.toUpperCase()]) {
    const meetings = createOnlineMeetings(rig.bot.graph(appId), { tenantId: TENANT_ID })
    await meetings.create('olivia@contoso.com', { subject: 'Stand-up' })
  }
  const created = rig.emulator.record.flatMap((entry) =>
    entry.kind === 'request' && entry.verb === 'POST' ? [entry.appId] : [],
  )
  expect(created).toEqual([APP_ID, OTHER_ID])
})

test('a bot of one app need not name it', async () => {
  await using rig = await open({ chart: chartOf('night'), app })
  expect(rig.bot.graph()).toBe(rig.bot.graph(OTHER_ID))
})

test('a stored call is known to be of its app before it is upgraded', async () => {
  await using rig = await open()
  const { id } = await ring(rig, OTHER_ID)
  await rig.bot.close()
  const store = openSqliteStore(rig.database, { readOnly: true })
  const stored = await store.load(id)
  await store.close()
  const next = new Charts({ charts: [{ chart: chartOf('night', '2'), app }] })
  expect(stored && loadCall(next, stored, unwatched).call.address.appId).toBe(OTHER_ID)
})

test('what an app’s roles do not allow is not asked under it, and under another it is', async () => {
  await using rig = await open({ charts }, ['Calls.Initiate.All'])
  const [mine, others] = [await ring(rig, APP_ID), await ring(rig, OTHER_ID)]
  for (const call of [mine, others]) call.finishPrompt()
  await rig.settle()
  expect(asked(rig, mine.id).at(-1)).toBe(`recordResponse ${APP_ID}`)
  expect(asked(rig, others.id).slice(2)).toEqual([`hangUp ${OTHER_ID}`])
})

test('choose is told which app was called, and may give the call any chart of it', async () => {
  const late = chartOf('late')
  const choose = ({ appId }: { readonly appId: string }) => (appId === OTHER_ID ? 'late' : 'day')
  await using rig = await open({ charts: [...charts, { chart: late, app }], choose })
  const call = await ring(rig, OTHER_ID)
  expect(asked(rig, call.id)).toHaveLength(2)
  expect(rig.records).toContainEqual(
    expect.objectContaining({
      kind: 'turned',
      key: call.id,
      chart: expect.stringContaining('late'),
    }),
  )
})

test('a chart of an app that was not called is refused, with the reason', async () => {
  await using rig = await open({ charts, choose: () => 'day' })
  const call = await ring(rig, OTHER_ID)
  expect(asked(rig, call.id)).toEqual([])
  expect(rig.records).toContainEqual(
    expect.objectContaining({
      kind: 'refused',
      key: call.id,
      reason: expect.stringContaining("Chart 'day' is of another app"),
    }),
  )
})

test.each([
  ['no GUID', { ...app, appId: 'desk' }, 'app.invalid', 'appId: give the GUID'],
  [
    'no credential',
    { ...app, credential: {} as App['credential'] },
    'app.invalid',
    'credential: give',
  ],
  [
    'an empty secret',
    { ...app, credential: { secret: '' } },
    'app.invalid',
    'credential.secret: give one that is not empty',
  ],
])('an app with %s is refused at start, its secret untold', async (_, wrong, code, what) => {
  const refused = createBot({ charts: [{ chart: chartOf('day'), app: wrong }], config })
  await expect(refused).rejects.toMatchObject({ code, message: expect.stringContaining(what) })
  await expect(refused).rejects.not.toMatchObject({ message: expect.stringContaining(SECRET) })
})

test('one app told in two ways is refused at start', async () => {
  const other = { ...app, credential: { secret: 'another' } }
  const twice = [
    { chart: chartOf('day'), app },
    { chart: chartOf('night'), app: other },
  ]
  await expect(createBot({ charts: twice, config })).rejects.toMatchObject({ code: 'app.twice' })
})
