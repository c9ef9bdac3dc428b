/** Live inspection: what Stately's own server passes on and its own client receives. */
import { request } from 'node:http'
import {
  createWebSocketReceiver,
  type StatelyActorEvent,
  type StatelyEventEvent,
  type StatelyInspectionEvent,
  type StatelySnapshotEvent,
} from '@statelyai/inspect'
import { createInspectorServer } from '@statelyai/inspect/server'
import { expect, test } from 'vitest'
import { rosterBody } from '../../bench/contestants/rosters.ts'
import { freePort } from '../../src/cli/freePort.ts'
import { parseNotifications } from '../../src/graph/parse.ts'
import { Rig, type RigOptions } from '../engine/rig.ts'
import { chart } from './watched.ts'

/** Stately's relay and a client of it. */
async function inspector() {
  const port = await freePort()
  const server = createInspectorServer({ port, autoOpen: false, url: 'about:blank' })
  const address = `ws://localhost:${port}`
  const messages: StatelyInspectionEvent[] = []
  const watchers = new Set<() => void>()
  createWebSocketReceiver({ server: address }).subscribe((message) => {
    messages.push(message)
    for (const look of watchers) look()
  })
  return {
    address,
    messages,
    /** Resolves once a message came that is as told. */
    until: (isIt: (message: StatelyInspectionEvent) => boolean) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (!messages.some(isIt)) return
          watchers.delete(look)
          resolve()
        }
        watchers.add(look)
        look()
      }),
    actors: () =>
      messages.filter((each): each is StatelyActorEvent => each.type === '@xstate.actor'),
    events: () =>
      messages.filter((each): each is StatelyEventEvent => each.type === '@xstate.event'),
    snapshots: () =>
      messages.filter((each): each is StatelySnapshotEvent => each.type === '@xstate.snapshot'),
    [Symbol.dispose]: () => server.stop(),
  }
}

const ends = (message: StatelyInspectionEvent) =>
  message.type === '@xstate.snapshot' && message.snapshot.status === 'done'

/** A whole call, until the inspector's client has seen its end. */
async function inspectedCall(options: RigOptions = {}) {
  const seen = await inspector()
  const rig = await Rig.open(chart, { ...options, inspect: { address: seen.address } })
  const call = await rig.ring()
  await call.press('7')
  await rig.settle()
  await rig.advance(3_000)
  await rig.advance(1_000)
  await seen.until(ends)
  return { seen, rig, call }
}

test('each actor is made known below the call it belongs to, with its definition', async () => {
  const { seen, rig, call } = await inspectedCall()
  using _ = seen
  await using __ = rig
  const told = seen.actors().map(({ name, rootId, parentId }) => ({ name, rootId, parentId }))
  expect(told).toEqual([
    { name: 'Microsoft Graph', rootId: 'graph', parentId: undefined },
    { name: 'watched', rootId: call.id, parentId: undefined },
    { name: 'lookUp', rootId: call.id, parentId: call.id },
  ])
  const definition = seen.actors().find(({ name }) => name === 'watched')?.definition ?? ''
  expect(JSON.parse(definition)).toMatchObject({
    id: 'watched',
    type: 'parallel',
    states: { scenario: { initial: 'waiting' } },
  })
})

test('participants are actors below their call, told by it what the roster says of them', async () => {
  using seen = await inspector()
  await using rig = await Rig.open(chart, { inspect: { address: seen.address } })
  const call = await rig.ring()
  const ofRoster = rig.delivery(call.id, 'participants', 'updated')
  for (const round of [1, 2]) {
    const { notifications } = parseNotifications(JSON.parse(rosterBody(call.id, 3, round)))
    await rig.bot.engine.intake(
      notifications.map((notification) => ({ ...ofRoster, notification })),
    )
  }
  const isOfParticipant = ({ sessionId }: StatelyInspectionEvent) =>
    sessionId.startsWith(`${call.id}/`)
  await seen.until(() => seen.snapshots().filter(isOfParticipant).length === 4)
  const people = seen.actors().filter(isOfParticipant)
  expect(people.map(({ name, parentId, rootId }) => [name, parentId, rootId])).toEqual(
    Array.from({ length: 3 }, () => ['participant', call.id, call.id]),
  )
  const reports = seen.events().filter(isOfParticipant)
  expect(reports.map(({ sourceId }) => sourceId)).toEqual(Array.from({ length: 4 }, () => call.id))
})

test('each event tells who sent it: Graph, the call itself, an invocation', async () => {
  const { seen, rig, call } = await inspectedCall()
  using _ = seen
  await using __ = rig
  const [lookUp] = seen.actors().filter(({ name }) => name === 'lookUp')
  const heard = seen.events().map(({ event, sourceId, sessionId }) => {
    const from =
      sourceId === call.id ? 'call' : sourceId === lookUp?.sessionId ? 'lookUp' : sourceId
    return `${from ?? 'nobody'} → ${sessionId === call.id ? 'call' : sessionId}: ${event.type}`
  })
  expect(heard[0]).toBe('nobody → call: call.started')
  expect(heard).toEqual(
    expect.arrayContaining([
      'call → graph: answer',
      'graph → call: answer.accepted',
      'graph → call: tone.reported',
      'lookUp → call: xstate.error.actor.0.watched.scenario.looking',
      'call → graph: playPrompt',
      'call → call: xstate.after.3000.watched.scenario.asking',
      'graph → call: callState.terminated',
    ]),
  )
})

test('each event a call hears is followed by its snapshot after it', async () => {
  const { seen, rig, call } = await inspectedCall()
  using _ = seen
  await using __ = rig
  const heard = seen.events().filter(({ sessionId }) => sessionId === call.id)
  expect(seen.snapshots().map(({ event }) => event.type)).toEqual(
    heard.map(({ event }) => event.type),
  )
  expect(seen.snapshots().at(-1)?.snapshot).toMatchObject({
    status: 'done',
    value: { signalling: 'terminated' },
  })
})

test('neither a tone nor anything private is shown', async () => {
  const { seen, rig } = await inspectedCall()
  using _ = seen
  await using __ = rig
  const text = JSON.stringify(seen.messages)
  expect(/"tone\.reported"/.test(text)).toBe(true)
  expect(/tone7|"private"/.exec(text)).toBeNull()
})

test('only the calls that are chosen are shown', async () => {
  using seen = await inspector()
  const { address, until, messages } = seen
  await using rig = await Rig.open(chart)
  const [first, second] = [await rig.ring(), await rig.ring('ann@fabrikam.com')]
  await rig.bot.close()
  await rig.start(chart, { inspect: { address, calls: [second?.id ?? ''] } })
  await rig.settle()
  await until((message) => message.sessionId === second?.id)
  first?.hangUp()
  second?.hangUp()
  await rig.settle()
  await until(ends)
  expect(new Set(messages.map(({ rootId }) => rootId))).toEqual(new Set(['graph', second?.id]))
})

test('an inspector that is not there, or goes away, is nothing to the call', async () => {
  const address = `ws://localhost:${await freePort()}`
  await using rig = await Rig.open(chart, { inspect: { address } })
  const call = await rig.ring()
  await call.press('7')
  await rig.settle()
  expect(rig.states(call.id)).toContain('scenario.asking')
})

test('nobody is told while nobody asked to inspect', async () => {
  await using rig = await Rig.open(chart)
  expect(rig.bot.inspectUrl).toBeUndefined()
})

test.each(['ws://inspector.contoso.com', 'http://localhost:1', 'localhost', ''])(
  'messages do not go unprotected to another machine: %o',
  async (address) => {
    await expect(Rig.open(chart, { inspect: { address } })).rejects.toMatchObject({
      code: 'inspect.unsafe',
    })
  },
)

test('without an address a page of this machine tells what was before it, and what comes', async () => {
  await using rig = await Rig.open(chart, { inspect: {} })
  const call = await rig.ring()
  const url = rig.bot.inspectUrl ?? ''
  expect(new URL(url).hostname).toBe('127.0.0.1')
  const page = await fetch(url)
  expect(await page.text()).toContain('Show them to stately.ai/inspect')
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")

  const { body } = await fetch(`${url}/messages`)
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const until = async (part: string) => {
    while (!text.includes(part)) text += (await reader?.read())?.value ?? ''
  }
  await until('"type":"call.started"')
  expect(text.indexOf('"name":"watched"')).toBeLessThan(text.indexOf('"type":"call.started"'))
  expect(text).not.toContain('"type":"tone.reported"')
  await call.press('7')
  await until('"type":"tone.reported"')
  await reader?.cancel()
})

test('the page is nobody else’s: not at another path, not by another name, not for other deeds', async () => {
  await using rig = await Rig.open(chart, { inspect: {} })
  const url = new URL(rig.bot.inspectUrl ?? '')
  expect((await fetch(url.origin)).status).toBe(404)
  expect((await fetch(`${url.origin}/messages`)).status).toBe(404)
  expect((await fetch(url, { method: 'POST' })).status).toBe(404)
  const rebound = await new Promise<number | undefined>((resolve, reject) => {
    request(url, { headers: { Host: `evil.example:${url.port}` } }, (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    })
      .on('error', reject)
      .end()
  })
  expect(rebound).toBe(404)
})
