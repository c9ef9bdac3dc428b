/** Join and announce: the bot comes to a meeting, says what it has to say, and leaves when everybody has. */
import { not, stateIn } from 'xstate'
import type { CallContext } from '../call/context.ts'
import type { Prompt } from '../effects.ts'
import type { Participant } from '../words.ts'
import { afterSaying, type Ends, end, endingAs, plays, type Said, type Shape } from './shape.ts'
import { dialogue } from './vocabulary.ts'

/** What is said of somebody who joins. */
type SaidOf<Context> = (args: {
  readonly context: Context
  readonly participant: Participant
}) => Prompt | readonly Prompt[]

export type JoinAndAnnounce<Context = CallContext> = Ends & {
  /** Said when the bot has joined. */
  readonly prompt: Said<Context>
  /** Said of each who joins later. Default: nothing. */
  readonly newcomer?: SaidOf<Context>
  /** How long the bot waits to be let in. Default 60 min: by then Graph has ended what it does not let in. */
  readonly joinMs?: number
  /** How long the bot stays alone: a line may drop. Default 30 s. */
  readonly aloneMs?: number
}

/**
 * Waits until the bot is in the call, plays its announcement, and stays. Ends as `done` when everybody has left, as
 * `failed` when the bot was not let in. A restart changes nothing: rosters missed meanwhile are asked for.
 */
export function joinAndAnnounce(
  options: JoinAndAnnounce,
): Shape<'joining' | 'announcing' | 'together' | 'alone' | 'done' | 'failed'> {
  const { id, prompt, newcomer, joinMs = 60 * 60_000, aloneMs = 30_000 } = options
  const { onDone, onFailed } = options
  const said = afterSaying('together')
  const state = dialogue.createStateConfig({
    id,
    initial: 'joining',
    onDone: [endingAs('failed', onFailed), { target: onDone }],
    states: {
      joining: {
        always: { guard: stateIn({ signalling: 'established' }), target: 'announcing' },
        after: { [joinMs]: 'failed' },
      },
      announcing: { entry: plays(prompt), exit: 'media.stop', on: said.on, after: said.after },
      together: {
        always: { guard: 'people.areGone', target: 'alone' },
        exit: 'media.stop',
        on: newcomer
          ? {
              'participant.joined': [
                { guard: 'people.isSelf' },
                {
                  actions: {
                    type: 'playPrompt',
                    params: ({ context, event: { participant } }) => ({
                      prompt: newcomer({ context, participant }),
                    }),
                  },
                },
              ],
            }
          : {},
      },
      alone: {
        always: { guard: not('people.areGone'), target: 'together' },
        after: { [aloneMs]: 'done' },
      },
      done: end('done'),
      failed: end('failed'),
    },
  })
  return state
}
