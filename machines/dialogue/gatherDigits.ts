/** Gather digits: a caller is asked for digits and keys them in. */
import type { CallContext } from '../call/context.ts'
import { type Key, pressed } from './keys.ts'
import {
  afterSaying,
  type Ends,
  end,
  endingAs,
  insist,
  plays,
  retrying,
  type Said,
  type Shape,
} from './shape.ts'
import { dialogue } from './vocabulary.ts'

export type GatherDigits<Context = CallContext, Id extends string = string> = Ends<Id> & {
  readonly prompt: Said<Context>
  /** How many digits: exactly so many, or at least and at most. */
  readonly length: number | readonly [least: number, most: number]
  /** Ends what has fewer digits than it may have. Default `'#'`. */
  readonly stopKey?: Key
  /** How often it is asked again after nothing, or too little, was keyed in. Default 2. */
  readonly retries?: number
  /** Said first when it is asked again. */
  readonly retryPrompt?: Said<Context>
  /** Whether keys pressed while the prompt plays count, and stop it. Default true. */
  readonly bargeIn?: boolean
  /** How long the first digit may take once the prompt has ended. Default 5 s. */
  readonly firstDigitMs?: number
  /** How long each further digit may take. Default 3 s. */
  readonly nextDigitMs?: number
}

/**
 * Asks for digits. Ends as `done`, with the digits as text under `context.private` by the shape's id, or as
 * `failed` when it was asked often enough. Digits stay in memory: a restart while they are keyed in asks anew
 * without counting it; a later state that needs them hears `engine.resumed` and leads back here.
 */
export function gatherDigits(
  options: GatherDigits,
): Shape<'asking' | 'waiting' | 'collecting' | 'retrying' | 'done' | 'failed'> {
  const { id, prompt, length, stopKey = '#', retries = 2, retryPrompt, bargeIn = true } = options
  const { firstDigitMs = 5_000, nextDigitMs = 3_000, onDone, onFailed } = options
  const [least, most] = typeof length === 'number' ? [length, length] : length
  insist(least >= 1 && most >= least, id, 'needs a length of one digit or more.')
  const isLast = { type: 'digits.isLast', params: { id, length: most } } as const
  const keep = { type: 'digits.keep', params: { id } } as const
  const isEnough = { type: 'digits.areEnough', params: { id, least } } as const
  const digit = [
    { guard: isLast, target: 'done', actions: keep },
    { guard: 'digits.isNext', target: 'collecting', reenter: true, actions: keep },
  ] as const
  const first = {
    'tone.received': [...digit, { guard: pressed(stopKey), target: 'retrying' }],
  } as const
  const said = afterSaying('waiting')
  const state = dialogue.createStateConfig({
    id,
    initial: 'asking',
    entry: { type: 'shape.begin', params: { id } },
    // Nothing is lost before the first digit: whoever listens around this need not hear of the restart.
    on: { 'engine.resumed': {} },
    onDone: [endingAs('failed', onFailed), { target: onDone }],
    states: {
      asking: {
        entry: [{ type: 'digits.forget', params: { id } }, 'tones.listen', plays(prompt)],
        exit: 'media.stop',
        on: { ...said.on, ...(bargeIn && first) },
        after: said.after,
      },
      waiting: { on: first, after: { [firstDigitMs]: 'retrying' } },
      collecting: {
        on: {
          'tone.received': [...digit, { guard: pressed(stopKey), target: 'enough' }],
          'engine.resumed': 'asking',
        },
        after: { [nextDigitMs]: 'enough' },
      },
      enough: { always: [{ guard: isEnough, target: 'done' }, { target: 'retrying' }] },
      retrying: retrying(id, retries, retryPrompt),
      done: end('done'),
      failed: { ...end('failed'), entry: { type: 'digits.forget', params: { id } } },
    },
  })
  return state
}
