/** Somebody in a conversation, as its roster shows them. */
import type { Resource } from '../notifications.ts'
import type { Person } from './directory.ts'
import type { IdentitySet } from './identities.ts'
import { identityResource } from './identities.ts'

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
}

/** A roster entry. */
export function participantResource(participant: Participant): Resource {
  return {
    '@odata.type': '#microsoft.graph.participant',
    id: participant.id,
    info: {
      '@odata.type': '#microsoft.graph.participantInfo',
      identity: identityResource(participant.identity),
      endpointType: 'default',
      languageId: 'en-US',
    },
    mediaStreams: streamResources(participant),
    isMuted: participant.muted || participant.serverMuted,
    isInLobby: participant.inLobby,
    metadata: null,
  }
}

function streamResources(participant: Participant): readonly Resource[] {
  const audio = {
    '@odata.type': '#microsoft.graph.mediaStream',
    mediaType: 'audio',
    label: 'main-audio',
    sourceId: participant.sourceId,
    direction: 'sendReceive',
    serverMuted: participant.serverMuted,
  }
  const screen = {
    '@odata.type': '#microsoft.graph.mediaStream',
    mediaType: 'videoBasedScreenSharing',
    label: 'applicationsharing-video',
    sourceId: `${participant.sourceId}00`,
    direction: 'sendOnly',
    serverMuted: false,
  }
  return participant.sharing ? [audio, screen] : [audio]
}
