/**
 * Liveness: whether Graph still knows the call. Graph ends a call that sends no keepAlive for 45 min and
 * answers 404 once a call is gone, so the heart beats every 15 min and a 404 ends the call here too. Each
 * beat also asks where the call stands, for what a lost notification would have told.
 */
import { not, or, stateIn } from 'xstate'
import { base } from './base.ts'
import { tell } from './tell.ts'

const gone = { guard: 'isGone', target: 'lost', actions: tell('call.gone') } as const
const end = { 'call.terminated': 'ended' } as const
const lookUp = { actions: 'getCall' } as const
/** What Graph has given no id cannot be asked for. */
export const isNamed = not(
  or([stateIn({ signalling: 'creating' }), stateIn({ signalling: 'withdrawn' })]),
)

export const liveness = base.createStateConfig({
  initial: 'waiting',
  states: {
    /** Nothing to keep alive until Graph connects the call; its connecting or end may be missed. */
    waiting: {
      after: {
        lookUpInterval: [
          { guard: isNamed, target: 'waiting', reenter: true, ...lookUp },
          { target: 'waiting', reenter: true },
        ],
      },
      on: {
        ...end,
        'call.established': 'beating',
        'engine.resumed': { guard: isNamed, ...lookUp },
        'admin.nudged': { guard: isNamed, ...lookUp },
        'getCall.failed': gone,
        'hangUp.failed': gone,
        'answer.failed': gone,
        'reject.failed': gone,
        'redirect.failed': gone,
      },
    },
    beating: {
      after: {
        keepAliveInterval: { target: 'beating', reenter: true, actions: ['keepAlive', 'getCall'] },
      },
      on: {
        ...end,
        'engine.resumed': lookUp,
        'admin.nudged': lookUp,
        'keepAlive.failed': [gone, { target: 'suspect' }],
        'getCall.failed': [gone, { target: 'suspect' }],
        'hangUp.failed': gone,
      },
    },
    suspect: {
      after: { suspectInterval: { target: 'suspect', reenter: true, actions: 'getCall' } },
      on: {
        ...end,
        'admin.nudged': lookUp,
        'getCall.completed': 'beating',
        'keepAlive.completed': 'beating',
        'getCall.failed': gone,
        'keepAlive.failed': gone,
        'hangUp.failed': gone,
      },
    },
    lost: { on: end },
    ended: { type: 'final' },
  },
})
