/** Identities and participants as Graph sends them; every kind of identity is kept whole. */
import { z } from 'zod'
import {
  endpointTypes,
  mediaDirections,
  modalities,
  type Participant,
  recordingStatuses,
  restrictionReasons,
} from '../../machines/words.ts'
import { sameId } from './ids.ts'
import { type JsonObject, sameJson } from './json.ts'
import { definite, flag, id, maybe, number, open, text, word } from './reading.ts'

export const identity = open({
  id: text,
  displayName: text,
  tenantId: text,
  identityProvider: text,
  applicationType: text,
  hidden: flag,
  email: text,
  azureCommunicationServicesResourceId: text,
})
const someone = maybe(identity)

export const identitySet = open({
  user: someone,
  application: someone,
  applicationInstance: someone,
  phone: someone,
  guest: someone,
  encrypted: someone,
  onPremises: someone,
  assertedIdentity: someone,
  azureCommunicationServicesUser: someone,
  device: someone,
  endpointType: word(endpointTypes),
})

export const participantInfo = open({
  identity: maybe(identitySet),
  participantId: maybe(id),
  endpointType: word(endpointTypes),
  languageId: text,
  region: text,
  countryCode: text,
  nonAnonymizedIdentity: maybe(identitySet),
  platformId: text,
})

export const invitation = open({
  identity: identitySet,
  replacesCallId: maybe(id),
  participantId: maybe(id),
  hidden: flag,
  removeFromDefaultAudioRoutingGroup: flag,
  endpointType: word(endpointTypes),
})

export const mediaStream = open({
  mediaType: word(modalities),
  direction: word(mediaDirections),
  serverMuted: definite(z.boolean()),
  sourceId: text,
  label: text,
})

export const recordingInfo = open({
  recordingStatus: word(recordingStatuses),
  initiator: maybe(identitySet),
  initiatedBy: maybe(participantInfo),
})

export const restrictedExperience = open({
  contentSharingDisabled: word(restrictionReasons),
  videoDisabled: word(restrictionReasons),
})

export const participant = open({
  id,
  info: maybe(participantInfo),
  isMuted: definite(z.boolean()),
  isInLobby: definite(z.boolean()),
  mediaStreams: definite(z.array(mediaStream)),
  metadata: text,
  recordingInfo: maybe(recordingInfo),
  removedState: maybe(open({ reason: text })),
  restrictedExperience: maybe(restrictedExperience),
  rosterSequenceNumber: number,
  isIdentityAnonymized: flag,
  preferredDisplayName: text,
})

/** Who is known of a call, by id. */
export type KnownParticipants = (id: string) => Participant | undefined

/** Graph's `participant`, or `undefined` when it has no id to know it by. */
export function participantOf(resource: JsonObject): Participant | undefined {
  const read = participant.safeParse(resource).data
  // What came well written is kept as it came, so that it need not be read when it comes again.
  return read && isAs(resource, read) ? resource : read
}

function isAs(resource: JsonObject, read: Participant): resource is Participant {
  return sameJson(resource, read)
}

/** What participants were read from that did not come well written. */
const rawOf = new WeakMap<Participant, JsonObject>()

/**
 * As `participantOf`, but one of whom nothing new is told is the very one who is known: of a thousand
 * people of whom one has changed, one is read, and whoever compares the others need not look inside.
 */
export function participantAmong(
  known: KnownParticipants,
  resource: JsonObject,
): Participant | undefined {
  const { id } = resource
  const before = typeof id === 'string' ? (known(id) ?? known(sameId(id))) : undefined
  if (before && (sameJson(resource, before) || sameJson(resource, rawOf.get(before)))) return before
  const read = participantOf(resource)
  const told = before && sameJson(read, before) ? before : read
  if (told && told !== resource) rawOf.set(told, resource)
  return told
}
