/**
 * Media: what is played, recorded and listened to. Service-hosted media is Graph's work (prompts and
 * recordings queue and run in order, tones are outside the queue); app-hosted media is the bot's own.
 */
import { raise } from 'xstate'
import { base } from './base.ts'
import { tell } from './tell.ts'

const flowing = { target: 'flowing', actions: tell('media.active') } as const
const stopped = { actions: tell('media.inactive') } as const
const queued = { target: 'playing', actions: 'queueMedia' } as const
const recording = { target: 'recording', actions: 'queueMedia' } as const

/** A finished operation leaves the queue; the last one leaves the state as well. */
const playedOut = [
  { guard: 'isLastInMediaQueue', target: 'idle', actions: 'dequeueMedia' },
  { actions: 'dequeueMedia' },
] as const
const recorded = { target: 'idle', actions: 'dequeueMedia' } as const

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
            idle: { on: { 'prompt.asked': queued } },
            playing: {
              on: {
                'prompt.asked': { actions: 'queueMedia' },
                'prompt.completed': playedOut,
                'prompt.failed': playedOut,
                'prompt.cancelled': playedOut,
              },
            },
          },
        },
        recording: {
          initial: 'idle',
          states: {
            idle: { on: { 'recording.asked': recording } },
            recording: {
              on: {
                'recording.completed': recorded,
                'recording.failed': recorded,
                'recording.cancelled': recorded,
              },
            },
          },
        },
        tones: {
          initial: 'unsubscribed',
          on: {
            'tone.reported': {
              guard: 'isNewTone',
              actions: [
                'hearTone',
                raise(({ event: { toneInfo } }) => ({ type: 'tone.received' as const, toneInfo })),
              ],
            },
          },
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
      on: {
        'call.terminated': 'ended',
        'tone.reported': {
          guard: 'isNewTone',
          actions: [
            'hearTone',
            raise(({ event: { toneInfo } }) => ({ type: 'tone.received' as const, toneInfo })),
          ],
        },
      },
      states: {
        connecting: { on: { 'mediaState.active': flowing } },
        flowing: { on: { 'mediaState.inactive': { target: 'failed', ...stopped } } },
        failed: { on: { 'mediaState.active': flowing } },
      },
    },
    ended: { type: 'final' },
  },
})
