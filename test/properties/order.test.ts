/**
 * Order does not matter more than it must: whatever order notifications arrive in, and however often,
 * the call ends up where the clean stream leads. Compared are the states and contexts of the call and
 * every participant; not compared are `rosterWholeSince`, which says whether Graph had to be asked, and,
 * once a call has ended, what it would have learned later.
 */
import { callChart, callSetup } from 'callchart/machines'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assign } from 'xstate'
import type { CallInput, Participant } from '../../machines/index.ts'
import { loadChart } from '../../src/engine/chart.ts'
import { asked, told } from '../machines/call/heard.ts'
import { anyDelivery, awaited, type Happening, notified, own } from './deliveries.ts'
import { begin, input, type Played, play, standing, type Told } from './play.ts'

const counted = ['call.established', 'call.terminated', 'transfer.failed', 'transfer.completed']
const counting = callSetup.extend({
  types: {} as { bot: { readonly heard: readonly string[] } },
  actions: {
    listen: assign(({ context, event }) =>
      counted.includes(event.type) || event.type === 'tone.received'
        ? { bot: { heard: [...context.bot.heard, event.type].sort() } }
        : {},
    ),
  },
})
const scenario = counting.createStateConfig({ on: { '*': { actions: 'listen' } } })
const chart = loadChart(
  counting.createMachine(callChart({ id: 'c', version: '1', scenario, bot: { heard: [] } })),
)

const callState = (state: string, more: object = {}): Told => ({
  type: `callState.${state}`,
  ...more,
})
const failed = { resultInfo: { code: 500, subcode: 7000 } }
const delta = (sequenceNumber: number, ...participants: readonly Participant[]): Told => ({
  type: 'roster.reported',
  kind: 'delta',
  sequenceNumber,
  participants,
})
const audio = (direction: string) => [{ mediaType: 'audio', direction }]
const talking = { mediaStreams: audio('sendReceive') }

const heard = (played: Played): readonly string[] => played.group.call.context.bot.heard
const outgoing: CallInput = { key: 'k', direction: 'outgoing', request: { targets: 'a@b.c' } }

const answering: readonly Happening[] = [
  notified(callState('establishing')),
  own(told('answer', 'accepted')),
  notified({ type: 'call.updated', call: { callChainId: 'chain' } }),
  awaited(callState('established')),
  notified({ type: 'mediaState.active' }),
]
const transferring = [
  ...answering,
  own(asked('transfer', { to: 'desk@contoso.com' })),
  own(told('transfer', 'accepted')),
  notified(callState('transferring')),
  notified(callState('transferAccepted')),
]
const inGroup: readonly Happening[] = [
  notified({ type: 'call.updated', call: { chatInfo: { threadId: 't' } } }),
  ...answering,
]

/** Streams that lead to one state and one context. */
const converging: Readonly<Record<string, readonly [CallInput, readonly Happening[]]>> = {
  'an incoming call, answered': [input, answering],
  'an outgoing call': [
    outgoing,
    [
      own(told('createCall', 'accepted')),
      notified({ type: 'call.updated', call: { id: 'g', myParticipantId: 'me' } }),
      notified(callState('establishing')),
      notified(callState('ringing')),
      notified(callState('established')),
      notified({ type: 'mediaState.active' }),
    ],
  ],
  'a transfer that fails': [input, [...transferring, notified(callState('established', failed))]],
  'a transfer that fails, asked for on a call on hold': [
    input,
    [
      own(callState('established')),
      own(callState('hold')),
      own(asked('transfer', { to: 'desk@contoso.com' })),
      notified(callState('transferring')),
      notified(callState('transferAccepted')),
      notified(callState('established', failed)),
    ],
  ],
  'keys pressed': [
    input,
    [
      ...answering,
      own(asked('subscribeToTone', {})),
      own(told('subscribeToTone', 'completed')),
      ...[1, 2, 3, 4].map((sequenceId) =>
        notified({ type: 'tone.reported', toneInfo: { sequenceId, tone: `tone${sequenceId}` } }),
      ),
    ],
  ],
  'a roster told before the bot knows its own participant id, and after': [
    outgoing,
    [
      own(told('createCall', 'accepted')),
      notified(callState('established')),
      notified({ type: 'call.updated', call: { chatInfo: { threadId: 't' } } }),
      notified(delta(1, { id: 'me', ...talking, isMuted: true }, { id: 'a', ...talking })),
      notified({ type: 'call.updated', call: { id: 'g', myParticipantId: 'me' } }),
    ],
  ],
  'a group call told by delta rosters': [
    input,
    [
      ...inGroup,
      notified(delta(1, { id: 'me', ...talking }, { id: 'a', ...talking })),
      notified(delta(2, { id: 'b', isInLobby: true }, { id: 'me', ...talking, isMuted: true })),
      notified(delta(3, { id: 'b', ...talking })),
      notified(delta(4, { id: 'a', removedState: { reason: 'left' } })),
      notified(delta(5, { id: 'me', mediaStreams: audio('inactive'), isMuted: true })),
      notified(delta(6, { id: 'a', ...talking }, { id: 'me', ...talking, isMuted: false })),
    ],
  ],
  'a group call told by numbered full rosters that nobody leaves': [
    input,
    [
      ...inGroup,
      ...[
        [{ id: 'me', ...talking, rosterSequenceNumber: 1 }],
        [
          { id: 'me', ...talking, rosterSequenceNumber: 1 },
          { id: 'a', ...talking, rosterSequenceNumber: 2 },
        ],
        [
          { id: 'me', ...talking, isMuted: true, rosterSequenceNumber: 3 },
          { id: 'a', ...talking, rosterSequenceNumber: 2 },
        ],
      ].map((participants) => notified({ type: 'roster.reported', kind: 'full', participants })),
    ],
  ],
  'a prompt and a recording': [
    input,
    [
      ...answering,
      own(asked('playPrompt', { prompt: 'a.wav' }, 'p')),
      own(asked('recordResponse', {}, 'r')),
      notified(told('playPrompt', 'completed', {}, 'p')),
      notified(told('recordResponse', 'failed', {}, 'r')),
    ],
  ],
}

const cleanly = (happenings: readonly Happening[]) => happenings.map((each) => each.told)

function compared(played: Played): unknown {
  const { call, participants } = standing(played) as {
    call: { context: object }
    participants: object
  }
  return {
    call: { ...call, context: { ...call.context, rosterWholeSince: undefined } },
    participants,
  }
}

describe('in any order, and however often each arrives, this ends as the clean stream does', () => {
  test.each(Object.entries(converging))('%s', (_, [start, happenings]) => {
    const clean = play(chart, begin(chart, start), cleanly(happenings))
    fc.assert(
      fc.property(anyDelivery(happenings), (delivery) => {
        const played = play(chart, begin(chart, start), delivery)
        expect(compared(played)).toEqual(compared(clean))
      }),
      { numRuns: 100 },
    )
  })
})

/** Streams that end the call: what arrives after the end is not taken in, whatever it is. */
const ending: Readonly<Record<string, readonly Happening[]>> = {
  'a transfer that succeeds': [
    ...transferring,
    notified(callState('terminated', { resultInfo: { code: 0, subcode: 7015 } })),
  ],
  'hanging up': [
    ...answering,
    own(asked('hangUp', {})),
    own(told('hangUp', 'accepted')),
    notified(callState('terminating')),
    notified(callState('terminated', { resultInfo: { code: 200, subcode: 7000 } })),
  ],
  'a far end that hangs up on a group call': [
    ...inGroup,
    notified(delta(1, { id: 'a', ...talking })),
    notified(callState('terminated', { resultInfo: { code: 200, subcode: 5001 } })),
  ],
}

describe('in any order, and however often each arrives, this ends the call, once, for the same reason', () => {
  test.each(Object.entries(ending))('%s', (_, happenings) => {
    const clean = play(chart, begin(chart), cleanly(happenings))
    fc.assert(
      fc.property(anyDelivery(happenings), (delivery) => {
        const played = play(chart, begin(chart), delivery)
        const { value, context } = played.group.call
        expect(value).toEqual(clean.group.call.value)
        expect(context.resultInfo).toEqual(clean.group.call.context.resultInfo)
        expect(heard(played).filter((fact) => fact === 'call.terminated')).toHaveLength(1)
        const completions = (each: Played) =>
          heard(each).filter((fact) => fact === 'transfer.completed')
        expect(completions(played)).toEqual(completions(clean))
      }),
      { numRuns: 100 },
    )
  })
})

test('whatever arrives in whatever order, each turning point is told once at most', () => {
  const happenings = [
    ...Object.values(converging).map(([, each]) => each),
    ...Object.values(ending),
  ]
  const several = happenings.map((each) => anyDelivery(each))
  fc.assert(
    fc.property(fc.oneof(...several), (delivery) => {
      const facts = heard(play(chart, begin(chart), delivery))
      for (const fact of counted) {
        expect(facts.filter((each) => each === fact).length).toBeLessThanOrEqual(1)
      }
    }),
    { numRuns: 150 },
  )
})

describe('what carries no number cannot be put in order: the last heard counts', () => {
  const [first = callState('established'), ...more] = cleanly(answering)
  const established = play(chart, begin(chart), [first, ...more])
  const getCall = { type: 'engine.resumed' }

  test('mediaState active and inactive, until the next one', () => {
    const [active, inactive] = [{ type: 'mediaState.active' }, { type: 'mediaState.inactive' }]
    const media = (...told: Told[]) => play(chart, established, told).group.call.value
    expect(media(active, inactive)).not.toEqual(media(inactive, active))
  })

  test('hold and its end where no roster tells them, until the call is looked up', () => {
    const state = (...told: Told[]) =>
      (play(chart, established, told).group.call.value as { signalling: unknown }).signalling
    const [hold, resumed] = [callState('hold'), callState('established')]
    expect([state(hold, resumed), state(resumed, hold)]).toEqual(['established', 'hold'])
    const late = play(chart, established, [resumed, hold, getCall])
    expect(late.commands.at(-1)?.effect).toBe('getCall')
    expect(state(resumed, hold, told('getCall', 'completed'), resumed)).toBe('established')
  })
})
