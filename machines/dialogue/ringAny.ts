/** Ring any of several: all are invited into the call, and the rest are taken back when one picks up. */
import type { CallContext } from '../call/context.ts'
import {
  type Ends,
  end,
  endingAs,
  type Given,
  given,
  insist,
  plays,
  type Said,
  type Shape,
} from './shape.ts'
import { dialogue } from './vocabulary.ts'

export type RingAny<Context = CallContext> = Ends & {
  /** Whom to ring: object ids or `user@domain`, `+` and digits, or the other targets that are texts. */
  readonly targets: Given<readonly string[], Context>
  /** Said to the caller meanwhile. */
  readonly prompt?: Said<Context>
  /** How long it rings. Default 45 s. */
  readonly ringMs?: number
}

/** By then Graph has given up ringing by itself, where taking back was not allowed. */
const SETTLED_MS = 90_000

/**
 * Rings several people at once. Ends as `done` when one has picked up and the rest have been taken back, as
 * `failed` when nobody has in time; `whoJoined` tells who. A restart changes nothing.
 */
export function ringAny(
  options: RingAny,
): Shape<'starting' | 'ringing' | 'takingBack' | 'givingUp' | 'done' | 'failed'> {
  const { id, onDone, onFailed } = options
  const state = dialogue.createStateConfig({
    id,
    initial: 'starting',
    entry: { type: 'shape.begin', params: { id } },
    exit: { type: 'rings.recall', params: { id } },
    onDone: [endingAs('failed', onFailed), { target: onDone }],
    states: { ...ringingStates(options, 'done'), done: end('done'), failed: end('failed') },
  })
  return state
}

/** The states of ringing, up to `joined` or `failed` beside them. */
export function ringingStates<const Joined extends string>(
  { id, targets, prompt, ringMs = 45_000 }: Omit<RingAny, 'onDone' | 'onFailed'>,
  joined: Joined,
) {
  insist(typeof targets === 'function' || targets.length > 0, id, 'rings nobody.')
  const isOpen = { type: 'rings.isOpen', params: { id } } as const
  const recall = { type: 'rings.recall', params: { id } } as const
  const note = { type: 'rings.note', params: { id } } as const
  const name = { type: 'rings.name', params: { id } } as const
  const named = { guard: isOpen, actions: name } as const
  const recallNamed = { guard: isOpen, actions: [name, recall] } as const
  const showOut = { type: 'rings.showOut', params: { id } } as const
  const mark = (state: 'joined' | 'late' | 'gone') =>
    ({ type: 'rings.mark', params: { id, state } }) as const
  const pickedUp = { guard: isOpen, target: 'takingBack', actions: mark('joined') } as const
  const gone = { guard: isOpen, actions: mark('gone') } as const
  const wanted = given('targets', targets)
  return {
    starting: dialogue.createStateConfig({
      always: [
        { guard: { type: 'rings.hasTargets', params: wanted }, target: 'ringing' },
        { target: 'failed' },
      ],
    }),
    ringing: dialogue.createStateConfig({
      entry: [
        ...(prompt === undefined ? [] : [plays(prompt)]),
        { type: 'rings.start', params: wanted },
      ],
      exit: 'media.stop',
      on: {
        'invite.asked': { actions: note },
        'invite.started': named,
        'participant.updated': named,
        'invite.completed': pickedUp,
        'participant.joined': pickedUp,
        'invite.failed': [
          {
            guard: { type: 'rings.isLast', params: { id } },
            target: 'failed',
            actions: mark('gone'),
          },
          gone,
        ],
        'invite.cancelled': [
          {
            guard: { type: 'rings.isLast', params: { id } },
            target: 'failed',
            actions: mark('gone'),
          },
          gone,
        ],
      },
      // A declaration cannot name a key by a parameter.
      after: Object.fromEntries([[ringMs, 'givingUp']]),
    }),
    takingBack: dialogue.createStateConfig({
      entry: recall,
      always: { guard: { type: 'rings.areSettled', params: { id } }, target: joined },
      on: {
        'invite.started': recallNamed,
        'invite.completed': { guard: isOpen, actions: [mark('late'), 'listParticipants'] },
        'participant.joined': { guard: isOpen, actions: showOut },
        'listParticipants.completed': { guard: isOpen, actions: showOut },
        'invite.failed': gone,
        'invite.cancelled': gone,
      },
      after: { [SETTLED_MS]: joined },
    }),
    givingUp: dialogue.createStateConfig({
      entry: recall,
      always: { guard: { type: 'rings.areSettled', params: { id } }, target: 'failed' },
      on: {
        'invite.started': recallNamed,
        'invite.completed': pickedUp,
        'participant.joined': pickedUp,
        'invite.failed': gone,
        'invite.cancelled': gone,
      },
      after: { [SETTLED_MS]: 'failed' },
    }),
  } as const
}
