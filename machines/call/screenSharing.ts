/** Screen sharing: whether the bot views or shares, and when others' content sharing comes and goes. */
import { raise } from 'xstate'
import { base } from './base.ts'
import { tell } from './tell.ts'

const sharer = { target: 'sharer', actions: tell('self.sharing') } as const
const viewer = { target: 'viewer', actions: tell('self.viewing') } as const
const asksToShare = {
  guard: { type: 'asksRole', params: { role: 'sharer' } },
  target: 'becomingSharer',
} as const
const asksToView = {
  guard: { type: 'asksRole', params: { role: 'viewer' } },
  target: 'becomingViewer',
} as const
/** Which of several requests failed says little of the role: the roster does. */
const asBefore = [{ guard: 'isSharer', target: 'sharer' }, { target: 'viewer' }] as const
const end = { 'call.terminated': 'ended' } as const

export const screenSharing = base.createStateConfig({
  initial: 'viewer',
  on: {
    'contentSharing.reported': {
      actions: raise(({ event: { changeType, ids } }) => ({
        type:
          changeType === 'created'
            ? ('contentSharing.started' as const)
            : changeType === 'deleted'
              ? ('contentSharing.ended' as const)
              : ('contentSharing.updated' as const),
        ids,
      })),
    },
  },
  states: {
    viewer: {
      on: {
        ...end,
        'screenSharingRole.asked': asksToShare,
        'roster.updated': { guard: 'selfSharing', ...sharer },
      },
    },
    becomingSharer: {
      on: {
        ...end,
        'screenSharingRole.asked': asksToView,
        'screenSharingRole.failed': asBefore,
        'roster.updated': { guard: 'selfSharing', ...sharer },
      },
    },
    sharer: {
      on: {
        ...end,
        'screenSharingRole.asked': asksToView,
        'roster.updated': { guard: 'selfNotSharing', ...viewer },
      },
    },
    becomingViewer: {
      on: {
        ...end,
        'screenSharingRole.asked': asksToShare,
        'screenSharingRole.failed': asBefore,
        'roster.updated': { guard: 'selfNotSharing', ...viewer },
      },
    },
    ended: { type: 'final' },
  },
})
