/** Calls as Graph writes them. */
import type { Resource } from '../notifications.ts'
import type { Call } from './call.ts'
import type { IdentitySet } from './identities.ts'
import { identityIn, identityResource } from './identities.ts'
import { resultResource } from './operations.ts'

/** The whole call, as a GET returns it. */
export function callResource(call: Call): Resource {
  return {
    '@odata.type': '#microsoft.graph.call',
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#communications/calls/$entity',
    id: call.id,
    state: call.state,
    ...partiesOf(call),
    callbackUri: call.callbackUri ?? null,
    mediaConfig: call.mediaConfig ?? null,
    mediaState: call.state === 'established' ? { audio: 'active' } : null,
    subject: call.start.subject ?? null,
    resultInfo: call.result ? resultResource(call.result) : null,
    chatInfo: null,
    meetingInfo: null,
    toneInfo: null,
    ...call.coordinates,
  }
}

/** Who is in a call and how, as its first notification tells. */
export function partiesOf(call: Call): Resource {
  return {
    direction: call.start.direction,
    source: {
      '@odata.type': '#microsoft.graph.participantInfo',
      identity: identityResource(call.start.source),
      region: 'amer',
      languageId: 'en-US',
    },
    targets: call.start.targets.map(targetResource),
    requestedModalities: call.modalities,
    callChainId: call.conversation.id,
    myParticipantId: call.self.id,
    tenantId: call.start.tenantId,
  }
}

/** The fields that say whether the call's audio flows. */
export function audioState(audio: 'active' | 'inactive'): Resource {
  return { mediaState: { '@odata.type': '#microsoft.graph.callMediaState', audio } }
}

function targetResource(target: IdentitySet): Resource {
  return {
    '@odata.type': '#microsoft.graph.invitationParticipantInfo',
    identity: identityResource(target),
    endpointType: identityIn(target)?.[0] === 'user' ? 'default' : null,
    replacesCallId: null,
  }
}
