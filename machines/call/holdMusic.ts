/** Hold music: whether a participant of a group call waits with music. Graph holds one at a time. */
import { base } from './base.ts'

const end = { 'call.terminated': 'ended' } as const
const asked = { 'holdMusic.asked': 'starting' } as const

export const holdMusic = base.createStateConfig({
  initial: 'off',
  states: {
    off: { on: { ...end, ...asked } },
    starting: {
      on: {
        ...end,
        'holdMusic.completed': 'playing',
        'holdMusic.failed': 'off',
        'holdMusic.cancelled': 'off',
        'stopHoldMusic.asked': 'stopping',
      },
    },
    playing: { on: { ...end, 'stopHoldMusic.asked': 'stopping' } },
    stopping: {
      on: {
        ...end,
        ...asked,
        'stopHoldMusic.completed': 'off',
        'stopHoldMusic.failed': 'playing',
      },
    },
    ended: { type: 'final' },
  },
})
