import { describe, expect, test } from 'vitest'
import type { CallChartEvent } from '../../../src/engine/turn.ts'
import { untaken } from '../coverage.ts'
import { asked, gone, HeardCall, told } from './heard.ts'
import {
  ask,
  callState,
  created,
  due,
  failed,
  into,
  roster,
  rows,
  transfer,
} from './signallingTable.ts'

describe('every transition of signalling', () => {
  test.each(rows)('%s hears %o: %s', (from, event, to, facts) => {
    const call = into[from]?.() ?? new HeardCall()
    call.hear(event)
    expect([stateOf(call), ...call.facts]).toEqual([to, ...facts])
  })

  test.each([
    ['terminated', 'terminated'],
    ['terminating', 'terminating'],
    ['redirecting', 'redirecting'],
    ['establishing', 'establishing'],
    ['established', 'established'],
    ['hold', 'hold'],
    ['transferring', 'transferring'],
    ['transferAccepted', 'transferAccepted'],
    ['incoming', 'offered.answering'],
  ])('a call first heard of as %s is taken up there', (state, to) => {
    expect(stateOf(new HeardCall({ call: { state } }))).toBe(to)
  })
})

describe('late and repeated states', () => {
  const late: readonly (readonly [from: string, event: CallChartEvent])[] = [
    ['established', callState('establishing')],
    ['established', callState('ringing')],
    ['established', callState('established')],
    ['established', callState('established', failed)],
    ['establishing', callState('establishing')],
    ['ringing', callState('establishing')],
    ['ringing', told('createCall', 'accepted')],
    ['hold', callState('establishing')],
    ['transferring', callState('established')],
    ['transferring', callState('transferring')],
    ['transferAccepted', callState('transferring')],
    ['terminating', callState('established')],
    ['terminating', callState('terminating')],
    ['terminated', callState('established')],
    ['terminated', callState('terminated')],
    ['incoming', callState('incoming')],
    ['establishing', told('answer', 'failed')],
  ]
  test.each(late)('%s stays where it is when it hears %o', (from, event) => {
    const call = into[from]?.() ?? new HeardCall()
    const before = stateOf(call)
    call.hear(event)
    expect([stateOf(call), ...call.facts]).toEqual([before])
  })
})

describe('transfers', () => {
  test('a failure heard before any state of the transfer ends it; late states are echoes', () => {
    for (const from of ['established', 'hold']) {
      const call = into[from]?.().hear(transfer, callState('established', failed))
      expect(call?.heard.filter((type) => type === 'transfer.failed')).toHaveLength(1)
      call?.hear(callState('transferring'), callState('transferAccepted'))
      expect(call && stateOf(call)).toBe('established')
    }
  })

  test('after a failure another transfer can be asked for and completes', () => {
    const call = into
      .transferring?.()
      .hear(callState('established', failed), transfer, callState('transferAccepted'))
    expect(call && stateOf(call)).toBe('transferAccepted')
  })

  test('a failed transfer does not pass for the reason of the call’s end', () => {
    const call = into
      .transferring?.()
      .hear(callState('established', failed), callState('terminated'))
    expect(call?.context.resultInfo).toBeUndefined()
  })

  test('a consultative transfer that ends without a result is known by its terminationReason', () => {
    const call = into
      .transferring?.()
      .hear(
        { type: 'call.updated', call: { terminationReason: 'AppTransferred' } },
        callState('terminated'),
      )
    expect(call?.heard.slice(-2)).toEqual(['transfer.completed', 'call.terminated'])
  })

  test.each(['transferring', 'transferAccepted'])(
    'a call %s that is not heard of is looked up, and comes back if Graph says so',
    (state) => {
      const call = into[state]?.() ?? new HeardCall()
      expect(call.hear(due('lookUpInterval', state)).asked).toEqual(['getCall'])
      call.hear(told('getCall', 'completed', { answer: { call: { state: 'transferring' } } }))
      expect(stateOf(call)).toBe(state)
      call.hear(told('getCall', 'completed', { answer: { call: { state: 'established' } } }))
      expect([stateOf(call), call.heard.at(-1)]).toEqual(['established', 'transfer.failed'])
    },
  )
})

describe('hold inferred from the roster', () => {
  const held = () => into.established?.().hear(roster('inactive')) ?? new HeardCall()

  test('an audio stream that flows in neither direction holds the call, another resumes it', () => {
    const call = held()
    expect([stateOf(call), call.heard.includes('call.held')]).toEqual(['hold', true])
    expect(stateOf(call.hear(roster('sendReceive')))).toBe('established')
    expect(call.heard).toContain('call.resumed')
  })

  test('a late established does not resume a call that the roster holds', () => {
    const call = held().hear(callState('established'))
    expect([stateOf(call), ...call.facts]).toEqual(['hold'])
  })

  test('a roster heard before established holds the call as soon as it is', () => {
    const call = new HeardCall().hear(roster('inactive'), callState('established'))
    expect(stateOf(call)).toBe('hold')
    expect(call.heard.filter((type) => type.startsWith('call.'))).toEqual(
      expect.arrayContaining(['call.established', 'call.held']),
    )
  })

  test('news of others in the roster does not resume a call that Graph’s state holds', () => {
    const call = into.established?.().hear(roster('sendReceive'), callState('hold'))
    expect(call && stateOf(call.hear(roster('sendReceive')))).toBe('hold')
  })
})

describe('deadlines', () => {
  const timer = (call: HeardCall) => call.last.timers.map(({ id, delayMs }) => [id, delayMs])

  test('15 s to answer, 5 s in policy-based recording', () => {
    const observed = { call: { incomingContext: { observedParticipantId: 'p' } } }
    expect(timer(new HeardCall())).toContainEqual([
      'xstate.after.answerDeadline.listener.signalling.offered',
      15_000,
    ])
    expect(timer(new HeardCall(observed))).toContainEqual([
      'xstate.after.answerDeadline.listener.signalling.offered',
      5_000,
    ])
  })

  test('a failed answer does not put the deadline off', () => {
    const call = new HeardCall({}, ask).hear(asked('answer', {}))
    expect([call.last.timers, call.last.timersCancelled]).toEqual([[], []])
    call.hear(told('answer', 'failed'))
    expect([call.last.timers, call.last.timersCancelled]).toEqual([[], []])
  })

  test('answering calls the deadline off', () => {
    expect(new HeardCall().hear(told('answer', 'accepted')).last.timersCancelled).toContain(
      'xstate.after.answerDeadline.listener.signalling.offered',
    )
  })

  test('a call that does not end when it should is hung up again, and again', () => {
    const call = into.terminating?.() ?? new HeardCall()
    const after = due('terminatingDeadline', 'terminating')
    for (let times = 0; times < 2; times++) {
      expect(call.hear(after).asked).toEqual(['hangUp'])
      expect(timer(call)).toEqual([[after.type, 30_000]])
    }
  })
})

describe('incoming calls', () => {
  test('are answered at once by default, with what the author set', () => {
    const { last } = new HeardCall(
      {},
      {
        acceptedModalities: ['audio', 'video'],
        mediaConfig: { '@odata.type': '#microsoft.graph.serviceHostedMediaConfig' },
        callOptions: { isDeltaRosterEnabled: true },
        participantCapacity: 3,
      },
    )
    expect(last.commands).toEqual([
      {
        id: 'k.1.0',
        effect: 'answer',
        params: {
          acceptedModalities: ['audio', 'video'],
          mediaConfig: { '@odata.type': '#microsoft.graph.serviceHostedMediaConfig' },
          callOptions: { isDeltaRosterEnabled: true },
          participantCapacity: 3,
        },
      },
    ])
  })

  test('wait for the scenario when it asked to be asked', () => {
    const call = new HeardCall({}, ask)
    expect([stateOf(call), call.asked, call.heard]).toEqual([
      'offered.incoming',
      [],
      ['call.incoming'],
    ])
  })

  test('are created with the request as the author made it when they are outgoing', () => {
    expect(new HeardCall(created).last.commands).toEqual([
      { id: 'k.1.0', effect: 'createCall', params: { targets: 'bob@fabrikam.com' } },
    ])
    expect(new HeardCall({ direction: 'outgoing' }).last.commands[0]?.params).toEqual({})
  })

  test('a 404 to answer, reject or redirect ends the call', () => {
    for (const effect of ['answer', 'reject', 'redirect'] as const) {
      const call = new HeardCall({}, ask).hear(asked('answer', {}), told(effect, 'failed', gone))
      expect(stateOf(call)).toBe('terminated')
    }
  })
})

test('a call told of without its state is asked for, and told to nobody before it is known', () => {
  const call = into.adopting?.()
  expect(call?.asked).toEqual(['getCall'])
  expect(call?.heard).toEqual(['getCall.asked'])
})

test('a call that was answered while nobody heard of it goes on, however late Graph tells', () => {
  const call = new HeardCall().hear(due('answerDeadline', 'offered'))
  expect(call.asked).toEqual(['getCall'])
  expect(stateOf(call.hear(callState('established')))).toBe('established')
})

describe('a call that an operator ends', () => {
  const ringing = ['incoming', 'answering', 'answeringByChoice', 'awaitingDecision']
  const beyond = ['withdrawn', 'terminated']
  const others = Object.keys(into).filter((state) => ![...ringing, ...beyond].includes(state))

  test.each([
    ...others.map((state) => [state, ['hangUp'], 'terminating'] as const),
    ...ringing.map((state) => [state, ['reject'], 'terminating'] as const),
    ...beyond.map((state) => [state, [], state] as const),
  ])('in %s asks for %s', (state, asks, to) => {
    const call = into[state]?.().hear({ type: 'admin.hungUp' })
    expect([call?.asked, call && stateOf(call)]).toEqual([asks, to])
  })
})

test('the tests above exercise every transition of signalling', () => {
  expect(untaken(new HeardCall().region('signalling'))).toEqual([])
})

function stateOf(call: HeardCall): string {
  const { signalling } = call.value
  return typeof signalling === 'string'
    ? signalling
    : Object.entries(signalling ?? {})
        .join()
        .replace(',', '.')
}
