/** What operators do to calls through the admin API. */
import { describe, expect, test } from 'vitest'
import { reminder } from '../../examples/reminder/chart.ts'
import type { Asked, CallDetail, Explanation, Placed } from '../../src/admin/protocol.ts'
import { Stage } from './stage.ts'

const BOB = { request: { targets: 'bob@fabrikam.com' } }

function post(stage: Stage, path: string, body?: unknown, key?: string) {
  return stage.ask(path, {
    method: 'POST',
    body,
    ...(key !== undefined && { headers: { 'Idempotency-Key': key } }),
  })
}

async function placed(stage: Stage, body: unknown, key?: string): Promise<string> {
  const response = await post(stage, '/calls', body, key)
  expect(response.status).toBe(201)
  const answer = (await response.json()) as Placed
  await stage.rig.settle()
  return answer.key
}

const explain = (stage: Stage, key: string) => stage.get<Explanation>(`/calls/${key}/explain`)

describe('placing a call', () => {
  test('calls whom the request names, and answers once it is durable', async () => {
    await using stage = await Stage.open(reminder)
    const key = await placed(stage, BOB)
    expect(stage.rig.emulator.requests).toContain('createCall')
    expect((await stage.get<CallDetail>(`/calls/${key}`)).row.direction).toBe('outgoing')
  })

  test('under one idempotency key is one call, at once, after a crash and after its end', async () => {
    await using stage = await Stage.open(reminder)
    const both = await Promise.all([placed(stage, BOB, 'once'), placed(stage, BOB, 'once')])
    await stage.rig.crash()
    await stage.restart()
    const again = await placed(stage, BOB, 'once')
    await post(stage, `/calls/${again}/end`)
    await stage.rig.advance(30 * 60_000)
    expect(stage.packed(again)).toBe(true)
    expect(new Set([...both, again, await placed(stage, BOB, 'once')]).size).toBe(1)
    expect(stage.rig.emulator.calls).toHaveLength(1)
    expect(await placed(stage, BOB, 'twice')).not.toBe(again)
  })

  test('under a key that another call was placed under is refused', async () => {
    await using stage = await Stage.open(reminder)
    await placed(stage, BOB, 'once')
    const ann = { request: { targets: 'ann@contoso.com' } }
    const response = await post(stage, '/calls', ann, 'once')
    expect([response.status, await response.json()]).toMatchObject([409, { code: 'call.conflict' }])
    expect(stage.rig.emulator.calls).toHaveLength(1)
  })

  test('that Graph would refuse, or on a chart nobody has, is refused before there is a call', async () => {
    await using stage = await Stage.open(reminder)
    const refused = async (body: unknown, key?: string) => {
      const response = await post(stage, '/calls', body, key)
      return [response.status, ((await response.json()) as { code: string }).code]
    }
    expect(await refused({ request: { targets: 'nobody in particular' } })).toEqual([
      400,
      'effect.invalid',
    ])
    expect(await refused({ ...BOB, chart: 'lunch' })).toEqual([400, 'chart.unknown'])
    expect(await refused({ targets: 'bob@fabrikam.com' })).toEqual([400, 'admin.invalid'])
    expect(await refused(BOB, 'with a blank')).toEqual([400, 'admin.invalid'])
    expect(await stage.get('/calls')).toMatchObject({ rows: [] })
  })

  test('while the bot is drained is to be asked again, but a call that was placed is still told', async () => {
    await using stage = await Stage.open(reminder)
    const key = await placed(stage, BOB, 'once')
    void stage.rig.bot.drain({ forMs: 60_000 })
    const response = await post(stage, '/calls', BOB, 'other')
    expect([response.status, response.headers.get('Retry-After')]).toEqual([503, '1'])
    expect(await placed(stage, BOB, 'once')).toBe(key)
  })
})

describe('a deed on a call', () => {
  test('nudge asks Graph how it stands, through its chart', async () => {
    await using stage = await Stage.open()
    const call = await stage.rig.ring()
    const response = await post(stage, `/calls/${call.id}/nudge`)
    expect(await response.json()).toEqual({ key: call.id, asked: ['getCall'] } satisfies Asked)
    const { timeline } = await stage.get<CallDetail>(`/calls/${call.id}`)
    expect(timeline.map(({ what }) => what)).toContain('admin.nudged')
  })

  test('nudge finds out what a lost notification would have told', async () => {
    await using stage = await Stage.open()
    const call = await stage.rig.ring()
    stage.rig.emulator.setFaults({ onNotification: () => ({ kind: 'drop' }) })
    call.hangUp()
    await stage.rig.settle()
    expect(stage.rig.states(call.id)).toContain('signalling.established')
    await post(stage, `/calls/${call.id}/nudge`)
    await stage.rig.settle()
    expect(stage.rig.states(call.id)).toContain('signalling.terminated')
  })

  test('end hangs up, and rejects what still rings', async () => {
    await using stage = await Stage.open()
    const call = await stage.rig.ring()
    const ended = await post(stage, `/calls/${call.id}/end`)
    expect(await ended.json()).toEqual({ key: call.id, asked: ['hangUp'] })
    await stage.rig.settle()
    expect(call.truth().state).toBe('terminated')
    const over = await post(stage, `/calls/${call.id}/end`)
    expect([over.status, await over.json()]).toMatchObject([409, { code: 'call.ended' }])

    stage.rig.emulator.setFaults({
      onRequest: ({ method }) =>
        method === 'answer' ? { kind: 'refuse', status: 400, moment: 'before' } : undefined,
    })
    const ringing = await stage.rig.ring()
    const rejected = await post(stage, `/calls/${ringing.id}/end`)
    expect(await rejected.json()).toEqual({ key: ringing.id, asked: ['reject'] })
  })

  test('on a call nobody knows is 404', async () => {
    await using stage = await Stage.open()
    for (const deed of ['nudge', 'end'])
      expect((await post(stage, `/calls/nobody/${deed}`)).status).toBe(404)
    expect((await stage.ask('/calls/nobody/explain')).status).toBe(404)
  })
})

describe('explain', () => {
  test('says where a call is, what led there and what it waits for', async () => {
    await using stage = await Stage.open()
    const call = await stage.rig.ring()
    const playing = await explain(stage, call.id)
    expect(playing.what).toBe('The incoming call is established.')
    expect(playing.because.slice(0, 2)).toMatchObject([
      { state: 'scenario.greeting', what: 'Graph told callState.established' },
      { state: 'signalling.established', what: 'Graph told callState.established' },
    ])
    expect(playing.waits.map(({ what }) => what).join('\n')).toMatch(
      /^playPrompt runs at Graph as operation \S+; it was asked for 0 ms ago\.$/m,
    )
    call.finishPrompt()
    await stage.rig.advance(4_000)
    const { waits } = await explain(stage, call.id)
    expect(waits.map(({ what }) => what)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^scenario\.choosing waits for .*tone\.received/),
        expect.stringMatching(/^after 10 s in scenario\.choosing: in 6 s, at \d\d:\d\d:\d\d\.$/),
      ]),
    )
  })

  test('says of a call that has ended how it ended, and that nothing waits', async () => {
    await using stage = await Stage.open()
    const call = await stage.rig.ring()
    call.hangUp()
    await stage.rig.settle()
    const { what, waits, status } = await explain(stage, call.id)
    expect([status, waits]).toEqual(['ended', []])
    expect(what).toMatch(/^The incoming call ended at \d\d:\d\d:\d\d: Graph said \d+\/\d+/)
  })
})
