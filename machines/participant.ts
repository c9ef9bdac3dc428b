/** The participant chart: one person (or bot) on a call, as rosters tell of them. */
import { assign, setup } from 'xstate'
import type { Modality, Participant } from './words.ts'

/** A roster told of the participant, or no longer lists them. */
export type ParticipantEvent =
  | {
      readonly type: 'participant.reported'
      readonly participant: Participant
      readonly sequence?: number | undefined
    }
  | { readonly type: 'participant.absent'; readonly sequence?: number | undefined }

export type ParticipantContext = {
  readonly participant: Participant
  /** Roster sequence that told it last. */
  readonly sequence?: number | undefined
}

type Args = { context: ParticipantContext; event: ParticipantEvent }

function told({ context, event }: Args): Participant {
  return event.type === 'participant.reported' ? event.participant : context.participant
}

const directions = ['absent', 'inactive', 'sendOnly', 'receiveOnly', 'sendReceive'] as const

/** The direction of one media stream; `absent` when the participant has none of that kind. */
function direction(participant: Participant, modality: Modality): (typeof directions)[number] {
  const told = participant.mediaStreams?.find(({ mediaType }) => mediaType === modality)?.direction
  return directions.find((known) => known === told) ?? 'absent'
}

function serverMuted(participant: Participant): boolean {
  return (
    participant.mediaStreams?.some(
      (stream) => stream.mediaType === 'audio' && stream.serverMuted === true,
    ) ?? false
  )
}

/** Listed but without any media: asked to join, not yet there. */
function isAwaited(participant: Participant): boolean {
  return (participant.mediaStreams ?? []).length === 0 && participant.isInLobby !== true
}

const participantSetup = setup({
  types: {
    context: {} as ParticipantContext,
    events: {} as ParticipantEvent,
    input: {} as ParticipantContext,
  },
  actions: {
    keep: assign((args) => ({
      participant: told(args),
      sequence: args.event.sequence ?? args.context.sequence,
    })),
  },
  guards: {
    isRemoved: (args: Args) => Boolean(told(args).removedState),
    isInLobby: (args: Args) => told(args).isInLobby === true,
    isOnHold: (args: Args) => direction(told(args), 'audio') === 'inactive',
    /** No page documents how a ringing invitee is listed; the open member `state` is read if there. */
    isRinging: (args: Args) => isAwaited(told(args)) && told(args).state === 'ringing',
    isInvited: (args: Args) => isAwaited(told(args)),
    isServerMuted: (args: Args) => serverMuted(told(args)),
    isMuted: (args: Args) => told(args).isMuted === true,
    streams: (
      args: Args,
      { modality, direction: wanted }: { modality: Modality; direction: string },
    ) => direction(told(args), modality) === wanted,
  },
})

const presenceByReport = [
  { guard: 'isRemoved', target: 'left', actions: 'keep' },
  { guard: 'isInLobby', target: 'inLobby', actions: 'keep' },
  { guard: 'isRinging', target: 'ringing', actions: 'keep' },
  { guard: 'isInvited', target: 'invited', actions: 'keep' },
  { guard: 'isOnHold', target: 'onHold', actions: 'keep' },
  { target: 'joined', actions: 'keep' },
] as const

const muteByReport = [
  { guard: 'isServerMuted', target: 'serverMuted' },
  { guard: 'isMuted', target: 'muted' },
  { target: 'unmuted' },
] as const

const presence = participantSetup.createStateConfig({
  initial: 'starting',
  on: {
    'participant.reported': presenceByReport.map((to) => ({
      ...to,
      target: `.${to.target}` as const,
    })),
    'participant.absent': { target: '.left', actions: 'keep' },
  },
  states: {
    starting: { always: presenceByReport },
    invited: {},
    ringing: {},
    inLobby: {},
    joined: {},
    onHold: {},
    left: {},
  },
})

const audio = participantSetup.createStateConfig({
  initial: 'starting',
  on: {
    'participant.reported': muteByReport.map((to) => ({ ...to, target: `.${to.target}` as const })),
  },
  states: { starting: { always: muteByReport }, unmuted: {}, muted: {}, serverMuted: {} },
})

/** The direction of one media stream, as seen from the participant. */
function stream(modality: Modality) {
  const byReport = directions.map((wanted) => ({
    guard: { type: 'streams' as const, params: { modality, direction: wanted } },
    target: wanted,
  }))
  return participantSetup.createStateConfig({
    initial: 'starting',
    on: {
      'participant.reported': byReport.map((to) => ({ ...to, target: `.${to.target}` as const })),
    },
    states: {
      starting: { always: byReport },
      absent: {},
      inactive: {},
      sendOnly: {},
      receiveOnly: {},
      sendReceive: {},
    },
  })
}

/** One participant: presence, mute and the direction of each media stream (screen sharing included). */
export const participantChart = participantSetup.createMachine({
  id: 'participant',
  version: '1',
  type: 'parallel',
  context: ({ input }) => input,
  states: {
    presence,
    audio,
    audioStream: stream('audio'),
    video: stream('video'),
    screenSharing: stream('videoBasedScreenSharing'),
  },
})
