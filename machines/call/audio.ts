/**
 * Audio: whether the bot itself is muted, by its own request or by the roster's word. Requests may overtake
 * one another's answers, so only the answer to the latest one settles it; a failure leaves it as it was.
 */
import { and } from 'xstate'
import { base } from './base.ts'
import { tell } from './tell.ts'

const heardMuted = ['keepMuted', tell('self.muted')] as const
const heardUnmuted = ['keepUnmuted', tell('self.unmuted')] as const
const muted = { target: 'muted', actions: heardMuted } as const
const unmuted = { target: 'unmuted', actions: heardUnmuted } as const
const asksMute = { target: 'muting', actions: 'keepMuteAsked' } as const
const asksUnmute = { target: 'unmuting', actions: 'keepMuteAsked' } as const
const asBefore = [
  { guard: and(['answersLatestMute', 'isMuted']), target: 'muted' },
  { guard: 'answersLatestMute', target: 'unmuted' },
] as const
const end = { 'call.terminated': 'ended' } as const

export const audio = base.createStateConfig({
  initial: 'unmuted',
  states: {
    unmuted: {
      on: {
        ...end,
        'mute.asked': asksMute,
        'roster.updated': { guard: 'becomesMuted', ...muted },
      },
    },
    muting: {
      on: {
        ...end,
        'mute.asked': asksMute,
        'unmute.asked': asksUnmute,
        'mute.completed': [{ guard: 'answersLatestMute', ...muted }, { actions: heardMuted }],
        'unmute.completed': { actions: heardUnmuted },
        'mute.failed': asBefore,
        'roster.updated': { guard: 'becomesMuted', ...muted },
      },
    },
    muted: {
      on: {
        ...end,
        'unmute.asked': asksUnmute,
        'roster.updated': { guard: 'becomesUnmuted', ...unmuted },
      },
    },
    unmuting: {
      on: {
        ...end,
        'mute.asked': asksMute,
        'unmute.asked': asksUnmute,
        'unmute.completed': [{ guard: 'answersLatestMute', ...unmuted }, { actions: heardUnmuted }],
        'mute.completed': { actions: heardMuted },
        'unmute.failed': asBefore,
        'roster.updated': { guard: 'becomesUnmuted', ...unmuted },
      },
    },
    ended: { type: 'final' },
  },
})
