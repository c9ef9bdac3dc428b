/** Confirm: a caller says yes or no by pressing one key. */
import type { CallContext } from '../call/context.ts'
import type { Key } from './keys.ts'
import { type Asking, menu } from './menu.ts'
import { type Ends, insist } from './shape.ts'

export type Confirm<Context = CallContext> = Ends &
  Asking<Context> & {
    /** The key that means yes. Default `'1'`. */
    readonly yes?: Key
    /** The key that means no. Default `'2'`. */
    readonly no?: Key
    /** Where no leads. */
    readonly onRefused: string
  }

/** A menu of two: yes leads to `onDone`, no to `onRefused`; no answer ends as `failed`. */
export function confirm(options: Confirm): ReturnType<typeof menu> {
  const { yes = '1', no = '2', onDone, onRefused, ...asking } = options
  insist(yes !== no, options.id, 'needs two keys, one for yes and one for no.')
  return menu({ ...asking, choices: { [yes]: onDone, [no]: onRefused } })
}
