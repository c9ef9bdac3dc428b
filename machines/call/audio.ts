/** Audio: whether the bot itself is muted, by its own request or by the roster's word. */
import { base } from './base.ts'
import { tell } from './tell.ts'

const muted = { target: 'muted', actions: tell('self.muted') } as const
const unmuted = { target: 'unmuted', actions: tell('self.unmuted') } as const
const end = { 'call.terminated': 'ended' } as const

export const audio = base.createStateConfig({
  initial: 'unmuted',
  states: {
    unmuted: {
      on: {
        ...end,
        'mute.asked': 'muting',
        'roster.updated': { guard: 'becomesMuted', ...muted },
      },
    },
    muting: {
      on: {
        ...end,
        'mute.completed': muted,
        'mute.failed': 'unmuted',
        'unmute.asked': 'unmuting',
        'roster.updated': { guard: 'becomesMuted', ...muted },
      },
    },
    muted: {
      on: {
        ...end,
        'unmute.asked': 'unmuting',
        'roster.updated': { guard: 'becomesUnmuted', ...unmuted },
      },
    },
    unmuting: {
      on: {
        ...end,
        'unmute.completed': unmuted,
        'unmute.failed': 'muted',
        'mute.asked': 'muting',
        'roster.updated': { guard: 'becomesUnmuted', ...unmuted },
      },
    },
    ended: { type: 'final' },
  },
})
