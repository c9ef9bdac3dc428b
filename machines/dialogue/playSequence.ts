/** Play sequence: prompts are played one after another. */
import type { CallContext } from '../call/context.ts'
import { type Key, pressed } from './keys.ts'
import {
  afterSaying,
  type Ends,
  end,
  endingAs,
  insist,
  plays,
  type Said,
  type Shape,
} from './shape.ts'
import { dialogue } from './vocabulary.ts'

export type PlaySequence<Context = CallContext> = Ends & {
  /** Played in this order, each by itself: one that fails does not keep the others from being heard. */
  readonly prompts: readonly Said<Context>[]
  /** Skips what is left. Default: no key does. */
  readonly skipKey?: Key
}

/**
 * Plays prompts one after another; Graph has them all at once, so no crash of ours makes a pause between them.
 * Ends as `done` when all were played or skipped, as `failed` when not one could be played.
 */
export function playSequence(options: PlaySequence): Shape<'playing' | 'done' | 'failed'> {
  const { id, prompts, skipKey, onDone, onFailed } = options
  insist(prompts.length > 0, id, 'has no prompts.')
  const played = afterSaying(`#${id}.done`, prompts.length)
  const failed = afterSaying(`#${id}.failed`)
  const completed = played.on['prompt.completed']
  const skip = skipKey && { 'tone.received': { guard: pressed(skipKey), target: 'done' } }
  const state = dialogue.createStateConfig({
    id,
    initial: 'playing',
    onDone: [endingAs('failed', onFailed), { target: onDone }],
    states: {
      playing: {
        initial: 'unheard',
        entry: [...(skipKey ? ['tones.listen' as const] : []), ...prompts.map(plays)],
        exit: 'media.stop',
        on: { ...skip },
        after: played.after,
        states: {
          unheard: {
            on: { ...failed.on, 'prompt.completed': [completed, { target: 'heard' }] },
          },
          heard: { on: played.on },
        },
      },
      done: end('done'),
      failed: end('failed'),
    },
  })
  return state
}
