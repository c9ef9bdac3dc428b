/** Wait in queue: music plays over and over until the caller's turn comes. */
import type { CallContext } from '../call/context.ts'
import { type Choices, leading } from './keys.ts'
import { afterSaying, type Ends, end, endingAs, plays, type Said, type Shape } from './shape.ts'
import { dialogue } from './vocabulary.ts'

export type WaitInQueue<Context = CallContext, Type extends string = string> = Ends & {
  /** The event that says that the caller's turn has come. */
  readonly until: Type
  readonly music: Said<Context>
  /** Said now and then in place of the music. */
  readonly announcement?: { readonly prompt: Said<Context>; readonly everyMs: number }
  /** Keys that lead out of the queue. */
  readonly choices?: Choices
  /** How long a caller waits at most. Default 15 min. */
  readonly patienceMs?: number
}

/** Music that cannot be played is tried again this much later. */
const SILENCE_MS = 10_000

/**
 * Plays music until an event says that it is the caller's turn. Ends as `done` then, as `failed` when that takes too
 * long. A restart changes nothing: the music goes on, and so does the time.
 */
export function waitInQueue(options: WaitInQueue): Shape<'music' | 'done' | 'failed'> {
  const { id, until, music, announcement, choices, patienceMs = 15 * 60_000 } = options
  const { onDone, onFailed } = options
  const played = afterSaying('music')
  const state = dialogue.createStateConfig({
    id,
    initial: 'music',
    entry: choices ? 'tones.listen' : [],
    on: {
      [until]: '.done',
      ...(choices && { 'tone.received': leading(choices) }),
    },
    after: { [patienceMs]: '.failed' },
    onDone: [endingAs('failed', onFailed), { target: onDone }],
    states: {
      music: {
        initial: 'playing',
        after: announcement ? { [announcement.everyMs]: 'announcing' } : {},
        states: {
          playing: {
            entry: plays(music),
            exit: 'media.stop',
            on: {
              'prompt.completed': { guard: 'isLastOfItsKind', target: 'playing', reenter: true },
              'prompt.failed': { guard: 'isLastOfItsKind', target: 'silent' },
              'prompt.cancelled': { guard: 'isLastOfItsKind', target: 'silent' },
            },
          },
          silent: { after: { [SILENCE_MS]: 'playing' } },
        },
      },
      ...(announcement && {
        announcing: dialogue.createStateConfig({
          entry: plays(announcement.prompt),
          exit: 'media.stop',
          on: played.on,
          after: played.after,
        }),
      }),
      done: end('done'),
      failed: end('failed'),
    },
  })
  return state
}
