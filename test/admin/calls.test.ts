/** The list of calls. */
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { frontDesk } from '../../examples/front-desk/chart.ts'
import { groupCall } from '../../examples/group-call/chart.ts'
import type { CallRow, CallsPage } from '../../src/admin/protocol.ts'
import { Stage } from './stage.ts'

const page = (stage: Stage, query = '') => stage.get<CallsPage>(`/calls${query}`)
const keys = ({ rows }: CallsPage) => rows.map(({ key }) => key)

test('a live call stands in the list as it is: who, what, where it stands and since when', async () => {
  await using stage = await Stage.open()
  const call = await stage.rig.ring()
  const { rows, counts } = await page(stage)
  expect(rows).toEqual([
    {
      key: call.id,
      graphId: call.id,
      status: 'live',
      direction: 'incoming',
      who: 'Bob',
      chart: { id: 'front-desk', version: '1' },
      state: 'established',
      topology: 'peerToPeer',
      scenario: ['greeting'],
      sinceMs: stage.rig.clock.now(),
      lastEvent: { type: 'mediaState.active', atMs: stage.rig.clock.now() },
      health: 'good',
      problems: 0,
    } satisfies CallRow,
  ])
  expect(counts).toEqual({ live: 1, ended: 0, troubled: 0, byState: { established: 1 } })
  call.hangUp()
  await stage.rig.settle()
  expect((await page(stage)).counts).toMatchObject({ live: 0, ended: 1, byState: {} })
})

test('a call of the bot names whom it calls, and gets its id when Graph gives one', async () => {
  await using stage = await Stage.open(groupCall)
  const key = await stage.rig.bot.call({ targets: ['ann@contoso.com', 'ben@contoso.com'] })
  await stage.rig.settle()
  const [row] = (await page(stage)).rows
  expect(row).toMatchObject({
    key,
    direction: 'outgoing',
    who: 'ann@contoso.com, ben@contoso.com',
    graphId: stage.rig.emulator.calls[0]?.id,
  })
})

describe('live calls', () => {
  test('come newest first, a page at a time, each once', async () => {
    await using stage = await Stage.open()
    const rung: string[] = []
    for (let index = 0; index < 7; index++) rung.push((await stage.rig.ring()).id)
    const found: string[] = []
    let after: string | undefined
    do {
      const some = await page(stage, `?limit=3${after === undefined ? '' : `&after=${after}`}`)
      found.push(...keys(some))
      after = some.next
    } while (after !== undefined)
    expect(found).toEqual(rung.toReversed())
  })

  test('are found by who rings, by key, by state and by scenario', async () => {
    await using stage = await Stage.open()
    const bob = await stage.rig.ring('bob@fabrikam.com')
    const ann = await stage.rig.ring('ann@fabrikam.com')
    bob.finishPrompt()
    await stage.rig.settle()
    expect(keys(await page(stage, '?text=BOB'))).toEqual([bob.id])
    expect(keys(await page(stage, `?text=${ann.id.slice(0, 13)}`))).toEqual([ann.id])
    expect(keys(await page(stage, '?state=choosing'))).toEqual([bob.id])
    expect(keys(await page(stage, '?state=established'))).toEqual([ann.id, bob.id])
    expect(keys(await page(stage, '?state=establish'))).toEqual([])
    expect(keys(await page(stage, '?text=nobody'))).toEqual([])
  })

  test('of a process before this one are listed with their states before they have moved', async () => {
    await using stage = await Stage.open()
    const call = await stage.rig.ring()
    await stage.rig.crash()
    await stage.restart()
    expect((await page(stage)).rows).toMatchObject([
      { key: call.id, who: 'Bob', state: 'established', scenario: ['greeting'] },
    ])
  })
})

test('what is asked while the engine dies is cut off, not answered with an error', async () => {
  await using stage = await Stage.open()
  const call = await stage.rig.ring()
  const asked = Array.from({ length: 60 }, async () => {
    const { status } = await stage.ask(`/calls/${call.id}`)
    return status
  })
  await Promise.race(asked)
  await stage.rig.crash()
  const answers = (await Promise.allSettled(asked)).map((each) =>
    each.status === 'fulfilled' ? each.value : 'cut off',
  )
  expect(new Set(answers)).toEqual(new Set([200, 'cut off']))
})

describe('ended calls', () => {
  test('leave the live ones and come newest first, packed or not', async () => {
    await using stage = await Stage.open()
    const ended: string[] = []
    for (let index = 0; index < 5; index++) {
      const call = await stage.rig.ring()
      call.hangUp()
      await stage.rig.advance(index < 3 ? 11 * 60_000 : 1_000)
      ended.push(call.id)
    }
    const { counts, rows } = await page(stage)
    expect(rows).toEqual([])
    expect(counts).toMatchObject({ live: 0, ended: 5 })
    const first = await page(stage, '?status=ended&limit=2')
    expect(keys(first)).toEqual(ended.slice(3).toReversed())
    const rest = await page(stage, `?status=ended&after=${first.next}`)
    expect(keys(rest)).toEqual(ended.slice(0, 3).toReversed())
    expect(rest.next).toBeUndefined()
    expect(rest.rows[0]).toMatchObject({ who: 'Bob', status: 'ended', state: 'terminated' })
  })

  test('are found by key and by the id of Graph, whole', async () => {
    await using stage = await Stage.open(groupCall)
    const key = await stage.rig.bot.call({ targets: ['ann@contoso.com'] })
    await stage.rig.settle()
    const [call] = stage.rig.emulator.calls
    call?.end({ code: 500, subcode: 0 })
    await stage.rig.advance(20 * 60_000)
    for (const name of [key, call?.id, call?.id.toUpperCase()])
      expect(keys(await page(stage, `?status=ended&text=${name}`))).toEqual([key])
    expect(keys(await page(stage, `?status=ended&text=${key.toUpperCase()}x`))).toEqual([])
  })

  test('are found by who called, packed or not, newest first, a page at a time', async () => {
    await using stage = await Stage.open()
    const bobs: string[] = []
    for (const name of ['bob', 'ann', 'bob', 'bob']) {
      const call = await stage.rig.ring(`${name}@fabrikam.com`)
      call.hangUp()
      await stage.rig.advance(8 * 60_000)
      if (name === 'bob') bobs.unshift(call.id)
    }
    expect(bobs.map((key) => stage.packed(key))).toEqual([false, true, true])
    const all = await page(stage, '?status=ended&text=incoming%20BOB')
    expect(all.rows.map(({ key }) => key)).toEqual(bobs)
    expect(all).toMatchObject({ searched: 4 })
    expect(all.next).toBeUndefined()
    const first = await page(stage, '?status=ended&text=bob&limit=2')
    expect(keys(first)).toEqual(bobs.slice(0, 2))
    const rest = await page(stage, `?status=ended&text=bob&limit=2&after=${first.next}`)
    expect(keys(rest)).toEqual(bobs.slice(2))
    expect(rest).toMatchObject({ searched: 2 })
  })
})

test('a call that cannot be read does not hide the others', async () => {
  await using stage = await Stage.open()
  const [bad, good] = [await stage.rig.ring(), await stage.rig.ring('ann@fabrikam.com')]
  await stage.rig.crash()
  const database = new Database(stage.rig.database)
  database
    .prepare("UPDATE actor SET snapshot = '{' WHERE call = (SELECT id FROM call WHERE key = ?)")
    .run(bad.id)
  database.close()
  await stage.restart()
  expect((await page(stage)).rows).toMatchObject([
    { key: good.id, state: 'established' },
    { key: bad.id, who: 'Bob', state: '' },
  ])
})

test('a request that failed makes a call troubled, one in doubt doubtful', async () => {
  await using stage = await Stage.open()
  stage.rig.emulator.setFaults({
    onRequest: ({ method }) =>
      method === 'playPrompt' ? { kind: 'refuse', status: 400, moment: 'before' } : undefined,
  })
  await stage.rig.ring()
  const { rows, counts } = await page(stage)
  expect(rows).toMatchObject([{ health: 'troubled', problems: 1 }])
  expect(counts.troubled).toBe(1)
})

test.each([
  '?limit=0',
  '?limit=501',
  '?limit=x',
  '?after=-1',
  '?status=dead',
  `?text=${'x'.repeat(201)}`,
])('what is beyond a limit is refused: %s', async (query) => {
  await using stage = await Stage.open(frontDesk)
  const response = await stage.ask(`/calls${query}`)
  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({ code: 'admin.invalid' })
})

describe('while nobody looks', () => {
  test('nothing is told, and who looks then sees what went wrong before', async () => {
    await using stage = await Stage.open()
    stage.rig.emulator.setFaults({
      onRequest: ({ method }) =>
        method === 'playPrompt' ? { kind: 'refuse', status: 400, moment: 'before' } : undefined,
    })
    await stage.rig.ring()
    const { rows } = await page(stage)
    expect(rows).toMatchObject([{ state: 'established', health: 'troubled', problems: 1 }])
  })

  test('a call that goes on is seen as it then stands', async () => {
    await using stage = await Stage.open()
    const call = await stage.rig.ring()
    expect((await page(stage)).rows).toMatchObject([{ state: 'established' }])
    await stage.rig.advance(3 * 60_000)
    call.hangUp()
    await stage.rig.settle()
    expect((await page(stage)).rows).toEqual([])
  })
})
