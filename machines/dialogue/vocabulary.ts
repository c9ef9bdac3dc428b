/** What dialogue shapes add to the call's vocabulary. The names have a dot, so that no bot's own is one of them. */
import { assign, stateIn } from 'xstate'
import { base, type VocabularyOf } from '../call/base.ts'
import { type CallContext, type CallSettings, initialContext } from '../call/context.ts'
import type { CallEvent } from '../events.ts'
import { digitOf } from './keys.ts'
import { nothing, remember, remembered } from './memory.ts'
import { isOver, ringing } from './rings.ts'

type Args = { readonly context: CallContext; readonly event: CallEvent }
type OfShape = { readonly id: string }

function digitsIn({ private: secret }: CallContext, id: string): string {
  const digits: unknown = Object.entries(secret).find(([name]) => name === id)?.[1]
  return typeof digits === 'string' ? digits : ''
}

/** The private values with one more, or without it. */
function keeping({ private: secret }: CallContext, id: string, value: unknown) {
  return { private: { ...secret, [id]: value } }
}

/** The digits with one more, in the order in which they were pressed: tones overtake one another. */
function withDigit(context: CallContext, id: string, digit: string, sequenceId: number) {
  const heard = [...remembered(context, id).heard, sequenceId].sort((one, other) => one - other)
  const at = heard.indexOf(sequenceId)
  const digits = digitsIn(context, id)
  return {
    ...remember(context, id, { heard }),
    ...keeping(context, id, `${digits.slice(0, at)}${digit}${digits.slice(at)}`),
  }
}

export const dialogue = ringing.extend({
  actions: {
    /** A shape begins, or begins anew: nothing is remembered of an earlier time. */
    'shape.begin': assign(({ context }, { id }: OfShape) => remember(context, id, nothing)),
    'shape.countRetry': assign(({ context }, { id }: OfShape) =>
      remember(context, id, { retries: remembered(context, id).retries + 1 }),
    ),
    'digits.forget': assign(({ context }, { id }: OfShape) => ({
      ...remember(context, id, { heard: [] }),
      ...keeping(context, id, undefined),
    })),
    'digits.keep': assign(({ context, event }, { id }: OfShape) => {
      const digit = event.type === 'tone.received' ? digitOf(event.toneInfo) : undefined
      return event.type === 'tone.received' && digit !== undefined
        ? withDigit(context, id, digit, event.toneInfo.sequenceId)
        : {}
    }),
    'recording.keep': assign(({ context, event }, { id }: OfShape) => {
      if (event.type !== 'recording.completed') return {}
      const { recordingLocation, recordingAccessToken } = event.answer.operation ?? {}
      return keeping(context, id, { location: recordingLocation, token: recordingAccessToken })
    }),
    /** Once is enough, however many shapes listen. */
    'tones.listen': base.enqueueActions(({ enqueue, check }) => {
      const tones = check(stateIn({ media: { serviceHosted: { tones: 'unsubscribed' } } }))
      if (tones) enqueue('subscribeToTone')
    }),
    /** Graph cancels all that is queued, so it is asked only while something is. */
    'media.stop': base.enqueueActions(({ context, event, enqueue }) => {
      const ended = 'command' in event ? event.command.id : undefined
      const isPlaying = context.mediaQueue.some(({ id }) => id !== ended)
      if (isPlaying && !isOver(event)) enqueue('cancelMediaProcessing')
    }),
  },
  guards: {
    'shape.mayRetry': (
      { context }: Args,
      { id, retries }: OfShape & { readonly retries: number },
    ) => remembered(context, id).retries < retries,
    'digits.isNext': ({ event }: Args) =>
      event.type === 'tone.received' && digitOf(event.toneInfo) !== undefined,
    /** The digit just pressed is the last that is asked for. */
    'digits.isLast': (
      { context, event }: Args,
      { id, length }: OfShape & { readonly length: number },
    ) =>
      event.type === 'tone.received' &&
      digitOf(event.toneInfo) !== undefined &&
      digitsIn(context, id).length + 1 >= length,
    'digits.areEnough': ({ context }: Args, { id, least }: OfShape & { readonly least: number }) =>
      digitsIn(context, id).length >= least,
    /** As far as the roster has told; the bot itself is in it too. */
    'people.areGone': ({ context }: Args) => context.rosterSize <= 1,
    /** How the shape ended: the name of its final state. */
    'shape.endedAs': ({ event }: Args, { end }: { readonly end: string }) =>
      'output' in event && event.output === end,
  },
})

type Vocabulary = VocabularyOf<typeof dialogue>

export type BaseActions = Vocabulary['actions']
export type BaseGuards = Vocabulary['guards']
export type BaseDelay = Vocabulary['delay']

const silent: CallSettings = {
  incoming: 'ask',
  acceptedModalities: [],
  mediaConfig: undefined,
  callOptions: undefined,
  participantCapacity: undefined,
  rosterPollMs: undefined,
}

/** The implementations behind the names, for setups that extend the base. */
export const vocabulary = dialogue.createMachine({
  context: ({ input }) => initialContext(input, silent, {}, undefined),
}).implementations
