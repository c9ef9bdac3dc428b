/** One call, looked at; and how it stood at any moment. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { groupCall } from '../../examples/group-call/chart.ts'
import type { CallDetail, Explanation, LadderEntry, Moment } from '../../src/admin/protocol.ts'
import { knowing } from './retoldCharts.ts'
import { deaf, Stage, throwing } from './stage.ts'

const detail = (stage: Stage, key: string, query = '') =>
  stage.get<CallDetail>(`/calls/${key}${query}`)
const moment = (stage: Stage, key: string, sequence: number) =>
  stage.get<Moment>(`/calls/${key}/at/${sequence}`)

/** A caller who heard the greeting and pressed a key. */
async function pressed(stage: Stage, key: string) {
  const call = await stage.rig.ring()
  call.finishPrompt()
  await stage.rig.settle()
  void call.press(key)
  await stage.rig.settle()
  return call
}

/** The outbox as of the first entry of that name. */
async function outboxAt(stage: Stage, key: string, what: string): Promise<readonly string[]> {
  const { timeline } = await detail(stage, key)
  const sequence = timeline.find((entry) => entry.what === what)?.sequence ?? 0
  const { outbox } = await moment(stage, key, sequence)
  return outbox.map(({ effect, status }) => `${effect} ${status}`)
}

describe('the ladder', () => {
  test('tells what Graph said, what the chart made of it and what it asked', async () => {
    await using stage = await Stage.open()
    const call = await pressed(stage, '1')
    const { timeline } = await detail(stage, call.id)
    const told = timeline
      .filter(({ to, kind }) => kind !== 'timer' && to !== 'engine')
      .map(({ from, to, kind, what }) => `${from} → ${to} ${kind} ${what}`)
    expect(told).toEqual([
      'graph → bot start call.started',
      'bot → graph effect answer',
      'graph → bot response answer.accepted',
      'graph → bot notification call.updated',
      'graph → bot notification callState.established',
      'bot → graph effect playPrompt',
      'graph → bot notification mediaState.active',
      'graph → bot operation prompt.completed',
      'bot → graph effect subscribeToTone',
      'graph → bot operation subscribeToTone.completed',
      'graph → bot notification tone.reported',
      'bot → graph effect transfer',
      'graph → bot notification callState.transferring',
    ])
    const tone = timeline.find(({ what }) => what === 'tone.reported')
    expect(tone).toMatchObject({ entered: ['scenario.desk'], left: ['scenario.choosing'] })
  })

  test('shows no key and no token, but that there was one', async () => {
    await using stage = await Stage.open()
    const call = await pressed(stage, '7')
    const text = await (await stage.ask(`/calls/${call.id}`)).text()
    expect(text).toContain('"tone":"(private)"')
    expect(text).not.toMatch(/tone[0-9]|"tone":"(?!\(private\))/)
    const last = (await detail(stage, call.id)).timeline.at(-1)?.sequence ?? 0
    for (let sequence = 1; sequence <= last; sequence++)
      expect(JSON.stringify(await moment(stage, call.id, sequence))).not.toMatch(/tone[0-9]/)
  })

  test('comes a part at a time, newest first', async () => {
    await using stage = await Stage.open()
    const call = await pressed(stage, '1')
    const whole = (await detail(stage, call.id)).timeline
    const newest = await detail(stage, call.id, '?limit=3')
    expect(newest.hasEarlier).toBe(true)
    const from = newest.timeline[0]?.sequence ?? 0
    const earlier = await detail(stage, call.id, `?before=${from}`)
    expect(earlier.hasEarlier).toBe(false)
    expect([...earlier.timeline, ...newest.timeline]).toEqual(whole)
  })

  test('tells why Graph could not play a prompt, and names nobody', async () => {
    await using stage = await Stage.open()
    await rm(join(stage.rig.folder, 'prompts', 'welcome.wav'))
    const call = await stage.rig.ring()
    await stage.rig.settle()
    const { timeline, now } = await detail(stage, call.id)
    const why = expect.stringMatching(/400\/8536 Action failed, the prompt could not be downloaded/)
    expect(timeline.find(({ what }) => what === 'playPrompt')).toMatchObject({ summary: why })
    expect(now.outbox.find(({ effect }) => effect === 'playPrompt')).toMatchObject({ why })
    expect(now.problems).toMatchObject([{ code: 'effect.failed', what: why }])
    const explanation = await stage.get<Explanation>(`/calls/${call.id}/explain`)
    expect(explanation.problems).toEqual(now.problems)
  })

  test('tells why a request was refused', async () => {
    await using stage = await Stage.open()
    stage.rig.emulator.setFaults({
      onRequest: ({ method }) =>
        method === 'playPrompt' ? { kind: 'refuse', status: 400, moment: 'before' } : undefined,
    })
    const call = await stage.rig.ring()
    const { now } = await detail(stage, call.id)
    expect(now.problems[0]?.what).toMatch(/^playPrompt failed: \S+: \S/)
  })

  test('tells why also where nothing of the chart hears it, and so does the record', async () => {
    await using stage = await Stage.open(deaf)
    await rm(join(stage.rig.folder, 'prompts', 'welcome.wav'))
    const call = await stage.rig.ring()
    await stage.rig.settle()
    const { problems } = (await detail(stage, call.id)).now
    expect(problems).toMatchObject([{ what: expect.stringContaining('400/8536') }])
    expect(stage.rig.records).toContainEqual(
      expect.objectContaining({
        kind: 'settled',
        status: 'failed',
        resultInfo: expect.objectContaining({ code: 400, subcode: 8536 }),
      }),
    )
  })

  test('tells of an event that made the chart throw, and what to do', async () => {
    await using stage = await Stage.open(throwing)
    const call = await stage.rig.ring()
    const { timeline, now } = await detail(stage, call.id)
    const aside = timeline.find(({ kind }) => kind === 'quarantine')
    expect(aside).toMatchObject({ what: 'callState.established', isBad: true })
    expect(now.problems[0]).toMatchObject({
      code: 'event.quarantined',
      what: expect.stringContaining('no idea what to do'),
      fix: expect.stringContaining('Mend the chart'),
    })
  })
})

test('a call looked at before any list is told live as it is, and ended when it is', async () => {
  await using stage = await Stage.open()
  const call = await stage.rig.ring()
  const live = { status: 'live', state: 'established', scenario: ['greeting'], who: 'Bob' }
  expect((await detail(stage, call.id)).row).toMatchObject(live)
  call.hangUp()
  await stage.rig.advance(2 * 60_000)
  expect((await detail(stage, call.id)).row).toMatchObject({ status: 'ended', who: 'Bob' })
})

test('a call of many shows its roster: who, where, muted, sharing', async () => {
  await using stage = await Stage.open(groupCall)
  const targets = ['ann@contoso.com', 'ben@contoso.com']
  const key = await stage.rig.bot.call({ targets })
  await stage.rig.advance(2_000)
  const [call] = stage.rig.emulator.calls
  call?.mute('ann@contoso.com')
  call?.share(true, 'ben@contoso.com')
  await stage.rig.settle()
  const { roster } = (await detail(stage, key)).now
  expect(roster.mode).toBe('live')
  expect(roster.participants).toHaveLength(3)
  expect(roster.participants).toMatchObject(
    expect.arrayContaining([
      expect.objectContaining({ who: 'Ann', presence: 'joined', audio: 'muted', isSharing: false }),
      expect.objectContaining({
        who: 'Ben',
        presence: 'joined',
        audio: 'unmuted',
        isSharing: true,
      }),
      expect.objectContaining({ kind: 'application', isSelf: true }),
    ]),
  )
})

describe('a moment', () => {
  test('shows states, timers and context as of that entry, and its neighbours', async () => {
    await using stage = await Stage.open()
    const call = await pressed(stage, '1')
    const { timeline } = await detail(stage, call.id)
    const at = (what: string) => timeline.find((entry) => entry.what === what)?.sequence ?? 0
    const answering = await moment(stage, call.id, 1)
    expect(answering.states).toContain('signalling.offered.answering')
    expect(answering.previous).toBeUndefined()
    expect(answering.timers.map(({ what }) => what)).toContain(
      'after answerDeadline in signalling.offered',
    )
    const choosing = await moment(stage, call.id, at('prompt.completed'))
    expect(choosing.before).toContain('scenario.greeting')
    expect(choosing.states).toContain('scenario.choosing')
    expect(choosing.next).toBe(choosing.sequence + 1)
    expect(choosing.timers.map(({ what }) => what)).toContain('after 10 s in scenario.choosing')
    expect(choosing.entries.map(({ what }) => what)).toContain('subscribeToTone')
    expect(choosing.certainty).toBe('replayed')
    const { context } = await moment(stage, call.id, choosing.last)
    expect(context).toMatchObject({ source: { displayName: 'Bob' }, heardTones: [1] })
    expect(context).not.toHaveProperty('private')
  })

  test('shows what had been asked of Graph by then, and what had been heard of it', async () => {
    await using stage = await Stage.open()
    const call = await pressed(stage, '1')
    expect(await outboxAt(stage, call.id, 'call.started')).toEqual(['answer asked'])
    expect(await outboxAt(stage, call.id, 'callState.established')).toEqual([
      'answer done',
      'playPrompt asked',
    ])
    expect(await outboxAt(stage, call.id, 'prompt.completed')).toEqual([
      'answer done',
      'playPrompt done',
      'subscribeToTone asked',
    ])
    // Graph's 202 moves nothing, so no entry tells of it.
    expect((await outboxAt(stage, call.id, 'tone.reported')).at(-1)).toBe('transfer untold')
  })

  test('shows a request as failed from the entry on that says so', async () => {
    await using stage = await Stage.open()
    stage.rig.emulator.setFaults({
      onRequest: ({ method }) =>
        method === 'playPrompt' ? { kind: 'refuse', status: 400, moment: 'before' } : undefined,
    })
    const call = await stage.rig.ring()
    expect(await outboxAt(stage, call.id, 'callState.established')).toContain('playPrompt asked')
    expect(await outboxAt(stage, call.id, 'prompt.failed')).toContain('playPrompt failed')
  })

  test('shows promise logic as under way until its own result', async () => {
    await using stage = await Stage.open(knowing)
    const call = await stage.rig.ring()
    await stage.rig.settle()
    const { timeline } = await detail(stage, call.id)
    const results = timeline.filter(({ kind }) => kind === 'invocation')
    const seen = []
    for (const { sequence } of results) {
      const { outbox } = await moment(stage, call.id, sequence)
      seen.push(outbox.filter(({ effect }) => effect === 'invoke').map(({ status }) => status))
    }
    expect(seen).toEqual([
      ['done', 'asked'],
      ['done', 'failed'],
    ])
  })

  test('of the last entry is how the call stands', async () => {
    await using stage = await Stage.open()
    const call = await pressed(stage, '1')
    const { now, timeline } = await detail(stage, call.id)
    const last = await moment(stage, call.id, timeline.at(-1)?.sequence ?? 0)
    expect(last.states).toEqual(now.states)
    expect(last.timers).toEqual(now.timers)
    expect(last.roster).toEqual(now.roster)
  })

  test('of a call that ended long ago is the same as when it lived', async () => {
    await using stage = await Stage.open()
    const call = await pressed(stage, '1')
    const then = await moments(stage, call.id)
    call.hangUp()
    await stage.rig.advance(25 * 60_000)
    expect(stage.packed(call.id)).toBe(true)
    const now = await moments(stage, call.id)
    const open = ({ entries: _, last: __, next: ___, ...rest }: Moment) => rest
    expect(now.slice(0, then.length).map(open)).toEqual(then.map(open))
  })

  test('after a key is that of a key the chart would have treated the same', async () => {
    await using stage = await Stage.open()
    for (const [key, scenario] of [
      ['1', 'scenario.desk'],
      ['7', 'scenario.choosing'],
    ] as const) {
      const call = await pressed(stage, key)
      const last = (await moments(stage, call.id)).findLast(({ entries }) => isTone(entries))
      expect(last).toMatchObject({
        certainty: 'inferred',
        states: expect.arrayContaining([scenario]),
      })
    }
  })

  test('goes on through a crash', async () => {
    await using stage = await Stage.open()
    const call = await stage.rig.ring()
    await stage.rig.crash()
    await stage.restart()
    await stage.rig.settle()
    const all = await moments(stage, call.id)
    expect(all.map(({ certainty }) => certainty)).toEqual(all.map(() => 'replayed'))
    expect(all.flatMap(({ entries }) => entries.map(({ what }) => what))).toContain(
      'engine.resumed',
    )
  })

  test.each([0, 10_000, -1, 1.5, 'x'])('that never was is 404: %s', async (sequence) => {
    await using stage = await Stage.open()
    const call = await stage.rig.ring()
    const response = await stage.ask(`/calls/${call.id}/at/${sequence}`)
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ code: 'moment.unknown' })
  })
})

test.each([
  '/calls/nobody',
  '/calls/nobody/at/1',
  '/calls/nobody/stream',
  `/calls/${'x'.repeat(400)}`,
])('a call nobody knows is 404: %s', async (path) => {
  await using stage = await Stage.open()
  const response = await stage.ask(path)
  expect(response.status).toBe(404)
  expect(await response.json()).toMatchObject({ code: 'call.unknown' })
})

async function moments(stage: Stage, key: string): Promise<readonly Moment[]> {
  const first = await moment(stage, key, 1)
  const all = [first]
  for (let sequence = 2; sequence <= first.last; sequence++)
    all.push(await moment(stage, key, sequence))
  return all
}

function isTone(entries: readonly LadderEntry[]): boolean {
  return entries.some(({ what }) => what === 'tone.reported')
}
