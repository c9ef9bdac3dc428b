/** Large gallery: whether Graph was asked to add the video of a whole large meeting, and has. */
import { base } from './base.ts'

const end = { 'call.terminated': 'ended' } as const

export const largeGallery = base.createStateConfig({
  initial: 'absent',
  states: {
    absent: { on: { ...end, 'largeGallery.asked': 'adding' } },
    adding: {
      on: {
        ...end,
        'largeGallery.completed': 'present',
        'largeGallery.failed': 'absent',
        'largeGallery.cancelled': 'absent',
      },
    },
    present: { on: end },
    ended: { type: 'final' },
  },
})
