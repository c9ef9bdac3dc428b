/**
 * Signalling: where the call stands, in Graph's own call states. Graph's notifications come late,
 * twice, out of order or not at all, so every state says what it makes of every state it may be told;
 * what it does not mention leaves it where it is (a late `establishing` never demotes).
 */
import { not } from 'xstate'
import { base } from './base.ts'
import { tell } from './tell.ts'

const establishing = { target: 'establishing', actions: tell('call.establishing') } as const
const ringing = { target: 'ringing', actions: tell('call.ringing') } as const
const established = { target: 'established', actions: tell('call.established') } as const
const terminating = { target: 'terminating', actions: tell('call.terminating') } as const
const hungUp = { target: 'terminating', actions: 'hangUp' } as const
const redirecting = { target: 'redirecting', actions: tell('call.redirecting') } as const
const held = { target: 'hold', actions: tell('call.held') } as const
const resumed = { target: 'established', actions: tell('call.resumed') } as const
const transferring = { target: 'transferring', actions: tell('call.transferring') } as const
const transferAccepted = {
  target: 'transferAccepted',
  actions: tell('call.transferAccepted'),
} as const

/** Ends that can come in any state: Graph's word, a 404, or our own hanging up. */
const over = {
  'callState.terminated': [
    {
      guard: 'tellsTransferCompleted',
      target: 'terminated',
      actions: ['keepResult', tell('transfer.completed')],
    },
    { target: 'terminated', actions: 'keepResult' },
  ],
  'call.gone': 'terminated',
} as const
const ends = {
  ...over,
  'callState.terminating': terminating,
  'hangUp.asked': terminating,
  'admin.hungUp': { actions: 'hangUp' },
} as const

const notCreated = [
  { guard: 'isUnresolved', target: 'withdrawn' },
  { target: 'terminated' },
] as const

/** States only a connected call has: whichever is heard of first, `call.established` is told first. */
const connects = {
  'callState.established': established,
  'callState.hold': { ...held, actions: [established.actions, held.actions] },
  'callState.transferring': {
    ...transferring,
    actions: [established.actions, transferring.actions],
  },
  'callState.transferAccepted': {
    ...transferAccepted,
    actions: [established.actions, transferAccepted.actions],
  },
} as const

/** Transfer states Graph may tell of; after a failure they are late echoes until a new transfer. */
const transfers = {
  'transfer.failed': { actions: 'transferFailed' },
  'callState.transferring': { guard: 'transferMayGoOn', ...transferring },
  'callState.transferAccepted': { guard: 'transferMayGoOn', ...transferAccepted },
} as const

/** The call goes on after all: `transfer.failed` is told with what Graph says of it. */
const transferFailure = { target: 'established', actions: 'tellTransferFailed' } as const

/** What a state of a transfer makes of hearing that the call is established. */
const transferOver = {
  'callState.established': { guard: 'hasResult', ...transferFailure },
  'getCall.completed': { guard: 'answersEstablished', ...transferFailure },
} as const

function startsAs(state: string) {
  return { type: 'startsAs', params: { state } } as const
}

export const signalling = base.createStateConfig({
  initial: 'starting',
  on: { 'transfer.asked': { actions: 'transferAsked' } },
  states: {
    starting: {
      always: [
        { guard: 'isOutgoing', target: 'creating' },
        { guard: startsAs('unknown'), target: 'adopting' },
        { guard: startsAs('terminated'), target: 'terminated' },
        { guard: startsAs('terminating'), ...terminating },
        { guard: startsAs('redirecting'), ...redirecting },
        { guard: startsAs('establishing'), ...establishing },
        { guard: startsAs('established'), ...connects['callState.established'] },
        { guard: startsAs('hold'), ...connects['callState.hold'] },
        { guard: startsAs('transferring'), ...connects['callState.transferring'] },
        { guard: startsAs('transferAccepted'), ...connects['callState.transferAccepted'] },
        { target: 'offered', actions: tell('call.incoming') },
      ],
    },
    creating: {
      entry: { type: 'createCall', params: ({ context }) => context.request ?? {} },
      on: {
        ...ends,
        ...connects,
        'createCall.accepted': establishing,
        'createCall.failed': notCreated,
        'callState.establishing': establishing,
        'callState.ringing': ringing,
      },
    },
    /**
     * Nobody could tell whether Graph took the request, and it was given up. Should Graph tell of the call
     * after all, it is hung up; once Graph would have ended it by itself, it is over.
     */
    withdrawn: {
      after: { withdrawnDeadline: 'terminated' },
      on: {
        ...over,
        'callState.terminating': terminating,
        'callState.establishing': hungUp,
        'callState.ringing': hungUp,
        'callState.established': hungUp,
        'callState.hold': hungUp,
        'callState.transferring': hungUp,
        'callState.transferAccepted': hungUp,
      },
    },
    /** A call nobody here knew, told of without its state: Graph is asked where it stands. */
    adopting: {
      entry: 'getCall',
      on: {
        ...ends,
        ...connects,
        'callState.incoming': { target: 'offered', actions: tell('call.incoming') },
        'callState.establishing': establishing,
        'callState.ringing': ringing,
        'callState.redirecting': redirecting,
      },
    },
    /** Graph rings for us, until one deadline that no failed attempt puts off. */
    offered: {
      initial: 'incoming',
      after: { answerDeadline: { target: '.missed', actions: tell('answer.missed') } },
      on: {
        ...ends,
        ...connects,
        // What rings is not hung up but rejected.
        'admin.hungUp': { actions: 'reject' },
        'answer.asked': '.answering',
        'answer.accepted': establishing,
        // Even where nobody decides: an answer repeated after a crash is refused (409) because Graph
        // took the first one, and the notifications that say so are on their way.
        'answer.failed': '.awaitingDecision',
        'reject.asked': terminating,
        'redirect.asked': redirecting,
        'callState.redirecting': redirecting,
        'callState.establishing': establishing,
      },
      states: {
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
        },
        answering: {},
        /** An attempt failed: the scenario may answer, reject or redirect while Graph still rings. */
        awaitingDecision: {},
        /**
         * Graph has ended the call, unless it took an answer that we have not heard of (the process was
         * away): it is asked, and its word decides.
         */
        missed: { entry: 'getCall' },
      },
    },
    redirecting: {
      on: {
        ...ends,
        ...connects,
        'redirect.failed': 'offered.awaitingDecision',
        'callState.establishing': establishing,
      },
    },
    establishing: {
      on: { ...ends, ...connects, 'callState.ringing': ringing },
    },
    ringing: {
      on: { ...ends, ...connects },
    },
    established: {
      always: { guard: 'isHeldInRoster', ...held },
      on: {
        ...ends,
        ...transfers,
        'callState.established': { guard: 'tellsFailedTransfer', ...transferFailure },
        'callState.hold': held,
      },
    },
    hold: {
      on: {
        ...ends,
        ...transfers,
        'callState.established': [
          { guard: 'tellsFailedTransfer', ...transferFailure },
          { guard: not('isHeldInRoster'), ...resumed },
        ],
        'roster.updated': { guard: 'leavesHoldInRoster', ...resumed },
      },
    },
    transferring: {
      after: { lookUpInterval: { target: 'transferring', reenter: true, actions: 'getCall' } },
      on: { ...ends, ...transferOver, 'callState.transferAccepted': transferAccepted },
    },
    transferAccepted: {
      after: { lookUpInterval: { target: 'transferAccepted', reenter: true, actions: 'getCall' } },
      on: {
        ...ends,
        ...transferOver,
        'callState.terminated': {
          target: 'terminated',
          actions: ['keepResult', tell('transfer.completed')],
        },
      },
    },
    /** On its way to its end; asked for again when nothing more is heard, until Graph says 404. */
    terminating: {
      after: {
        terminatingDeadline: { target: 'terminating', reenter: true, actions: 'hangUp' },
      },
      on: {
        ...over,
        'admin.hungUp': { actions: 'hangUp' },
        'createCall.failed': notCreated,
      },
    },
    terminated: {
      type: 'final',
      entry: 'tellTerminated',
    },
  },
})
