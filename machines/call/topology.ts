/**
 * Topology: two parties or many. A call becomes multiparty by our invite, or because another party adds
 * somebody; after such an escalation Graph sends no rosters, which the state says (`rosterSilent`).
 * Without a permission to join group calls the bot is dropped when another party escalates.
 */
import { base } from './base.ts'
import { isNamed } from './liveness.ts'
import { tell } from './tell.ts'

/** What every notification about the call adds to what is known of it. */
const merge = { actions: 'mergeCall' } as const
const lookedUp = { guard: 'isFateUnknown', actions: 'listParticipants' } as const
const end = { 'call.terminated': '#topologyEnded' } as const
const escalated = { target: 'multiparty.rosterSilent', actions: tell('call.escalated') } as const

/** A two-party call has no roster: the first one shows an escalation. */
const escalatedByRoster = [
  {
    guard: 'isNotified',
    target: 'multiparty.rosterLive',
    actions: ['keepRoster', tell('call.escalated')],
  },
  { ...escalated, actions: ['keepRoster', tell('call.escalated')] },
] as const
const escalatedByCoordinates = {
  ...escalated,
  guard: 'becomesGroup',
  actions: ['mergeCall', tell('call.escalated')],
} as const

export const topology = base.createStateConfig({
  initial: 'starting',
  states: {
    starting: {
      always: [{ guard: 'isGroup', target: 'multiparty' }, { target: 'peerToPeer' }],
    },
    peerToPeer: {
      on: {
        ...end,
        'invite.completed': escalated,
        'invite.asked': { target: 'escalating', actions: tell('call.escalating') },
        'call.updated': [
          {
            guard: 'becomesForeignGroup',
            target: 'dropped',
            actions: ['mergeCall', tell('call.escalating')],
          },
          escalatedByCoordinates,
          merge,
        ],
        'roster.updated': escalatedByRoster,
      },
    },
    escalating: {
      on: {
        ...end,
        'invite.completed': escalated,
        'invite.failed': 'peerToPeer',
        'invite.cancelled': 'peerToPeer',
        'call.updated': [escalatedByCoordinates, merge],
        'roster.updated': escalatedByRoster,
      },
    },
    /** Escalated by another party although the bot may not join group calls: Graph ends its leg. */
    dropped: { on: { ...end, 'call.updated': merge } },
    multiparty: {
      initial: 'rosterLive',
      on: {
        ...end,
        'call.updated': merge,
        // Rosters may have been missed while the process was away.
        'engine.resumed': { guard: isNamed, actions: 'listParticipants' },
        'admin.nudged': { guard: isNamed, actions: 'listParticipants' },
        // What may or may not have been done shows in the roster.
        'mute.failed': lookedUp,
        'unmute.failed': lookedUp,
        'screenSharingRole.failed': lookedUp,
      },
      states: {
        rosterLive: {
          // A roster that was lost for good shows in no other way.
          after: {
            keepAliveInterval: [
              { guard: isNamed, target: 'rosterLive', reenter: true, actions: 'listParticipants' },
              { target: 'rosterLive', reenter: true },
            ],
          },
          on: {
            'roster.updated': [
              { guard: 'hasGap', actions: ['keepRoster', 'listParticipants'] },
              { actions: 'keepRoster' },
            ],
          },
        },
        rosterSilent: {
          always: { guard: 'pollsRoster', target: 'rosterPolled' },
          on: {
            'roster.updated': [
              { guard: 'isNotified', target: 'rosterLive', actions: 'keepRoster' },
              { actions: 'keepRoster' },
            ],
          },
        },
        rosterPolled: {
          entry: 'listParticipants',
          after: { rosterPoll: { target: 'rosterPolled', reenter: true } },
          on: {
            'roster.updated': [
              { guard: 'isNotified', target: 'rosterLive', actions: 'keepRoster' },
              { actions: 'keepRoster' },
            ],
          },
        },
      },
    },
    ended: { id: 'topologyEnded', type: 'final' },
  },
})
