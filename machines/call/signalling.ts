/**
 * Signalling: where the call stands, in Graph's own call states. Graph's notifications come late,
 * twice, out of order or not at all, so every state says what it makes of every state it may be told;
 * what it does not mention leaves it where it is (a late `establishing` never demotes).
 */
import { base } from './base.ts'
import { tell } from './tell.ts'

const established = {
  target: 'established',
  actions: tell('call.established'),
} as const
const establishing = {
  target: 'establishing',
  actions: tell('call.establishing'),
} as const
const ringing = { target: 'ringing', actions: tell('call.ringing') } as const
const terminating = { target: 'terminating', actions: tell('call.terminating') } as const

/** Ends that can come in any state: Graph's word, a 404, or our own hanging up. */
const ends = {
  'callState.terminated': { target: 'terminated', actions: 'keepResult' },
  'call.gone': 'terminated',
  'callState.terminating': terminating,
  'hangUp.asked': terminating,
} as const

/** Transfer states Graph may tell of; after a failure they are late echoes until a new transfer. */
const transfers = {
  'callState.transferring': {
    guard: 'transferMayGoOn',
    target: 'transferring',
    actions: tell('call.transferring'),
  },
  'callState.transferAccepted': {
    guard: 'transferMayGoOn',
    target: 'transferAccepted',
    actions: tell('call.transferAccepted'),
  },
} as const

/** `established` with a result, heard in or before a transfer's states: the transfer has failed. */
const transferFailure = {
  guard: 'tellsFailedTransfer',
  target: 'established',
  actions: ['keepResult', 'transferFailed', 'tellTransferFailed'],
} as const

const held = { target: 'hold', actions: tell('call.held') } as const
const resumed = { target: 'established', actions: tell('call.resumed') } as const

export const signalling = base.createStateConfig({
  initial: 'starting',
  states: {
    starting: {
      always: [
        { guard: 'isOutgoing', target: 'creating' },
        { guard: { type: 'startsAs', params: { state: 'terminated' } }, target: 'terminated' },
        { guard: { type: 'startsAs', params: { state: 'terminating' } }, ...terminating },
        { guard: { type: 'startsAs', params: { state: 'established' } }, ...established },
        { guard: { type: 'startsAs', params: { state: 'establishing' } }, ...establishing },
        { target: 'incoming', actions: tell('call.incoming') },
      ],
    },
    creating: {
      entry: { type: 'createCall', params: ({ context }) => context.request ?? {} },
      on: {
        ...ends,
        'createCall.accepted': establishing,
        'createCall.failed': 'terminated',
        'callState.establishing': establishing,
        'callState.ringing': ringing,
        'callState.established': established,
      },
    },
    incoming: {
      always: {
        guard: 'answersByDefault',
        target: 'answering',
        actions: {
          type: 'answer',
          params: ({ context: { settings } }) => ({
            acceptedModalities: settings.acceptedModalities,
            ...(settings.mediaConfig && { mediaConfig: settings.mediaConfig }),
            ...(settings.callOptions && { callOptions: settings.callOptions }),
            ...(settings.participantCapacity !== undefined && {
              participantCapacity: settings.participantCapacity,
            }),
          }),
        },
      },
      after: {
        answerDeadline: { target: 'terminating', actions: tell('answer.missed') },
      },
      on: {
        ...ends,
        'answer.asked': 'answering',
        'reject.asked': terminating,
        'redirect.asked': { target: 'redirecting', actions: tell('call.redirecting') },
        'callState.redirecting': { target: 'redirecting', actions: tell('call.redirecting') },
        'callState.establishing': establishing,
        'callState.established': established,
      },
    },
    answering: {
      after: {
        answerDeadline: { target: 'terminating', actions: tell('answer.missed') },
      },
      on: {
        ...ends,
        'answer.accepted': establishing,
        'answer.failed': [
          { guard: 'answersByDefault', ...terminating },
          { target: 'awaitingDecision' },
        ],
        'callState.establishing': establishing,
        'callState.established': established,
      },
    },
    /** An answer failed: the scenario may try again, reject or redirect while Graph still rings. */
    awaitingDecision: {
      after: {
        answerDeadline: { target: 'terminating', actions: tell('answer.missed') },
      },
      on: {
        ...ends,
        'answer.asked': 'answering',
        'reject.asked': terminating,
        'redirect.asked': { target: 'redirecting', actions: tell('call.redirecting') },
        'callState.establishing': establishing,
        'callState.established': established,
      },
    },
    redirecting: {
      on: {
        ...ends,
        'redirect.failed': 'awaitingDecision',
        'callState.establishing': establishing,
        'callState.established': established,
      },
    },
    establishing: {
      on: {
        ...ends,
        ...transfers,
        'callState.ringing': ringing,
        'callState.established': established,
        'callState.hold': held,
      },
    },
    ringing: {
      on: {
        ...ends,
        ...transfers,
        'callState.established': established,
        'callState.hold': held,
      },
    },
    established: {
      on: {
        ...ends,
        ...transfers,
        'transfer.asked': { actions: 'transferAsked' },
        'callState.established': { ...transferFailure, guard: 'tellsFailedTransferAsked' },
        'callState.hold': held,
        'roster.updated': { guard: 'selfOnHold', ...held },
      },
    },
    hold: {
      on: {
        ...ends,
        ...transfers,
        'transfer.asked': { actions: 'transferAsked' },
        'callState.established': resumed,
        'roster.updated': { guard: 'selfOffHold', ...resumed },
      },
    },
    transferring: {
      on: {
        ...ends,
        'callState.transferAccepted': transfers['callState.transferAccepted'],
        'callState.established': transferFailure,
      },
    },
    transferAccepted: {
      on: {
        ...ends,
        'callState.terminated': {
          target: 'terminated',
          actions: ['keepResult', tell('transfer.completed')],
        },
        'callState.established': transferFailure,
      },
    },
    terminating: {
      after: {
        terminatingDeadline: { target: 'terminating', reenter: true, actions: 'getCall' },
      },
      on: {
        'callState.terminated': ends['callState.terminated'],
        'call.gone': 'terminated',
      },
    },
    terminated: {
      type: 'final',
      entry: 'tellTerminated',
    },
  },
})
