/** The emulated world of `callchart start`, acted in through the admin API. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type {
  About,
  CallDetail,
  CallsPage,
  ChartDetail,
  WorldCall,
} from '../../../src/admin/protocol.ts'
import { callchart, patientDesk, start } from '../callchart.ts'

/** What ends by itself, ends when the test has seen enough of it. */
const prompts = fileURLToPath(new URL('../../../examples/front-desk/prompts', import.meta.url))
const patience = ['--prompts', prompts, '--switch', 'prompts=manual']

const TOKEN = 'the-token-of-this-very-test'

async function begin(...options: readonly string[]) {
  const starting = start(
    [
      'start',
      patientDesk,
      '--no-caller',
      '--port',
      '0',
      '--emulator-port',
      '0',
      ...patience,
      ...options,
    ],
    { environment: { CALLCHART_ADMIN_TOKEN: TOKEN } },
  )
  const url = await starting.said(/bot +(http:\S+)/)
  await starting.said(/Place another call/)
  const send = (path: string, body?: object) =>
    fetch(`${url}/admin${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  async function ask<Answer>(path: string, body?: object): Promise<Answer> {
    const response = await send(path, body)
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as Answer
  }
  /** Asks again until it is so. */
  async function until<Answer>(path: string, isSo: (answer: Answer) => boolean): Promise<Answer> {
    for (;;) {
      const answer = await ask<Answer>(path)
      if (isSo(answer)) return answer
    }
  }
  const standsIn = (id: string, state: string) =>
    until<CallDetail>(`/calls/${id}`, ({ now }) => now.states.includes(state))
  const dispose = async () => {
    await starting.end()
  }
  return { starting, send, ask, until, standsIn, [Symbol.asyncDispose]: dispose }
}

test('a caller rings, hears the prompt, presses a key and hangs up', async () => {
  await using world = await begin()
  const { id } = await world.ask<WorldCall>('/world/ring', { from: 'bob@fabrikam.com' })
  await world.until<CallsPage>('/calls', ({ rows }) => rows[0]?.scenario[0] === 'greeting')
  await world.until<WorldCall>(`/world/calls/${id}`, ({ playing }) => playing !== undefined)
  await world.ask(`/world/calls/${id}/finish-prompt`, {})
  await world.until<WorldCall>(`/world/calls/${id}`, ({ tonesSubscribed }) => tonesSubscribed)
  await world.ask(`/world/calls/${id}/press`, { tone: '1' })
  await world.standsIn(id, 'scenario.desk')
  await world.ask(`/world/calls/${id}/hangup`, {})
  await world.until<CallsPage>('/calls?status=ended', ({ rows }) => rows[0]?.key === id)
})

test('time moves ahead for engine and people alike, deadlines on the way', async () => {
  await using world = await begin()
  const { id } = await world.ask<WorldCall>('/world/ring', { from: 'bob@fabrikam.com' })
  await world.until<WorldCall>(`/world/calls/${id}`, ({ playing }) => playing !== undefined)
  await world.ask(`/world/calls/${id}/finish-prompt`, {})
  await world.standsIn(id, 'scenario.choosing')
  const before = await world.ask<About>('/about')
  await world.ask('/world/clock/advance', { ms: 50 * 60_000 })
  await world.standsIn(id, 'scenario.choosing')
  const emulator = await world.starting.said(/emulator +(http:\S+)/)
  const moved = await callchart(['sim', 'advance', String(11 * 60_000), '--url', emulator])
  expect(moved.stdout).toMatch(/^It is now \d{4}-/)
  await world.until<CallsPage>('/calls?status=ended', ({ rows }) => rows[0]?.key === id)
  const after = await world.ask<About>('/about')
  expect(after.world?.aheadMs).toBeGreaterThan(60 * 60_000)
  expect(after.nowMs - before.nowMs).toBeGreaterThanOrEqual(61 * 60_000)
})

test('an engine that is killed goes on with its calls when it is back', async () => {
  await using world = await begin()
  const { id } = await world.ask<WorldCall>('/world/ring', { from: 'bob@fabrikam.com' })
  await world.until<WorldCall>(`/world/calls/${id}`, ({ playing }) => playing !== undefined)
  await world.ask(`/world/calls/${id}/finish-prompt`, {})
  await world.until<WorldCall>(`/world/calls/${id}`, ({ tonesSubscribed }) => tonesSubscribed)
  const before = await world.ask<About>('/about')
  expect((await world.send('/world/engine/restart', { downMs: 50 })).status).toBe(202)
  await world.starting.said(/The engine is back/)
  const after = await world.ask<About>('/about')
  expect(after.startedMs).toBeGreaterThan(before.startedMs)
  await world.ask(`/world/calls/${id}/press`, { tone: '1' })
  const { timeline } = await world.standsIn(id, 'scenario.desk')
  expect(timeline.map(({ what }) => what)).toContain('engine.resumed')
})

test('what goes wrong is dialled, and told', async () => {
  await using world = await begin()
  await world.send('/world/faults', { duplicate: 0.5 })
  const { world: told } = await world.ask<About>('/about')
  expect(told?.faults).toMatchObject({ duplicate: 0.5, drop: 0 })
})

test('what tests have seen of a chart stands beside what calls have visited', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'callchart-seen-'))
  const seen = { chart: 'patient-desk', version: '1', calls: 3, transitions: {} }
  const states = { 'scenario.desk': 2 }
  await writeFile(join(folder, 'one.json'), JSON.stringify({ ...seen, states }))
  await using world = await begin('--coverage', folder)
  const chart = await world.ask<ChartDetail>('/charts/patient-desk?path=scenario')
  expect(chart.tested).toMatchObject({ calls: 3, states })
  expect(chart.coverage.states['scenario.desk']).toBeUndefined()
  await rm(folder, { recursive: true })
})

test('what is no deed is refused, with what to do', async () => {
  await using world = await begin()
  for (const [path, body, status] of [
    ['/world/apps', {}, 404],
    ['/world/keys/rotate', {}, 404],
    ['/world/calls/x/../../apps', {}, 404],
    ['/world/calls/x%2f..%2fapps', {}, 404],
    ['/world/ring', {}, 400],
    ['/world/ring', { from: 7 }, 400],
    ['/world/calls/nobody/press', { tone: '1' }, 404],
    ['/world/clock/advance', { ms: -1 }, 400],
    ['/world/clock/advance', { ms: 1e12 }, 400],
    ['/world/engine/restart', { downMs: 1e9 }, 400],
  ] as const) {
    const response = await world.send(path, body)
    expect(response.status, path).toBe(status)
    const told = { what: expect.any(String), fix: expect.any(String) }
    expect(await response.json(), path).toMatchObject(told)
  }
})
