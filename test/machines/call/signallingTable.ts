/** The transitions of signalling as a table: from where, at what, to where, and what the scenario is told. */
import type { CallInput } from '../../../machines/index.ts'
import type { CallChartEvent } from '../../../src/engine/turn.ts'
import { asked, HeardCall, rosterUpdated, due as timerDue, told } from './heard.ts'

export const created: Partial<CallInput> = {
  direction: 'outgoing',
  request: { targets: 'bob@fabrikam.com' },
}
export const ask = { incoming: 'ask' } as const
export const failed = { resultInfo: { code: 500, subcode: 7000 } }

export const callState = (state: string, more: object = {}): CallChartEvent => ({
  type: `callState.${state}`,
  ...more,
})
export const roster = (direction: string) =>
  rosterUpdated({ mediaStreams: [{ mediaType: 'audio', direction }] })
export const transfer = asked('transfer', { to: 'desk@contoso.com' })
const unresolved = told('createCall', 'failed', { fault: { status: 0, code: 'unresolved' } })
export const due = (delay: string, state: string) => timerDue(delay, `signalling.${state}`)

/** How to come into each state. */
export const into: Readonly<Record<string, () => HeardCall>> = {
  creating: () => new HeardCall(created),
  withdrawn: () => new HeardCall(created).hear(unresolved),
  hungUpUncreated: () => new HeardCall(created).hear(asked('hangUp', {})),
  adopting: () => new HeardCall({ call: { state: 'unknown' } }, ask),
  incoming: () => new HeardCall({}, ask),
  answering: () => new HeardCall(),
  answeringByChoice: () => new HeardCall({}, ask).hear(asked('answer', {})),
  awaitingDecision: () =>
    new HeardCall({}, ask).hear(asked('answer', {}), told('answer', 'failed')),
  redirecting: () => new HeardCall({}, ask).hear(asked('redirect', { targets: 'a@b.c' })),
  establishing: () => new HeardCall().hear(callState('establishing')),
  ringing: () => new HeardCall(created).hear(callState('ringing')),
  established: () => new HeardCall().hear(callState('established')),
  hold: () => new HeardCall().hear(callState('established'), callState('hold')),
  transferring: () =>
    new HeardCall().hear(callState('established'), transfer, callState('transferring')),
  transferAccepted: () =>
    new HeardCall().hear(callState('established'), transfer, callState('transferAccepted')),
  terminating: () => new HeardCall().hear(callState('terminating')),
  terminated: () => new HeardCall().hear(callState('terminated')),
}

type Row = readonly [from: string, event: CallChartEvent, to: string, facts: readonly string[]]

const everywhereButTheEnd = [
  'creating',
  'adopting',
  'incoming',
  'redirecting',
  'establishing',
  'ringing',
  'established',
  'hold',
  'transferring',
  'transferAccepted',
] as const
const unconnected = [
  'creating',
  'adopting',
  'incoming',
  'redirecting',
  'establishing',
  'ringing',
] as const
const completed = callState('terminated', { resultInfo: { code: 0, subcode: 7015 } })

export const rows: readonly Row[] = [
  ['adopting', callState('incoming'), 'offered.incoming', ['call.incoming']],
  ['adopting', callState('establishing'), 'establishing', ['call.establishing']],
  ['adopting', callState('ringing'), 'ringing', ['call.ringing']],
  ['adopting', callState('redirecting'), 'redirecting', ['call.redirecting']],
  ...everywhereButTheEnd.flatMap((from): Row[] => [
    [from, { type: 'call.gone' }, 'terminated', ['call.terminated']],
    [from, callState('terminating'), 'terminating', ['call.terminating']],
    [from, asked('hangUp', {}), 'terminating', ['call.terminating']],
    [from, completed, 'terminated', ['transfer.completed', 'call.terminated']],
  ]),
  ...everywhereButTheEnd
    .filter((from) => from !== 'transferAccepted')
    .map((from): Row => [from, callState('terminated'), 'terminated', ['call.terminated']]),
  ...unconnected.flatMap((from): Row[] => [
    [from, callState('established'), 'established', ['call.established']],
    [from, callState('hold'), 'hold', ['call.established', 'call.held']],
    [from, callState('transferring'), 'transferring', ['call.established', 'call.transferring']],
    [
      from,
      callState('transferAccepted'),
      'transferAccepted',
      ['call.established', 'call.transferAccepted'],
    ],
  ]),

  ['creating', told('createCall', 'accepted'), 'establishing', ['call.establishing']],
  ['creating', callState('establishing'), 'establishing', ['call.establishing']],
  ['creating', callState('ringing'), 'ringing', ['call.ringing']],
  ['creating', told('createCall', 'failed'), 'terminated', ['call.terminated']],

  ['creating', unresolved, 'withdrawn', []],
  ['hungUpUncreated', unresolved, 'withdrawn', []],
  ...['establishing', 'ringing', 'established', 'hold', 'transferring', 'transferAccepted'].map(
    (state): Row => ['withdrawn', callState(state), 'terminating', ['hangUp.asked']],
  ),
  ['withdrawn', callState('terminating'), 'terminating', ['call.terminating']],
  ['withdrawn', callState('terminated'), 'terminated', ['call.terminated']],
  ['withdrawn', completed, 'terminated', ['transfer.completed', 'call.terminated']],
  ['withdrawn', { type: 'call.gone' }, 'terminated', ['call.terminated']],
  ['withdrawn', due('withdrawnDeadline', 'withdrawn'), 'terminated', ['call.terminated']],

  ['incoming', asked('answer', {}), 'offered.answering', []],
  ['incoming', asked('reject', {}), 'terminating', ['call.terminating']],
  ['incoming', asked('redirect', { targets: 'a@b.c' }), 'redirecting', ['call.redirecting']],
  ['incoming', callState('redirecting'), 'redirecting', ['call.redirecting']],
  ['incoming', callState('establishing'), 'establishing', ['call.establishing']],
  [
    'incoming',
    due('answerDeadline', 'offered'),
    'offered.missed',
    ['answer.missed', 'getCall.asked'],
  ],

  ['answering', told('answer', 'accepted'), 'establishing', ['call.establishing']],
  ['answering', told('answer', 'failed'), 'offered.awaitingDecision', []],
  [
    'answering',
    due('answerDeadline', 'offered'),
    'offered.missed',
    ['answer.missed', 'getCall.asked'],
  ],
  ['answeringByChoice', told('answer', 'failed'), 'offered.awaitingDecision', []],

  ['awaitingDecision', asked('answer', {}), 'offered.answering', []],
  ['awaitingDecision', asked('reject', {}), 'terminating', ['call.terminating']],
  [
    'awaitingDecision',
    asked('redirect', { targets: 'a@b.c' }),
    'redirecting',
    ['call.redirecting'],
  ],
  [
    'awaitingDecision',
    due('answerDeadline', 'offered'),
    'offered.missed',
    ['answer.missed', 'getCall.asked'],
  ],

  ['redirecting', told('redirect', 'failed'), 'offered.awaitingDecision', []],
  ['redirecting', callState('establishing'), 'establishing', ['call.establishing']],

  ['establishing', callState('ringing'), 'ringing', ['call.ringing']],

  ['established', callState('hold'), 'hold', ['call.held']],
  ['established', callState('transferring'), 'transferring', ['call.transferring']],
  ['established', callState('transferAccepted'), 'transferAccepted', ['call.transferAccepted']],
  ['established', told('transfer', 'failed'), 'established', []],

  ['hold', callState('established'), 'established', ['call.resumed']],
  ['hold', callState('transferring'), 'transferring', ['call.transferring']],
  ['hold', callState('transferAccepted'), 'transferAccepted', ['call.transferAccepted']],
  ['hold', told('transfer', 'failed'), 'hold', []],

  ['transferring', callState('transferAccepted'), 'transferAccepted', ['call.transferAccepted']],
  ['transferring', callState('established', failed), 'established', ['transfer.failed']],
  ['transferAccepted', callState('established', failed), 'established', ['transfer.failed']],
  [
    'transferAccepted',
    callState('terminated'),
    'terminated',
    ['transfer.completed', 'call.terminated'],
  ],

  ['terminating', callState('terminated'), 'terminated', ['call.terminated']],
  ['terminating', completed, 'terminated', ['transfer.completed', 'call.terminated']],
  ['terminating', { type: 'call.gone' }, 'terminated', ['call.terminated']],
  ['hungUpUncreated', told('createCall', 'failed'), 'terminated', ['call.terminated']],
  ['terminating', told('createCall', 'failed'), 'terminated', ['call.terminated']],
]
