/**
 * What every dialogue shape is: one state of a scenario, with an id, that asks, waits and ends. How it ended is
 * the name of a final state within it, and leads where the author says: `done` to `onDone`, `failed` to
 * `onFailed`. Whatever people, Graph and crashes do, one of its ends comes, or the call's.
 */
import type { CallContext } from '../call/context.ts'
import type { Prompt } from '../effects.ts'
import { dialogue } from './vocabulary.ts'

/** What every shape is told: its name, and the states beside it that it leads to. */
export type Ends<Id extends string = string> = {
  /** The state's XState id, unique in its chart; what the shape remembers goes by it. */
  readonly id: Id
  readonly onDone: string
  readonly onFailed: string
}

/** A shape as a state config, told by the names of its states. */
export type Shape<States extends string> = {
  readonly id: string
  readonly initial: string
  readonly states: { readonly [Name in States]: Record<never, never> }
}

/** A value, or how to work it out when it is needed. */
export type Given<Value, Context> = Value | ((args: { readonly context: Context }) => Value)

/** Anything but a function, which is how a value is worked out. */
type Unworked = string | object

/** One prompt, or several played as one. */
export type Said<Context = CallContext> = Given<Prompt | readonly Prompt[], Context>

/** A prompt that has neither ended nor failed after this long is not waited for: its end was lost. */
const PROMPT_LIMIT_MS = 2 * 60_000

/** A parameter, worked out when it is needed where the author says how. */
export function given<const Name extends string, Value extends Unworked>(
  name: Name,
  value: Given<Value, CallContext>,
) {
  type Params = { readonly [Each in Name]: Value }
  const params = (known: Value) => ({ [name]: known }) as Params
  return typeof value === 'function'
    ? ({ context }: { readonly context: CallContext }) => params(value({ context }))
    : params(value)
}

/** The action that plays a prompt. */
export function plays(said: Said) {
  return { type: 'playPrompt', params: given('prompt', said) } as const
}

/** Where it goes on once all that was said has been heard, failed, or was lost sight of. */
export function afterSaying<const Target extends string>(target: Target, prompts = 1) {
  const heard = { guard: 'isLastOfItsKind', target } as const
  return {
    on: { 'prompt.completed': heard, 'prompt.failed': heard, 'prompt.cancelled': heard },
    after: { [prompts * PROMPT_LIMIT_MS]: target },
  } as const
}

/** The final state of an end, whose output is its name. */
export function end<const Name extends string>(name: Name) {
  return { type: 'final', output: name } as const
}

/** Where an end other than `done` leads. */
export function endingAs<const Name extends string>(name: Name, target: string) {
  return { guard: { type: 'shape.endedAs', params: { end: name } }, target } as const
}

/** A state that asks again as often as may be, saying first why, and then gives up. */
export function retrying(id: string, retries: number, said: Said | undefined) {
  const count = { type: 'shape.countRetry', params: { id } } as const
  return dialogue.createStateConfig({
    always: [
      {
        guard: { type: 'shape.mayRetry', params: { id, retries } },
        target: 'asking',
        actions: said === undefined ? [count] : [count, plays(said)],
      },
      { target: 'failed' },
    ],
  })
}

/** Refuses what TypeScript would: JavaScript has no types, and numbers have no ranges. */
export function insist(isSo: boolean, id: string, fault: string): void {
  if (!isSo) throw new Error(`The dialogue shape '${id}' ${fault}`)
}
