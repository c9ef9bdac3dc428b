/** Menu: a caller chooses by pressing one key. */
import type { CallContext } from '../call/context.ts'
import { type Choices, isKey, leading } from './keys.ts'
import {
  afterSaying,
  type Ends,
  end,
  insist,
  plays,
  retrying,
  type Said,
  type Shape,
} from './shape.ts'
import { dialogue } from './vocabulary.ts'

export type Asking<Context> = {
  readonly prompt: Said<Context>
  /** How often it is asked again after no key, or another one. Default 2. */
  readonly retries?: number
  /** Said first when it is asked again. */
  readonly retryPrompt?: Said<Context>
  /** Whether keys pressed while the prompt plays count, and stop it. Default true. */
  readonly bargeIn?: boolean
  /** How long a key may take once the prompt has ended. Default 5 s. */
  readonly keyMs?: number
}

export type Menu<Context = CallContext> = Omit<Ends, 'onDone'> &
  Asking<Context> & {
    /** Where each key leads: `{ 1: 'desk', 2: 'hours' }`. */
    readonly choices: Choices
  }

/**
 * Offers choices. Leads to the state of the key that is pressed, or ends as `failed` when it was asked often
 * enough. A restart changes nothing: what was asked goes on being asked.
 */
export function menu(options: Menu): Shape<'asking' | 'waiting' | 'retrying' | 'failed'> {
  const { id, prompt, choices, retries = 2, retryPrompt, bargeIn = true } = options
  const { keyMs = 5_000, onFailed } = options
  const keys = Object.keys(choices)
  insist(keys.length > 0, id, 'offers no choice.')
  insist(keys.every(isKey), id, `has a choice on a key that no dial pad has: ${keys.join(', ')}.`)
  const said = afterSaying('waiting')
  const state = dialogue.createStateConfig({
    id,
    initial: 'asking',
    entry: { type: 'shape.begin', params: { id } },
    on: { 'tone.received': [...leading(choices), { target: '.retrying' }] },
    onDone: { target: onFailed },
    states: {
      asking: {
        entry: ['tones.listen', plays(prompt)],
        exit: 'media.stop',
        on: { ...said.on, ...(!bargeIn && { 'tone.received': {} }) },
        after: said.after,
      },
      waiting: { after: { [keyMs]: 'retrying' } },
      retrying: retrying(id, retries, retryPrompt),
      failed: end('failed'),
    },
  })
  return state
}
