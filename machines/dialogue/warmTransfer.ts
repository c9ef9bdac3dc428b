/** Warm transfer: somebody is fetched into the call and told what it is about before the caller is with them. */
import type { CallContext } from '../call/context.ts'
import type { Prompt } from '../effects.ts'
import { ringingStates } from './ringAny.ts'
import {
  afterSaying,
  type Ends,
  end,
  endingAs,
  type Given,
  plays,
  type Said,
  type Shape,
} from './shape.ts'
import { dialogue } from './vocabulary.ts'

export type WarmTransfer<Context = CallContext> = Ends & {
  /** Who is fetched: an object id or `user@domain`, `+` and digits, or another target that is a text. */
  readonly to: Given<string, Context>
  /** Said to the caller while it rings. */
  readonly prompt?: Said<Context>
  /** Said to whoever picked up, while the caller is held with music. Default: nothing, and nobody is held. */
  readonly whisper?: Said<Context>
  /** What the held caller hears. Default: Graph's own music. */
  readonly music?: Prompt
  /** How long it rings. Default 45 s. */
  readonly ringMs?: number
}

/** How long Graph may take to list, hold and bring back; what then is not heard of was lost. */
const HOLD_LIMIT_MS = 10_000

/**
 * Fetches somebody into the call. Ends as `done` when they have picked up, been told, and the caller is with them:
 * the bot may then hang up, and both stay. Ends as `failed` when they did not come, or left before that; the caller
 * is with the bot again. Where the caller cannot be held nothing is whispered. A restart changes nothing.
 */
export function warmTransfer(
  options: WarmTransfer,
): Shape<'starting' | 'ringing' | 'takingBack' | 'givingUp' | 'done' | 'failed'> {
  const { id, to, whisper, music, onDone, onFailed } = options
  const targets: Given<readonly string[], CallContext> =
    typeof to === 'function' ? (known) => [to(known)] : [to]
  const hold = { type: 'hold.start', params: { id, music } } as const
  const left = [
    { guard: { type: 'rings.isJoined', params: { id } }, target: 'failing' },
    { guard: 'hold.isCaller', target: 'failing' },
  ] as const
  const told = afterSaying('releasing')
  const release = { type: 'hold.stop', params: { id } } as const
  const state = dialogue.createStateConfig({
    id,
    initial: 'starting',
    entry: { type: 'shape.begin', params: { id } },
    exit: [{ type: 'rings.recall', params: { id } }, release],
    onDone: [endingAs('failed', onFailed), { target: onDone }],
    states: {
      ...ringingStates({ ...options, targets }, whisper === undefined ? 'done' : 'holding'),
      ...(whisper !== undefined && {
        holding: dialogue.createStateConfig({
          entry: 'listParticipants',
          on: {
            'listParticipants.completed': [
              { guard: 'hold.hasCaller', actions: hold },
              { target: 'done' },
            ],
            'listParticipants.failed': 'done',
            'holdMusic.completed': 'whispering',
            'holdMusic.failed': 'releasing',
            'holdMusic.cancelled': 'releasing',
            'participant.left': left,
          },
          after: { [HOLD_LIMIT_MS]: 'releasing' },
        }),
        whispering: dialogue.createStateConfig({
          entry: plays(whisper),
          exit: 'media.stop',
          on: { ...told.on, 'participant.left': left },
          after: told.after,
        }),
        releasing: releasing(id, 'done'),
        failing: releasing(id, 'failed'),
      }),
      done: end('done'),
      failed: end('failed'),
    },
  })
  return state
}

/** The caller is brought back from hold before it goes on: the bot may be about to hang up. */
function releasing(id: string, next: 'done' | 'failed') {
  return dialogue.createStateConfig({
    entry: { type: 'hold.stop', params: { id } },
    on: { 'stopHoldMusic.completed': next, 'stopHoldMusic.failed': next },
    after: { [HOLD_LIMIT_MS]: next },
  })
}
