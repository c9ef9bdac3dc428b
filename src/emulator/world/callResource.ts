/** Calls as Graph writes them. */
import type { Resource } from '../notifications.ts'
import type { Call } from './call.ts'
import type { IdentitySet } from './identities.ts'
import { identityIn, identityResource } from './identities.ts'
import { resultResource } from './operations.ts'
import { transcriptionResource } from './transcription.ts'

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
    callOptions: call.options ?? null,
    callRoutes: [],
    activeModalities: call.flowing ? call.modalities : [],
    mediaState: call.flowing ? { audio: 'active' } : null,
    subject: call.start.subject ?? null,
    resultInfo: call.result ? resultResource(call.result, call.world.switches) : null,
    answeredBy: null,
    chatInfo: null,
    meetingInfo: null,
    meetingCapability: null,
    ringingTimeoutInSeconds: null,
    routingPolicies: [],
    terminationReason: null,
    toneInfo: null,
    transcription: transcriptionResource(call.conversation),
    ...call.coordinates,
    ...call.start.extras,
  }
}

/** Who is in a call and how, as its first notification tells. */
export function partiesOf(call: Call): Resource {
  return {
    direction: call.start.direction,
    source: {
      '@odata.type': '#microsoft.graph.participantInfo',
      identity: identityResource(call.start.source),
      countryCode: null,
      endpointType: null,
      region: 'amer',
      languageId: 'en-US',
    },
    targets: call.start.targets.map((target) => targetResource(call, target)),
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

/** Incoming targets are typed participantInfo on some pages, invitationParticipantInfo on others. */
function targetResource(call: Call, target: IdentitySet): Resource {
  const { incomingTargets } = call.world.switches
  const identity = identityResource(target)
  const type =
    call.start.direction === 'incoming' ? incomingTargets : ('invitationParticipantInfo' as const)
  if (type === 'participantInfo') return { '@odata.type': `#microsoft.graph.${type}`, identity }
  return {
    '@odata.type': `#microsoft.graph.${type}`,
    identity,
    endpointType: identityIn(target)?.[0] === 'user' ? 'default' : null,
    region: null,
    languageId: null,
    replacesCallId: null,
  }
}
