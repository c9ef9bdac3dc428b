/** Record message: a caller speaks after the beep. */
import type { CallContext } from '../call/context.ts'
import type { Prompt } from '../effects.ts'
import type { Key } from './keys.ts'
import { type Ends, end, endingAs, insist, retrying, type Said, type Shape } from './shape.ts'
import { dialogue } from './vocabulary.ts'

/** Where Graph keeps a recording, and the bearer token that fetches it: `GET location`, soon. */
export type Recording = {
  readonly location: string | null | undefined
  readonly token: string | null | undefined
}

export type RecordMessage<Context = CallContext, Id extends string = string> = Ends<Id> & {
  /** Said before the beep. */
  readonly prompt?: Prompt
  /** End the message. Default `['#']`. */
  readonly stopKeys?: readonly Key[]
  /** Default true. */
  readonly beep?: boolean
  /** Graph's limit, and the default: 120 s. */
  readonly longestSeconds?: number
  /** How long a caller may say nothing at first, 1 to 120 s. Default 5. */
  readonly silenceSeconds?: number
  /** How long a caller may pause, 1 to 120 s. Default 5. */
  readonly pauseSeconds?: number
  /** How often it is asked again after nothing was said. Default 0. */
  readonly retries?: number
  /** Said first when it is asked again. */
  readonly retryPrompt?: Said<Context>
}

/** Prompt, silence and the longest recording are over by then: what is not heard of was lost. */
const RECORDING_LIMIT_MS = 6 * 60_000

/**
 * Records what a caller says. Ends as `done`, with the `Recording` under `context.private` by the shape's id, or
 * as `failed`. A restart while it is recorded loses nothing; one afterwards loses the token, so fetch it at once.
 */
export function recordMessage(
  options: RecordMessage,
): Shape<'asking' | 'retrying' | 'done' | 'failed'> {
  const { id, prompt, stopKeys = ['#'], beep = true, retries = 0, retryPrompt } = options
  const { longestSeconds = 120, silenceSeconds = 5, pauseSeconds = 5, onDone, onFailed } = options
  for (const seconds of [longestSeconds, silenceSeconds, pauseSeconds]) {
    insist(seconds >= 1 && seconds <= 120, id, 'records for 1 to 120 s, as Graph does.')
  }
  const spoken = { guard: 'isLastOfItsKind', target: 'retrying' } as const
  const state = dialogue.createStateConfig({
    id,
    initial: 'asking',
    entry: { type: 'shape.begin', params: { id } },
    onDone: [endingAs('failed', onFailed), { target: onDone }],
    states: {
      asking: {
        entry: [
          { type: 'digits.forget', params: { id } },
          {
            type: 'recordResponse',
            params: {
              ...(prompt !== undefined && { prompt }),
              playBeep: beep,
              stopTones: stopKeys,
              maxRecordDurationInSeconds: longestSeconds,
              initialSilenceTimeoutInSeconds: silenceSeconds,
              maxSilenceTimeoutInSeconds: pauseSeconds,
            },
          },
        ],
        exit: 'media.stop',
        on: {
          'recording.completed': {
            guard: 'isLastOfItsKind',
            target: 'done',
            actions: { type: 'recording.keep', params: { id } },
          },
          'recording.failed': spoken,
          'recording.cancelled': spoken,
        },
        after: { [RECORDING_LIMIT_MS]: 'retrying' },
      },
      retrying: retrying(id, retries, retryPrompt),
      done: end('done'),
      failed: end('failed'),
    },
  })
  return state
}
