/** Written by surfaceTypes.ts from surface.json: every property and member is one our types name. */
import type * as npm from '@microsoft/microsoft-graph-types'
import type * as ours from '../../machines/words.ts'
import type { CallRecording, MeetingType, OnlineMeeting } from '../../src/graph/onlineMeetings.ts'

type Named<Value> = keyof {
  [Member in keyof Value as string extends Member ? never : Member]: Value[Member]
}
type Has<Known, Wanted extends Known> = Wanted

export type Types = {
  call: Has<
    Named<ours.Call>,
    | 'id'
    | 'callbackUri'
    | 'callChainId'
    | 'callOptions'
    | 'callRoutes'
    | 'chatInfo'
    | 'direction'
    | 'incomingContext'
    | 'mediaConfig'
    | 'mediaState'
    | 'meetingInfo'
    | 'myParticipantId'
    | 'requestedModalities'
    | 'resultInfo'
    | 'source'
    | 'state'
    | 'subject'
    | 'targets'
    | 'tenantId'
    | 'toneInfo'
    | 'transcription'
    | 'audioRoutingGroups'
    | 'contentSharingSessions'
    | 'operations'
    | 'participants'
    | 'activeModalities'
    | 'answeredBy'
    | 'meetingCapability'
    | 'ringingTimeoutInSeconds'
    | 'routingPolicies'
    | 'terminationReason'
  >
  participant: Has<
    Named<ours.Participant>,
    | 'id'
    | 'info'
    | 'isInLobby'
    | 'isMuted'
    | 'mediaStreams'
    | 'metadata'
    | 'recordingInfo'
    | 'removedState'
    | 'restrictedExperience'
    | 'rosterSequenceNumber'
    | 'isIdentityAnonymized'
    | 'preferredDisplayName'
  >
  participantInfo: Has<
    Named<ours.ParticipantInfo>,
    | 'countryCode'
    | 'endpointType'
    | 'identity'
    | 'languageId'
    | 'participantId'
    | 'region'
    | 'nonAnonymizedIdentity'
    | 'platformId'
  >
  invitationParticipantInfo: Has<
    Named<ours.InvitationParticipantInfo>,
    | 'hidden'
    | 'identity'
    | 'participantId'
    | 'removeFromDefaultAudioRoutingGroup'
    | 'replacesCallId'
    | 'endpointType'
  >
  deltaParticipants: Has<Named<ours.DeltaParticipants>, 'id' | 'sequenceNumber' | 'participants'>
  removedState: Has<Named<ours.RemovedState>, 'reason'>
  onlineMeetingRestricted: Has<
    Named<ours.RestrictedExperience>,
    'contentSharingDisabled' | 'videoDisabled'
  >
  mediaStream: Has<
    Named<ours.MediaStream>,
    'direction' | 'label' | 'mediaType' | 'serverMuted' | 'sourceId'
  >
  callMediaState: Has<Named<NonNullable<ours.Call['mediaState']>>, 'audio'>
  callRoute: Has<Named<ours.CallRoute>, 'final' | 'original' | 'routingType'>
  callTranscriptionInfo: Has<Named<ours.CallTranscription>, 'lastModifiedDateTime' | 'state'>
  recordingInfo: Has<Named<ours.RecordingInfo>, 'initiator' | 'recordingStatus' | 'initiatedBy'>
  incomingContext: Has<
    Named<ours.IncomingContext>,
    'observedParticipantId' | 'onBehalfOf' | 'sourceParticipantId' | 'transferor'
  >
  contentSharingSession: Has<
    Named<ours.ContentSharingSession>,
    'id' | 'presenterParticipantId' | 'pngOfCurrentSlide'
  >
  audioRoutingGroup: Has<
    Named<ours.AudioRoutingGroup>,
    'id' | 'receivers' | 'routingMode' | 'sources'
  >
  toneInfo: Has<Named<ours.ToneInfo>, 'sequenceId' | 'tone'>
  resultInfo: Has<Named<ours.ResultInfo>, 'code' | 'message' | 'subcode'>
  identitySet: Has<Named<ours.IdentitySet>, 'application' | 'device' | 'user'>
  identity: Has<Named<ours.Identity>, 'displayName' | 'id'>
  communicationsIdentitySet: Has<
    Named<ours.IdentitySet>,
    | 'application'
    | 'device'
    | 'user'
    | 'applicationInstance'
    | 'assertedIdentity'
    | 'azureCommunicationServicesUser'
    | 'encrypted'
    | 'endpointType'
    | 'guest'
    | 'onPremises'
    | 'phone'
  >
  communicationsApplicationIdentity: Has<
    Named<ours.Identity>,
    'displayName' | 'id' | 'applicationType' | 'hidden'
  >
  communicationsApplicationInstanceIdentity: Has<
    Named<ours.Identity>,
    'displayName' | 'id' | 'hidden' | 'tenantId'
  >
  communicationsUserIdentity: Has<Named<ours.Identity>, 'displayName' | 'id' | 'tenantId'>
  communicationsGuestIdentity: Has<Named<ours.Identity>, 'displayName' | 'id' | 'email'>
  communicationsPhoneIdentity: Has<Named<ours.Identity>, 'displayName' | 'id'>
  communicationsEncryptedIdentity: Has<Named<ours.Identity>, 'displayName' | 'id'>
  azureCommunicationServicesUserIdentity: Has<
    Named<ours.Identity>,
    'displayName' | 'id' | 'azureCommunicationServicesResourceId'
  >
  callOptions: Has<
    Named<ours.CallOptions>,
    | 'hideBotAfterEscalation'
    | 'isContentSharingNotificationEnabled'
    | 'isDeltaRosterEnabled'
    | 'isInteractiveRosterEnabled'
  >
  outgoingCallOptions: Has<
    Named<ours.CallOptions>,
    | 'hideBotAfterEscalation'
    | 'isContentSharingNotificationEnabled'
    | 'isDeltaRosterEnabled'
    | 'isInteractiveRosterEnabled'
  >
  incomingCallOptions: Has<
    Named<ours.CallOptions>,
    | 'hideBotAfterEscalation'
    | 'isContentSharingNotificationEnabled'
    | 'isDeltaRosterEnabled'
    | 'isInteractiveRosterEnabled'
  >
  chatInfo: Has<Named<ours.ChatInfo>, 'messageId' | 'replyChainMessageId' | 'threadId'>
  meetingInfo: Has<Named<ours.MeetingInfo>, 'allowConversationWithoutHost'>
  organizerMeetingInfo: Has<Named<ours.MeetingInfo>, 'allowConversationWithoutHost' | 'organizer'>
  tokenMeetingInfo: Has<Named<ours.MeetingInfo>, 'allowConversationWithoutHost' | 'token'>
  joinMeetingIdMeetingInfo: Has<
    Named<ours.MeetingInfo>,
    'allowConversationWithoutHost' | 'joinMeetingId' | 'passcode'
  >
  mediaConfig: Has<Named<ours.MediaConfig>, 'removeFromDefaultAudioGroup'>
  appHostedMediaConfig: Has<Named<ours.MediaConfig>, 'removeFromDefaultAudioGroup' | 'blob'>
  serviceHostedMediaConfig: Has<
    Named<ours.MediaConfig>,
    'removeFromDefaultAudioGroup' | 'preFetchMedia' | 'liveCaptionOptions'
  >
  mediaPrompt: Has<Named<ours.MediaPrompt>, 'mediaInfo' | 'loop'>
  mediaInfo: Has<Named<ours.MediaInfo>, 'resourceId' | 'uri'>
  commsOperation: Has<Named<ours.Operation>, 'id' | 'clientContext' | 'resultInfo' | 'status'>
  playPromptOperation: Has<
    Named<ours.Operation>,
    'id' | 'clientContext' | 'resultInfo' | 'status' | 'completionReason'
  >
  recordOperation: Has<
    Named<ours.Operation>,
    | 'id'
    | 'clientContext'
    | 'resultInfo'
    | 'status'
    | 'recordingAccessToken'
    | 'recordingLocation'
    | 'completionReason'
  >
  subscribeToToneOperation: Has<
    Named<ours.Operation>,
    'id' | 'clientContext' | 'resultInfo' | 'status'
  >
  sendDtmfTonesOperation: Has<
    Named<ours.Operation>,
    'id' | 'clientContext' | 'resultInfo' | 'status' | 'completionReason'
  >
  cancelMediaProcessingOperation: Has<
    Named<ours.Operation>,
    'id' | 'clientContext' | 'resultInfo' | 'status'
  >
  muteParticipantOperation: Has<
    Named<ours.Operation>,
    'id' | 'clientContext' | 'resultInfo' | 'status'
  >
  unmuteParticipantOperation: Has<
    Named<ours.Operation>,
    'id' | 'clientContext' | 'resultInfo' | 'status'
  >
  inviteParticipantsOperation: Has<
    Named<ours.Operation>,
    'id' | 'clientContext' | 'resultInfo' | 'status' | 'participants'
  >
  startHoldMusicOperation: Has<
    Named<ours.Operation>,
    'id' | 'clientContext' | 'resultInfo' | 'status'
  >
  stopHoldMusicOperation: Has<
    Named<ours.Operation>,
    'id' | 'clientContext' | 'resultInfo' | 'status'
  >
  updateRecordingStatusOperation: Has<
    Named<ours.Operation>,
    'id' | 'clientContext' | 'resultInfo' | 'status'
  >
  addLargeGalleryViewOperation: Has<
    Named<ours.Operation>,
    'id' | 'clientContext' | 'resultInfo' | 'status'
  >
  commsNotifications: Has<Named<npm.CommsNotifications>, 'value'>
  commsNotification: Has<Named<npm.CommsNotification>, 'changeType' | 'resourceUrl'>
  participantJoiningNotification: Has<Named<npm.ParticipantJoiningNotification>, 'id' | 'call'>
  participantLeftNotification: Has<
    Named<npm.ParticipantLeftNotification>,
    'id' | 'participantId' | 'call'
  >
  rejectJoinResponse: Has<Named<npm.RejectJoinResponse>, 'reason'>
  inviteNewBotResponse: Has<Named<npm.InviteNewBotResponse>, 'inviteUri'>
  teleconferenceDeviceQuality: Has<
    Named<npm.TeleconferenceDeviceQuality>,
    | 'callChainId'
    | 'cloudServiceDeploymentEnvironment'
    | 'cloudServiceDeploymentId'
    | 'cloudServiceInstanceName'
    | 'cloudServiceName'
    | 'deviceDescription'
    | 'deviceName'
    | 'mediaLegId'
    | 'mediaQualityList'
    | 'participantId'
  >
  teleconferenceDeviceMediaQuality: Has<
    Named<npm.TeleconferenceDeviceMediaQuality>,
    | 'averageInboundJitter'
    | 'averageInboundPacketLossRateInPercentage'
    | 'averageInboundRoundTripDelay'
    | 'averageOutboundJitter'
    | 'averageOutboundPacketLossRateInPercentage'
    | 'averageOutboundRoundTripDelay'
    | 'channelIndex'
    | 'inboundPackets'
    | 'localIPAddress'
    | 'localPort'
    | 'maximumInboundJitter'
    | 'maximumInboundPacketLossRateInPercentage'
    | 'maximumInboundRoundTripDelay'
    | 'maximumOutboundJitter'
    | 'maximumOutboundPacketLossRateInPercentage'
    | 'maximumOutboundRoundTripDelay'
    | 'mediaDuration'
    | 'networkLinkSpeedInBytes'
    | 'outboundPackets'
    | 'remoteIPAddress'
    | 'remotePort'
  >
  teleconferenceDeviceAudioQuality: Has<
    Named<npm.TeleconferenceDeviceAudioQuality>,
    | 'averageInboundJitter'
    | 'averageInboundPacketLossRateInPercentage'
    | 'averageInboundRoundTripDelay'
    | 'averageOutboundJitter'
    | 'averageOutboundPacketLossRateInPercentage'
    | 'averageOutboundRoundTripDelay'
    | 'channelIndex'
    | 'inboundPackets'
    | 'localIPAddress'
    | 'localPort'
    | 'maximumInboundJitter'
    | 'maximumInboundPacketLossRateInPercentage'
    | 'maximumInboundRoundTripDelay'
    | 'maximumOutboundJitter'
    | 'maximumOutboundPacketLossRateInPercentage'
    | 'maximumOutboundRoundTripDelay'
    | 'mediaDuration'
    | 'networkLinkSpeedInBytes'
    | 'outboundPackets'
    | 'remoteIPAddress'
    | 'remotePort'
  >
  teleconferenceDeviceVideoQuality: Has<
    Named<npm.TeleconferenceDeviceVideoQuality>,
    | 'averageInboundJitter'
    | 'averageInboundPacketLossRateInPercentage'
    | 'averageInboundRoundTripDelay'
    | 'averageOutboundJitter'
    | 'averageOutboundPacketLossRateInPercentage'
    | 'averageOutboundRoundTripDelay'
    | 'channelIndex'
    | 'inboundPackets'
    | 'localIPAddress'
    | 'localPort'
    | 'maximumInboundJitter'
    | 'maximumInboundPacketLossRateInPercentage'
    | 'maximumInboundRoundTripDelay'
    | 'maximumOutboundJitter'
    | 'maximumOutboundPacketLossRateInPercentage'
    | 'maximumOutboundRoundTripDelay'
    | 'mediaDuration'
    | 'networkLinkSpeedInBytes'
    | 'outboundPackets'
    | 'remoteIPAddress'
    | 'remotePort'
    | 'averageInboundBitRate'
    | 'averageInboundFrameRate'
    | 'averageOutboundBitRate'
    | 'averageOutboundFrameRate'
  >
  teleconferenceDeviceScreenSharingQuality: Has<
    Named<npm.TeleconferenceDeviceScreenSharingQuality>,
    | 'averageInboundJitter'
    | 'averageInboundPacketLossRateInPercentage'
    | 'averageInboundRoundTripDelay'
    | 'averageOutboundJitter'
    | 'averageOutboundPacketLossRateInPercentage'
    | 'averageOutboundRoundTripDelay'
    | 'channelIndex'
    | 'inboundPackets'
    | 'localIPAddress'
    | 'localPort'
    | 'maximumInboundJitter'
    | 'maximumInboundPacketLossRateInPercentage'
    | 'maximumInboundRoundTripDelay'
    | 'maximumOutboundJitter'
    | 'maximumOutboundPacketLossRateInPercentage'
    | 'maximumOutboundRoundTripDelay'
    | 'mediaDuration'
    | 'networkLinkSpeedInBytes'
    | 'outboundPackets'
    | 'remoteIPAddress'
    | 'remotePort'
    | 'averageInboundBitRate'
    | 'averageInboundFrameRate'
    | 'averageOutboundBitRate'
    | 'averageOutboundFrameRate'
  >
  onlineMeetingBase: Has<
    Named<OnlineMeeting>,
    | 'id'
    | 'allowAttendeeToEnableCamera'
    | 'allowAttendeeToEnableMic'
    | 'allowBreakoutRooms'
    | 'allowCopyingAndSharingMeetingContent'
    | 'allowedLobbyAdmitters'
    | 'allowedPresenters'
    | 'allowLiveShare'
    | 'allowMeetingChat'
    | 'allowParticipantsToChangeName'
    | 'allowPowerPointSharing'
    | 'allowRecording'
    | 'allowTeamworkReactions'
    | 'allowTranscription'
    | 'allowWhiteboard'
    | 'audioConferencing'
    | 'chatInfo'
    | 'chatRestrictions'
    | 'cloudVideoInteropInfo'
    | 'expiryDateTime'
    | 'isEndToEndEncryptionEnabled'
    | 'isEntryExitAnnounced'
    | 'joinInformation'
    | 'joinMeetingIdSettings'
    | 'joinWebUrl'
    | 'lobbyBypassSettings'
    | 'meetingOptionsWebUrl'
    | 'meetingSpokenLanguageTag'
    | 'meetingType'
    | 'recordAutomatically'
    | 'sensitivityLabelAssignment'
    | 'shareMeetingChatHistoryDefault'
    | 'subject'
    | 'videoTeleconferenceId'
    | 'watermarkProtection'
    | 'attendanceReports'
  >
  onlineMeeting: Has<
    Named<OnlineMeeting>,
    | 'id'
    | 'allowAttendeeToEnableCamera'
    | 'allowAttendeeToEnableMic'
    | 'allowBreakoutRooms'
    | 'allowCopyingAndSharingMeetingContent'
    | 'allowedLobbyAdmitters'
    | 'allowedPresenters'
    | 'allowLiveShare'
    | 'allowMeetingChat'
    | 'allowParticipantsToChangeName'
    | 'allowPowerPointSharing'
    | 'allowRecording'
    | 'allowTeamworkReactions'
    | 'allowTranscription'
    | 'allowWhiteboard'
    | 'audioConferencing'
    | 'chatInfo'
    | 'chatRestrictions'
    | 'cloudVideoInteropInfo'
    | 'expiryDateTime'
    | 'isEndToEndEncryptionEnabled'
    | 'isEntryExitAnnounced'
    | 'joinInformation'
    | 'joinMeetingIdSettings'
    | 'joinWebUrl'
    | 'lobbyBypassSettings'
    | 'meetingOptionsWebUrl'
    | 'meetingSpokenLanguageTag'
    | 'meetingType'
    | 'recordAutomatically'
    | 'sensitivityLabelAssignment'
    | 'shareMeetingChatHistoryDefault'
    | 'subject'
    | 'videoTeleconferenceId'
    | 'watermarkProtection'
    | 'attendanceReports'
    | 'attendeeReport'
    | 'broadcastSettings'
    | 'creationDateTime'
    | 'endDateTime'
    | 'externalId'
    | 'isBroadcast'
    | 'meetingTemplateId'
    | 'participants'
    | 'startDateTime'
    | 'recordings'
    | 'transcripts'
  >
  meetingParticipants: Has<Named<npm.MeetingParticipants>, 'attendees' | 'organizer'>
  meetingParticipantInfo: Has<Named<npm.MeetingParticipantInfo>, 'identity' | 'role' | 'upn'>
  joinMeetingIdSettings: Has<
    Named<npm.JoinMeetingIdSettings>,
    'isPasscodeRequired' | 'joinMeetingId' | 'passcode'
  >
  lobbyBypassSettings: Has<Named<npm.LobbyBypassSettings>, 'isDialInBypassEnabled' | 'scope'>
  audioConferencing: Has<
    Named<npm.AudioConferencing>,
    | 'conferenceId'
    | 'dialinUrl'
    | 'tollFreeNumber'
    | 'tollFreeNumbers'
    | 'tollNumber'
    | 'tollNumbers'
  >
  broadcastMeetingSettings: Has<
    Named<npm.BroadcastMeetingSettings>,
    | 'allowedAudience'
    | 'captions'
    | 'isAttendeeReportEnabled'
    | 'isQuestionAndAnswerEnabled'
    | 'isRecordingEnabled'
    | 'isVideoOnDemandEnabled'
  >
  watermarkProtectionValues: Has<
    Named<npm.WatermarkProtectionValues>,
    'isEnabledForContentSharing' | 'isEnabledForVideo'
  >
  chatRestrictions: Has<Named<npm.ChatRestrictions>, 'allowTextOnly'>
  callRecording: Has<
    Named<CallRecording>,
    | 'id'
    | 'callId'
    | 'content'
    | 'contentCorrelationId'
    | 'createdDateTime'
    | 'endDateTime'
    | 'meetingId'
    | 'meetingOrganizer'
    | 'recordingContentUrl'
  >
  callTranscript: Has<
    Named<npm.CallTranscript>,
    | 'id'
    | 'callId'
    | 'content'
    | 'contentCorrelationId'
    | 'createdDateTime'
    | 'endDateTime'
    | 'meetingId'
    | 'meetingOrganizer'
    | 'metadataContent'
    | 'transcriptContentUrl'
  >
}

export type Enums = {
  callState: Has<
    ours.CallState,
    | 'incoming'
    | 'establishing'
    | 'established'
    | 'hold'
    | 'transferring'
    | 'transferAccepted'
    | 'redirecting'
    | 'terminating'
    | 'terminated'
    | 'ringing'
  >
  callDirection: Has<ours.CallDirection, 'incoming' | 'outgoing'>
  modality: Has<ours.Modality, 'audio' | 'video' | 'videoBasedScreenSharing' | 'data' | 'unknown'>
  mediaDirection: Has<ours.MediaDirection, 'inactive' | 'sendOnly' | 'receiveOnly' | 'sendReceive'>
  mediaState: Has<ours.MediaState, 'active' | 'inactive'>
  routingType: Has<ours.RoutingType, 'forwarded' | 'lookup' | 'selfFork'>
  rejectReason: Has<ours.RejectReason, 'none' | 'busy' | 'forbidden'>
  screenSharingRole: Has<ours.ScreenSharingRole, 'viewer' | 'sharer'>
  tone: Has<
    ours.Tone,
    | 'tone0'
    | 'tone1'
    | 'tone2'
    | 'tone3'
    | 'tone4'
    | 'tone5'
    | 'tone6'
    | 'tone7'
    | 'tone8'
    | 'tone9'
    | 'star'
    | 'pound'
    | 'a'
    | 'b'
    | 'c'
    | 'd'
    | 'flash'
  >
  operationStatus: Has<
    Capitalize<ours.OperationStatus>,
    'NotStarted' | 'Running' | 'Completed' | 'Failed'
  >
  recordingStatus: Has<ours.RecordingStatus, 'unknown' | 'notRecording' | 'recording' | 'failed'>
  endpointType: Has<
    ours.EndpointType,
    'default' | 'voicemail' | 'skypeForBusiness' | 'skypeForBusinessVoipPhone'
  >
  changeType: Has<ours.ChangeType, 'created' | 'updated' | 'deleted'>
  sendDtmfCompletionReason: Has<
    ours.PromptCompletionReason,
    'unknown' | 'completedSuccessfully' | 'mediaOperationCanceled'
  >
  routingMode: Has<ours.RoutingMode, 'oneToOne' | 'multicast'>
  callTranscriptionState: Has<ours.CallTranscriptionState, 'notStarted' | 'active' | 'inactive'>
  onlineMeetingContentSharingDisabledReason: Has<ours.RestrictionReason, 'watermarkProtection'>
  onlineMeetingVideoDisabledReason: Has<ours.RestrictionReason, 'watermarkProtection'>
  onlineMeetingRole: Has<
    npm.OnlineMeetingRole,
    'attendee' | 'presenter' | 'producer' | 'coorganizer'
  >
  lobbyBypassScope: Has<
    npm.LobbyBypassScope,
    | 'organizer'
    | 'organization'
    | 'organizationAndFederated'
    | 'everyone'
    | 'invited'
    | 'organizationExcludingGuests'
  >
  onlineMeetingPresenters: Has<
    npm.OnlineMeetingPresenters,
    'everyone' | 'organization' | 'roleIsPresenter' | 'organizer'
  >
  meetingChatMode: Has<npm.MeetingChatMode, 'enabled' | 'disabled' | 'limited'>
  allowedLobbyAdmitterRoles: Has<
    npm.AllowedLobbyAdmitterRoles,
    'organizerAndCoOrganizersAndPresenters' | 'organizerAndCoOrganizers'
  >
  meetingLiveShareOptions: Has<npm.MeetingLiveShareOptions, 'enabled' | 'disabled'>
  meetingChatHistoryDefaultMode: Has<npm.MeetingChatHistoryDefaultMode, 'none' | 'all'>
  onlineMeetingType: Has<MeetingType, 'adhoc' | 'scheduled' | 'recurring' | 'broadcast' | 'meetnow'>
  routingPolicy: Has<
    ours.RoutingPolicy,
    | 'none'
    | 'noMissedCall'
    | 'disableForwardingExceptPhone'
    | 'disableForwarding'
    | 'preferSkypeForBusiness'
  >
  recordCompletionReason: Has<
    ours.RecordCompletionReason,
    | 'operationCanceled'
    | 'stopToneDetected'
    | 'maxRecordDurationReached'
    | 'initialSilenceTimeout'
    | 'maxSilenceTimeout'
    | 'playPromptFailed'
    | 'playBeepFailed'
    | 'mediaReceiveTimeout'
    | 'unspecifiedError'
  >
  playPromptCompletionReason: Has<
    ours.PromptCompletionReason,
    'unknown' | 'completedSuccessfully' | 'mediaOperationCanceled'
  >
}
