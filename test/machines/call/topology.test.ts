import { describe, expect, test } from 'vitest'
import type { CallInput } from '../../../machines/index.ts'
import type { CallChartEvent } from '../../../src/engine/turn.ts'
import { untaken } from '../coverage.ts'
import { asked, due, HeardCall, rosterUpdated, terminated, told } from './heard.ts'

const chat = { chatInfo: { threadId: '19:meeting' } }
const group: Partial<CallInput> = { call: chat }
const told3 = (more: object): CallChartEvent => ({ type: 'call.updated', call: more })
const escalates = told3(chat)
const invite = asked('invite', { participants: 'eve@fabrikam.com' })
const invited = told('invite', 'completed')
const roster = rosterUpdated(undefined, { size: 3 })
const listed = rosterUpdated(undefined, { size: 3, listed: true })
const gap = rosterUpdated(undefined, { size: 3, gap: true })
const noGroups = { permissions: ['Calls.Initiate.All', 'Calls.AccessMedia.All'] }

const live = { multiparty: 'rosterLive' }
const silent = { multiparty: 'rosterSilent' }
const polled = { multiparty: 'rosterPolled' }

describe('a call starts', () => {
  test.each<[string, Partial<CallInput>, unknown]>([
    ['with one other party', {}, 'peerToPeer'],
    ['in a chat', group, live],
    ['in a meeting', { call: { meetingInfo: { '@odata.type': 'x' } } }, live],
    ['with several targets', { call: { targets: [{}, {}] } }, live],
    [
      'by calling several',
      { direction: 'outgoing', request: { targets: ['a@b.c', 'd@b.c'] } },
      live,
    ],
    ['by calling one', { direction: 'outgoing', request: { targets: ['a@b.c'] } }, 'peerToPeer'],
  ])('%s', (_, input, state) => {
    expect(new HeardCall(input).value.topology).toEqual(state)
  })
})

const into = {
  peerToPeer: () => new HeardCall(),
  escalating: () => new HeardCall().hear(invite),
  rosterLive: () => new HeardCall(group),
  rosterSilent: () => new HeardCall().hear(escalates),
  rosterPolled: () => new HeardCall({}, { rosterPollMs: 60_000 }).hear(escalates),
  dropped: () => new HeardCall(noGroups).hear(escalates),
}

const rows: readonly (readonly [keyof typeof into, CallChartEvent, unknown, ...string[]])[] = [
  ['peerToPeer', invite, 'escalating', 'call.escalating'],
  ['peerToPeer', invited, silent, 'call.escalated'],
  ['peerToPeer', escalates, silent, 'call.escalated'],
  ['peerToPeer', told3({ subject: 'Hi' }), 'peerToPeer'],
  ['peerToPeer', roster, live, 'call.escalated'],
  ['peerToPeer', listed, silent, 'call.escalated'],
  ['peerToPeer', terminated, 'ended'],
  ['escalating', invited, silent, 'call.escalated'],
  ['escalating', told('invite', 'failed'), 'peerToPeer'],
  ['escalating', told('invite', 'cancelled'), 'peerToPeer'],
  ['escalating', escalates, silent, 'call.escalated'],
  ['escalating', told3({ subject: 'Hi' }), 'escalating'],
  ['escalating', roster, live, 'call.escalated'],
  ['escalating', listed, silent, 'call.escalated'],
  ['escalating', terminated, 'ended'],
  ['rosterLive', roster, live],
  ['rosterLive', told3({ subject: 'Hi' }), live],
  ['rosterLive', told('invite', 'failed'), live],
  ['rosterLive', terminated, 'ended'],
  ['rosterSilent', roster, live],
  ['rosterSilent', listed, silent],
  ['rosterPolled', roster, live],
  ['rosterPolled', listed, polled],
  ['dropped', told3({ subject: 'Hi' }), 'dropped'],
  ['dropped', terminated, 'ended'],
]

for (const [from, event, to, ...facts] of rows) {
  test(`${from} hears ${JSON.stringify(event)}: ${JSON.stringify(to)}`, () => {
    const call = into[from]().hear(event)
    expect(call.value.topology).toEqual(to)
    expect(call.facts.filter((fact) => fact.startsWith('call.escala'))).toEqual(facts)
  })
}

describe('escalation by another party', () => {
  test('drops a bot that may not join group calls, and says so', () => {
    const call = into.dropped()
    expect(call.value.topology).toBe('dropped')
    expect(call.facts).toEqual(['call.escalating'])
  })

  test.each([
    'Calls.JoinGroupCall.All',
    'Calls.JoinGroupCalls.All',
    'Calls.JoinGroupCallAsGuest.All',
    'Calls.JoinGroupCallasGuest.All',
    'Calls.JoinGroupCalls.Chat',
  ])('keeps a bot with %s', (permission) => {
    const call = new HeardCall({ permissions: [permission] }).hear(escalates)
    expect(call.value.topology).toEqual(silent)
  })

  test('keeps a bot that itself invited, whatever it may', () => {
    expect(new HeardCall(noGroups).hear(invite, escalates).value.topology).toEqual(silent)
  })
})

describe('the roster', () => {
  test('is asked for when a delta is missing', () => {
    expect(into.rosterLive().hear(gap).asked).toEqual(['listParticipants'])
    expect(into.rosterLive().hear(roster).asked).toEqual([])
  })

  test('is polled after an escalation if the author asked for it', () => {
    const call = into.rosterPolled()
    expect([call.value.topology, call.asked]).toEqual([polled, ['listParticipants']])
    const poll = due('rosterPoll', 'topology.multiparty.rosterPolled')
    expect(call.last.timers).toContainEqual({ id: poll.type, delayMs: 60_000, event: poll })
    expect(call.hear(poll).asked).toEqual(['listParticipants'])
  })

  test('is asked for after a restart, since rosters may have been missed', () => {
    expect(into.rosterLive().hear({ type: 'engine.resumed' }).asked).toContain('listParticipants')
  })

  test('is asked for when an operator wants to know', () => {
    expect(into.rosterLive().hear({ type: 'admin.nudged' }).asked).toContain('listParticipants')
  })

  test('is asked for as often as the heart beats: a roster lost for good shows in no other way', () => {
    const beat = due('keepAliveInterval', 'topology.multiparty.rosterLive')
    expect(into.rosterLive().hear(beat).asked).toEqual(['listParticipants'])
  })

  test('tells how many there are, and the bot’s own entry', () => {
    const { context } = into.rosterLive().hear(rosterUpdated({ isMuted: true }, { size: 7 }), gap)
    expect([context.rosterSize, context.self]).toEqual([3, { id: 'me', isMuted: true }])
  })
})

describe('what is known of the call', () => {
  test('grows by what is told; null tells nothing; state, tone and result are not part of it', () => {
    const call = new HeardCall({ call: { subject: 'Hi', chatInfo: null } }).hear(
      told3({ state: 'established', toneInfo: {}, resultInfo: {}, myParticipantId: 'me' }),
      told3({ subject: null, targets: [{ identity: { user: { id: 'b' } } }] }),
      told3({ source: { identity: { phone: { id: '+1' } } } }),
    )
    expect(call.context.call).toMatchObject({ subject: 'Hi', myParticipantId: 'me' })
    expect(Object.keys(call.context.call)).not.toContain('state')
    expect(call.context.source.kind).toBe('phone')
    expect(call.context.targets.map(({ id }) => id)).toEqual(['b'])
  })
})

test.each(['mute', 'unmute', 'changeScreenSharingRole'] as const)(
  'whether a %s was done that got no answer is seen by the list',
  (effect) => {
    const failed = (status: number, code = '') =>
      told(effect, 'failed', { fault: { status, code, message: '', fix: '' } })
    expect(into.rosterLive().hear(failed(0, 'timedOut')).asked).toEqual(['listParticipants'])
    expect(into.rosterLive().hear(failed(0, 'effect.invalid')).asked).toEqual([])
    expect(into.rosterLive().hear(failed(502)).asked).toEqual(['listParticipants'])
    expect(into.rosterLive().hear(failed(403)).asked).toEqual([])
  },
)

test('a meeting that Graph has not named yet is not asked who is there', () => {
  const joining = { direction: 'outgoing', request: chat } as const
  const call = new HeardCall(joining)
  expect(call.value.topology).toEqual({ multiparty: 'rosterLive' })
  const beat = due('keepAliveInterval', 'topology.multiparty.rosterLive')
  expect(call.hear(beat).asked).toEqual([])
  expect(call.last.timers.map(({ id }) => id)).toEqual([beat.type])
})

test('the tests above exercise every transition of topology', () => {
  expect(untaken(new HeardCall().region('topology'))).toEqual([])
})
