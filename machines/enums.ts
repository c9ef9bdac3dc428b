/**
 * Graph's enums: every documented member, in Graph's spelling. Graph adds members without notice, so a
 * value read from the wire is `Open`; its placeholder `unknownFutureValue` is no value of its own.
 */

/** A documented set of values that may grow: known members complete in editors, others are kept. */
export type Open<Known extends string> = Known | (string & Record<never, never>)

/** In the order a call usually lives through them. */
export const callStates = [
  'incoming',
  'establishing',
  'ringing',
  'established',
  'hold',
  'transferring',
  'transferAccepted',
  'redirecting',
  'terminating',
  'terminated',
] as const
export type CallState = (typeof callStates)[number]

export const modalities = ['unknown', 'audio', 'video', 'videoBasedScreenSharing', 'data'] as const
export type Modality = (typeof modalities)[number]

/** The keys of the dial pad. */
export const tones = [
  'tone0',
  'tone1',
  'tone2',
  'tone3',
  'tone4',
  'tone5',
  'tone6',
  'tone7',
  'tone8',
  'tone9',
  'star',
  'pound',
  'a',
  'b',
  'c',
  'd',
  'flash',
] as const
export type Tone = (typeof tones)[number]

export const mediaDirections = ['inactive', 'sendOnly', 'receiveOnly', 'sendReceive'] as const
export type MediaDirection = (typeof mediaDirections)[number]

export const mediaStates = ['active', 'inactive'] as const
export type MediaState = (typeof mediaStates)[number]

export const screenSharingRoles = ['viewer', 'sharer'] as const
export type ScreenSharingRole = (typeof screenSharingRoles)[number]

export const rejectReasons = ['none', 'busy', 'forbidden'] as const
export type RejectReason = (typeof rejectReasons)[number]

export const recordingStatuses = ['unknown', 'notRecording', 'recording', 'failed'] as const
export type RecordingStatus = (typeof recordingStatuses)[number]

export const callDirections = ['incoming', 'outgoing'] as const
export type CallDirection = (typeof callDirections)[number]

/** Graph's metadata writes them with a capital; read, they are lower-cased. */
export const operationStatuses = ['notStarted', 'running', 'completed', 'failed'] as const
export type OperationStatus = (typeof operationStatuses)[number]

export const changeTypes = ['created', 'updated', 'deleted'] as const
export type ChangeType = (typeof changeTypes)[number]

export const endpointTypes = [
  'default',
  'voicemail',
  'skypeForBusiness',
  'skypeForBusinessVoipPhone',
] as const
export type EndpointType = (typeof endpointTypes)[number]

/** How an incoming call came to the bot. */
export const routingTypes = ['forwarded', 'lookup', 'selfFork'] as const
export type RoutingType = (typeof routingTypes)[number]

/** Of redirect; documented by an example and in beta. */
export const routingPolicies = [
  'none',
  'noMissedCall',
  'disableForwardingExceptPhone',
  'disableForwarding',
  'preferSkypeForBusiness',
] as const
export type RoutingPolicy = (typeof routingPolicies)[number]

/** Of audio routing groups: one source to one receiver, or to several. */
export const routingModes = ['oneToOne', 'multicast'] as const
export type RoutingMode = (typeof routingModes)[number]

export const callTranscriptionStates = ['notStarted', 'active', 'inactive'] as const
export type CallTranscriptionState = (typeof callTranscriptionStates)[number]

/** Of sendDtmfTones and, in beta, of playPrompt. */
export const promptCompletionReasons = [
  'unknown',
  'completedSuccessfully',
  'mediaOperationCanceled',
] as const
export type PromptCompletionReason = (typeof promptCompletionReasons)[number]

/** Why a recording ended (beta). */
export const recordCompletionReasons = [
  'operationCanceled',
  'stopToneDetected',
  'maxRecordDurationReached',
  'initialSilenceTimeout',
  'maxSilenceTimeout',
  'playPromptFailed',
  'playBeepFailed',
  'mediaReceiveTimeout',
  'unspecifiedError',
] as const
export type RecordCompletionReason = (typeof recordCompletionReasons)[number]

/** Why a participant's content or video is restricted. */
export const restrictionReasons = ['watermarkProtection'] as const
export type RestrictionReason = (typeof restrictionReasons)[number]
