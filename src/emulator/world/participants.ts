/** Somebody in a conversation, as its roster shows them. */
import type { Resource } from '../notifications.ts'
import type { Switches } from '../switches.ts'
import type { Person } from './directory.ts'
import type { IdentitySet } from './identities.ts'
import { identityResource } from './identities.ts'

export type MediaDirection = 'inactive' | 'sendOnly' | 'receiveOnly' | 'sendReceive'

export type Participant = {
  readonly id: string
  readonly identity: IdentitySet
  /** The person behind it; absent for a bot. */
  readonly person: Person | undefined
  /** The number its audio stream carries. */
  readonly sourceId: string
  muted: boolean
  serverMuted: boolean
  inLobby: boolean
  sharing: boolean
  onHold: boolean
  /** Left out of every roster. */
  hidden: boolean
  /** Takes part itself; a view-only attendee does not. */
  interactive: boolean
  /** The direction of its main video, once it has one. */
  video: MediaDirection | undefined
  /** A blob the participant supplies about itself. */
  metadata: string | undefined
  recordingStatus: string
}

/** A roster entry on the wire. */
export type RosterEntry = Resource & { readonly id: string }

/** The switches that change how a roster looks. */
export type RosterLook = Pick<Switches, 'hold' | 'idleScreenStream'>

export function participantResource(participant: Participant, look: RosterLook): RosterEntry {
  return {
    '@odata.type': '#microsoft.graph.participant',
    id: participant.id,
    info: {
      '@odata.type': '#microsoft.graph.participantInfo',
      identity: identityResource(participant.identity),
      endpointType: 'default',
      languageId: 'en-US',
    },
    mediaStreams: streamResources(participant, look),
    isMuted: participant.muted || participant.serverMuted,
    isInLobby: participant.inLobby,
    metadata: participant.metadata ?? null,
    recordingInfo: {
      '@odata.type': '#microsoft.graph.recordingInfo',
      recordingStatus: participant.recordingStatus,
    },
  }
}

function streamResources(participant: Participant, look: RosterLook): readonly Resource[] {
  const { onHold, serverMuted, sharing, sourceId, video } = participant
  const held = onHold && look.hold === 'roster'
  const audio = stream('audio', 'main-audio', sourceId, held ? 'inactive' : 'sendReceive')
  const screen = sharing ? 'sendOnly' : look.idleScreenStream
  return [
    { ...audio, serverMuted },
    ...(video ? [stream('video', 'main-video', `${sourceId}0`, video)] : []),
    ...(screen === 'absent' ? [] : [screenStream(sourceId, screen)]),
  ]
}

function screenStream(sourceId: string, direction: MediaDirection): Resource {
  const type = 'videoBasedScreenSharing'
  return stream(type, 'applicationsharing-video', `${sourceId}00`, direction)
}

function stream(
  mediaType: string,
  label: string,
  sourceId: string,
  direction: MediaDirection,
): Resource {
  const type = '#microsoft.graph.mediaStream'
  return { '@odata.type': type, mediaType, label, sourceId, direction, serverMuted: false }
}
