/**
 * Media: what is played, recorded and listened to. Service-hosted media is Graph's work (prompts and
 * recordings queue and run in order, tones are outside the queue); app-hosted media is the bot's own.
 */
import { raise } from 'xstate'
import { base } from './base.ts'
import { tell } from './tell.ts'

const flowing = { target: 'flowing', actions: tell('media.active') } as const
const stopped = { actions: tell('media.inactive') } as const

/** A finished operation leaves the queue; the last one of its kind leaves the state as well. */
const ended = [
  { guard: 'isLastOfItsKind', target: 'idle', actions: 'dequeueMedia' },
  { actions: 'dequeueMedia' },
] as const

/** A repeated tone is heard once. */
const hearing = base.createStateConfig({
  on: {
    'tone.reported': {
      guard: 'isNewTone',
      actions: [
        'hearTone',
        raise(({ event: { toneInfo } }) => ({ type: 'tone.received' as const, toneInfo })),
      ],
    },
  },
})

export const media = base.createStateConfig({
  initial: 'starting',
  states: {
    starting: {
      always: [{ guard: 'isAppHosted', target: 'appHosted' }, { target: 'serviceHosted' }],
    },
    serviceHosted: {
      type: 'parallel',
      on: { 'call.terminated': 'ended' },
      states: {
        audioStream: {
          initial: 'inactive',
          states: {
            inactive: {
              on: { 'mediaState.active': { target: 'active', actions: tell('media.active') } },
            },
            active: {
              on: {
                'mediaState.inactive': { target: 'inactive', actions: tell('media.inactive') },
              },
            },
          },
        },
        prompts: {
          initial: 'idle',
          states: {
            idle: { on: { 'prompt.asked': { target: 'playing', actions: 'queueMedia' } } },
            playing: {
              on: {
                'prompt.asked': { actions: 'queueMedia' },
                'prompt.completed': ended,
                'prompt.failed': ended,
                'prompt.cancelled': ended,
              },
            },
          },
        },
        recording: {
          initial: 'idle',
          states: {
            idle: { on: { 'recording.asked': { target: 'recording', actions: 'queueMedia' } } },
            recording: {
              on: {
                'recording.asked': { actions: 'queueMedia' },
                'recording.completed': ended,
                'recording.failed': ended,
                'recording.cancelled': ended,
              },
            },
          },
        },
        tones: {
          initial: 'unsubscribed',
          on: hearing.on,
          states: {
            unsubscribed: { on: { 'subscribeToTone.asked': 'subscribing' } },
            subscribing: {
              on: {
                'subscribeToTone.completed': 'subscribed',
                'subscribeToTone.failed': 'unsubscribed',
              },
            },
            subscribed: {},
          },
        },
      },
    },
    appHosted: {
      initial: 'connecting',
      on: { 'call.terminated': 'ended', ...hearing.on },
      states: {
        connecting: { on: { 'mediaState.active': flowing } },
        flowing: { on: { 'mediaState.inactive': { target: 'failed', ...stopped } } },
        failed: { on: { 'mediaState.active': flowing } },
      },
    },
    ended: { type: 'final' },
  },
})
