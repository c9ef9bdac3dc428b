/** Written by surfaceTypes.ts from surface.json: every property and member is one our types name. */
import type * as npm from '@microsoft/microsoft-graph-types'
import type * as ours from '../../machines/words.ts'
import type { CallRecording, MeetingType, OnlineMeeting } from '../../src/graph/onlineMeetings.ts'

type Named<Value> = keyof {
  [Member in keyof Value as string extends Member ? never : Member]: Value[Member]
}
type Words<Text> = Text extends `${infer First} ${infer Rest}` ? First | Words<Rest> : Text
type Has<Wanted extends Known, Known> = Wanted

export type Types = {
  call: Has<
    Words<'id callbackUri callChainId callOptions callRoutes chatInfo direction incomingContext mediaConfig mediaState meetingInfo myParticipantId requestedModalities resultInfo source state subject targets tenantId toneInfo transcription audioRoutingGroups contentSharingSessions operations participants activeModalities answeredBy meetingCapability ringingTimeoutInSeconds routingPolicies terminationReason'>,
    Named<ours.Call>
  >
  participant: Has<
    Words<'id info isInLobby isMuted mediaStreams metadata recordingInfo removedState restrictedExperience rosterSequenceNumber isIdentityAnonymized preferredDisplayName'>,
    Named<ours.Participant>
  >
  participantInfo: Has<
    Words<'countryCode endpointType identity languageId participantId region nonAnonymizedIdentity platformId'>,
    Named<ours.ParticipantInfo>
  >
  invitationParticipantInfo: Has<
    Words<'hidden identity participantId removeFromDefaultAudioRoutingGroup replacesCallId endpointType'>,
    Named<ours.InvitationParticipantInfo>
  >
  deltaParticipants: Has<Words<'id sequenceNumber participants'>, Named<ours.DeltaParticipants>>
  removedState: Has<Words<'reason'>, Named<ours.RemovedState>>
  onlineMeetingRestricted: Has<
    Words<'contentSharingDisabled videoDisabled'>,
    Named<ours.RestrictedExperience>
  >
  mediaStream: Has<Words<'direction label mediaType serverMuted sourceId'>, Named<ours.MediaStream>>
  callMediaState: Has<Words<'audio'>, Named<NonNullable<ours.Call['mediaState']>>>
  callRoute: Has<Words<'final original routingType'>, Named<ours.CallRoute>>
  callTranscriptionInfo: Has<Words<'lastModifiedDateTime state'>, Named<ours.CallTranscription>>
  recordingInfo: Has<Words<'initiator recordingStatus initiatedBy'>, Named<ours.RecordingInfo>>
  incomingContext: Has<
    Words<'observedParticipantId onBehalfOf sourceParticipantId transferor'>,
    Named<ours.IncomingContext>
  >
  contentSharingSession: Has<
    Words<'id presenterParticipantId pngOfCurrentSlide'>,
    Named<ours.ContentSharingSession>
  >
  audioRoutingGroup: Has<Words<'id receivers routingMode sources'>, Named<ours.AudioRoutingGroup>>
  toneInfo: Has<Words<'sequenceId tone'>, Named<ours.ToneInfo>>
  resultInfo: Has<Words<'code message subcode'>, Named<ours.ResultInfo>>
  identitySet: Has<Words<'application device user'>, Named<ours.IdentitySet>>
  identity: Has<Words<'displayName id'>, Named<ours.Identity>>
  communicationsIdentitySet: Has<
    Words<'application device user applicationInstance assertedIdentity azureCommunicationServicesUser encrypted endpointType guest onPremises phone'>,
    Named<ours.IdentitySet>
  >
  communicationsApplicationIdentity: Has<
    Words<'displayName id applicationType hidden'>,
    Named<ours.Identity>
  >
  communicationsApplicationInstanceIdentity: Has<
    Words<'displayName id hidden tenantId'>,
    Named<ours.Identity>
  >
  communicationsUserIdentity: Has<Words<'displayName id tenantId'>, Named<ours.Identity>>
  communicationsGuestIdentity: Has<Words<'displayName id email'>, Named<ours.Identity>>
  communicationsPhoneIdentity: Has<Words<'displayName id'>, Named<ours.Identity>>
  communicationsEncryptedIdentity: Has<Words<'displayName id'>, Named<ours.Identity>>
  azureCommunicationServicesUserIdentity: Has<
    Words<'displayName id azureCommunicationServicesResourceId'>,
    Named<ours.Identity>
  >
  callOptions: Has<
    Words<'hideBotAfterEscalation isContentSharingNotificationEnabled isDeltaRosterEnabled isInteractiveRosterEnabled'>,
    Named<ours.CallOptions>
  >
  outgoingCallOptions: Has<
    Words<'hideBotAfterEscalation isContentSharingNotificationEnabled isDeltaRosterEnabled isInteractiveRosterEnabled'>,
    Named<ours.CallOptions>
  >
  incomingCallOptions: Has<
    Words<'hideBotAfterEscalation isContentSharingNotificationEnabled isDeltaRosterEnabled isInteractiveRosterEnabled'>,
    Named<ours.CallOptions>
  >
  chatInfo: Has<Words<'messageId replyChainMessageId threadId'>, Named<ours.ChatInfo>>
  meetingInfo: Has<Words<'allowConversationWithoutHost'>, Named<ours.MeetingInfo>>
  organizerMeetingInfo: Has<
    Words<'allowConversationWithoutHost organizer'>,
    Named<ours.MeetingInfo>
  >
  tokenMeetingInfo: Has<Words<'allowConversationWithoutHost token'>, Named<ours.MeetingInfo>>
  joinMeetingIdMeetingInfo: Has<
    Words<'allowConversationWithoutHost joinMeetingId passcode'>,
    Named<ours.MeetingInfo>
  >
  mediaConfig: Has<Words<'removeFromDefaultAudioGroup'>, Named<ours.MediaConfig>>
  appHostedMediaConfig: Has<Words<'removeFromDefaultAudioGroup blob'>, Named<ours.MediaConfig>>
  serviceHostedMediaConfig: Has<
    Words<'removeFromDefaultAudioGroup preFetchMedia liveCaptionOptions'>,
    Named<ours.MediaConfig>
  >
  mediaPrompt: Has<Words<'mediaInfo loop'>, Named<ours.MediaPrompt>>
  mediaInfo: Has<Words<'resourceId uri'>, Named<ours.MediaInfo>>
  commsOperation: Has<Words<'id clientContext resultInfo status'>, Named<ours.Operation>>
  playPromptOperation: Has<
    Words<'id clientContext resultInfo status completionReason'>,
    Named<ours.Operation>
  >
  recordOperation: Has<
    Words<'id clientContext resultInfo status recordingAccessToken recordingLocation completionReason'>,
    Named<ours.Operation>
  >
  subscribeToToneOperation: Has<Words<'id clientContext resultInfo status'>, Named<ours.Operation>>
  sendDtmfTonesOperation: Has<
    Words<'id clientContext resultInfo status completionReason'>,
    Named<ours.Operation>
  >
  cancelMediaProcessingOperation: Has<
    Words<'id clientContext resultInfo status'>,
    Named<ours.Operation>
  >
  muteParticipantOperation: Has<Words<'id clientContext resultInfo status'>, Named<ours.Operation>>
  unmuteParticipantOperation: Has<
    Words<'id clientContext resultInfo status'>,
    Named<ours.Operation>
  >
  inviteParticipantsOperation: Has<
    Words<'id clientContext resultInfo status participants'>,
    Named<ours.Operation>
  >
  startHoldMusicOperation: Has<Words<'id clientContext resultInfo status'>, Named<ours.Operation>>
  stopHoldMusicOperation: Has<Words<'id clientContext resultInfo status'>, Named<ours.Operation>>
  updateRecordingStatusOperation: Has<
    Words<'id clientContext resultInfo status'>,
    Named<ours.Operation>
  >
  addLargeGalleryViewOperation: Has<
    Words<'id clientContext resultInfo status'>,
    Named<ours.Operation>
  >
  commsNotifications: Has<Words<'value'>, Named<npm.CommsNotifications>>
  commsNotification: Has<Words<'changeType resourceUrl'>, Named<npm.CommsNotification>>
  participantJoiningNotification: Has<Words<'id call'>, Named<npm.ParticipantJoiningNotification>>
  participantLeftNotification: Has<
    Words<'id participantId call'>,
    Named<npm.ParticipantLeftNotification>
  >
  rejectJoinResponse: Has<Words<'reason'>, Named<npm.RejectJoinResponse>>
  inviteNewBotResponse: Has<Words<'inviteUri'>, Named<npm.InviteNewBotResponse>>
  teleconferenceDeviceQuality: Has<
    Words<'callChainId cloudServiceDeploymentEnvironment cloudServiceDeploymentId cloudServiceInstanceName cloudServiceName deviceDescription deviceName mediaLegId mediaQualityList participantId'>,
    Named<npm.TeleconferenceDeviceQuality>
  >
  teleconferenceDeviceMediaQuality: Has<
    Words<'averageInboundJitter averageInboundPacketLossRateInPercentage averageInboundRoundTripDelay averageOutboundJitter averageOutboundPacketLossRateInPercentage averageOutboundRoundTripDelay channelIndex inboundPackets localIPAddress localPort maximumInboundJitter maximumInboundPacketLossRateInPercentage maximumInboundRoundTripDelay maximumOutboundJitter maximumOutboundPacketLossRateInPercentage maximumOutboundRoundTripDelay mediaDuration networkLinkSpeedInBytes outboundPackets remoteIPAddress remotePort'>,
    Named<npm.TeleconferenceDeviceMediaQuality>
  >
  teleconferenceDeviceAudioQuality: Has<
    Words<'averageInboundJitter averageInboundPacketLossRateInPercentage averageInboundRoundTripDelay averageOutboundJitter averageOutboundPacketLossRateInPercentage averageOutboundRoundTripDelay channelIndex inboundPackets localIPAddress localPort maximumInboundJitter maximumInboundPacketLossRateInPercentage maximumInboundRoundTripDelay maximumOutboundJitter maximumOutboundPacketLossRateInPercentage maximumOutboundRoundTripDelay mediaDuration networkLinkSpeedInBytes outboundPackets remoteIPAddress remotePort'>,
    Named<npm.TeleconferenceDeviceAudioQuality>
  >
  teleconferenceDeviceVideoQuality: Has<
    Words<'averageInboundJitter averageInboundPacketLossRateInPercentage averageInboundRoundTripDelay averageOutboundJitter averageOutboundPacketLossRateInPercentage averageOutboundRoundTripDelay channelIndex inboundPackets localIPAddress localPort maximumInboundJitter maximumInboundPacketLossRateInPercentage maximumInboundRoundTripDelay maximumOutboundJitter maximumOutboundPacketLossRateInPercentage maximumOutboundRoundTripDelay mediaDuration networkLinkSpeedInBytes outboundPackets remoteIPAddress remotePort averageInboundBitRate averageInboundFrameRate averageOutboundBitRate averageOutboundFrameRate'>,
    Named<npm.TeleconferenceDeviceVideoQuality>
  >
  teleconferenceDeviceScreenSharingQuality: Has<
    Words<'averageInboundJitter averageInboundPacketLossRateInPercentage averageInboundRoundTripDelay averageOutboundJitter averageOutboundPacketLossRateInPercentage averageOutboundRoundTripDelay channelIndex inboundPackets localIPAddress localPort maximumInboundJitter maximumInboundPacketLossRateInPercentage maximumInboundRoundTripDelay maximumOutboundJitter maximumOutboundPacketLossRateInPercentage maximumOutboundRoundTripDelay mediaDuration networkLinkSpeedInBytes outboundPackets remoteIPAddress remotePort averageInboundBitRate averageInboundFrameRate averageOutboundBitRate averageOutboundFrameRate'>,
    Named<npm.TeleconferenceDeviceScreenSharingQuality>
  >
  onlineMeetingBase: Has<
    Words<'id allowAttendeeToEnableCamera allowAttendeeToEnableMic allowBreakoutRooms allowCopyingAndSharingMeetingContent allowedLobbyAdmitters allowedPresenters allowLiveShare allowMeetingChat allowParticipantsToChangeName allowPowerPointSharing allowRecording allowTeamworkReactions allowTranscription allowWhiteboard audioConferencing chatInfo chatRestrictions cloudVideoInteropInfo expiryDateTime isEndToEndEncryptionEnabled isEntryExitAnnounced joinInformation joinMeetingIdSettings joinWebUrl lobbyBypassSettings meetingOptionsWebUrl meetingSpokenLanguageTag meetingType recordAutomatically sensitivityLabelAssignment shareMeetingChatHistoryDefault subject videoTeleconferenceId watermarkProtection attendanceReports'>,
    Named<OnlineMeeting>
  >
  onlineMeeting: Has<
    Words<'id allowAttendeeToEnableCamera allowAttendeeToEnableMic allowBreakoutRooms allowCopyingAndSharingMeetingContent allowedLobbyAdmitters allowedPresenters allowLiveShare allowMeetingChat allowParticipantsToChangeName allowPowerPointSharing allowRecording allowTeamworkReactions allowTranscription allowWhiteboard audioConferencing chatInfo chatRestrictions cloudVideoInteropInfo expiryDateTime isEndToEndEncryptionEnabled isEntryExitAnnounced joinInformation joinMeetingIdSettings joinWebUrl lobbyBypassSettings meetingOptionsWebUrl meetingSpokenLanguageTag meetingType recordAutomatically sensitivityLabelAssignment shareMeetingChatHistoryDefault subject videoTeleconferenceId watermarkProtection attendanceReports attendeeReport broadcastSettings creationDateTime endDateTime externalId isBroadcast meetingTemplateId participants startDateTime recordings transcripts'>,
    Named<OnlineMeeting>
  >
  meetingParticipants: Has<Words<'attendees organizer'>, Named<npm.MeetingParticipants>>
  meetingParticipantInfo: Has<Words<'identity role upn'>, Named<npm.MeetingParticipantInfo>>
  joinMeetingIdSettings: Has<
    Words<'isPasscodeRequired joinMeetingId passcode'>,
    Named<npm.JoinMeetingIdSettings>
  >
  lobbyBypassSettings: Has<Words<'isDialInBypassEnabled scope'>, Named<npm.LobbyBypassSettings>>
  audioConferencing: Has<
    Words<'conferenceId dialinUrl tollFreeNumber tollFreeNumbers tollNumber tollNumbers'>,
    Named<npm.AudioConferencing>
  >
  broadcastMeetingSettings: Has<
    Words<'allowedAudience captions isAttendeeReportEnabled isQuestionAndAnswerEnabled isRecordingEnabled isVideoOnDemandEnabled'>,
    Named<npm.BroadcastMeetingSettings>
  >
  watermarkProtectionValues: Has<
    Words<'isEnabledForContentSharing isEnabledForVideo'>,
    Named<npm.WatermarkProtectionValues>
  >
  chatRestrictions: Has<Words<'allowTextOnly'>, Named<npm.ChatRestrictions>>
  callRecording: Has<
    Words<'id callId content contentCorrelationId createdDateTime endDateTime meetingId meetingOrganizer recordingContentUrl'>,
    Named<CallRecording>
  >
  callTranscript: Has<
    Words<'id callId content contentCorrelationId createdDateTime endDateTime meetingId meetingOrganizer metadataContent transcriptContentUrl'>,
    Named<npm.CallTranscript>
  >
}

export type Enums = {
  callState: Has<
    | 'incoming'
    | 'establishing'
    | 'established'
    | 'hold'
    | 'transferring'
    | 'transferAccepted'
    | 'redirecting'
    | 'terminating'
    | 'terminated'
    | 'ringing',
    ours.CallState
  >
  callDirection: Has<'incoming' | 'outgoing', ours.CallDirection>
  modality: Has<'audio' | 'video' | 'videoBasedScreenSharing' | 'data' | 'unknown', ours.Modality>
  mediaDirection: Has<'inactive' | 'sendOnly' | 'receiveOnly' | 'sendReceive', ours.MediaDirection>
  mediaState: Has<'active' | 'inactive', ours.MediaState>
  routingType: Has<'forwarded' | 'lookup' | 'selfFork', ours.RoutingType>
  rejectReason: Has<'none' | 'busy' | 'forbidden', ours.RejectReason>
  screenSharingRole: Has<'viewer' | 'sharer', ours.ScreenSharingRole>
  tone: Has<
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
    | 'flash',
    ours.Tone
  >
  operationStatus: Has<
    'NotStarted' | 'Running' | 'Completed' | 'Failed',
    Capitalize<ours.OperationStatus>
  >
  recordingStatus: Has<'unknown' | 'notRecording' | 'recording' | 'failed', ours.RecordingStatus>
  endpointType: Has<
    'default' | 'voicemail' | 'skypeForBusiness' | 'skypeForBusinessVoipPhone',
    ours.EndpointType
  >
  changeType: Has<'created' | 'updated' | 'deleted', ours.ChangeType>
  sendDtmfCompletionReason: Has<
    'unknown' | 'completedSuccessfully' | 'mediaOperationCanceled',
    ours.PromptCompletionReason
  >
  routingMode: Has<'oneToOne' | 'multicast', ours.RoutingMode>
  callTranscriptionState: Has<'notStarted' | 'active' | 'inactive', ours.CallTranscriptionState>
  onlineMeetingContentSharingDisabledReason: Has<'watermarkProtection', ours.RestrictionReason>
  onlineMeetingVideoDisabledReason: Has<'watermarkProtection', ours.RestrictionReason>
  onlineMeetingRole: Has<
    'attendee' | 'presenter' | 'producer' | 'coorganizer',
    npm.OnlineMeetingRole
  >
  lobbyBypassScope: Has<
    | 'organizer'
    | 'organization'
    | 'organizationAndFederated'
    | 'everyone'
    | 'invited'
    | 'organizationExcludingGuests',
    npm.LobbyBypassScope
  >
  onlineMeetingPresenters: Has<
    'everyone' | 'organization' | 'roleIsPresenter' | 'organizer',
    npm.OnlineMeetingPresenters
  >
  meetingChatMode: Has<'enabled' | 'disabled' | 'limited', npm.MeetingChatMode>
  allowedLobbyAdmitterRoles: Has<
    'organizerAndCoOrganizersAndPresenters' | 'organizerAndCoOrganizers',
    npm.AllowedLobbyAdmitterRoles
  >
  meetingLiveShareOptions: Has<'enabled' | 'disabled', npm.MeetingLiveShareOptions>
  meetingChatHistoryDefaultMode: Has<'none' | 'all', npm.MeetingChatHistoryDefaultMode>
  onlineMeetingType: Has<'adhoc' | 'scheduled' | 'recurring' | 'broadcast' | 'meetnow', MeetingType>
  routingPolicy: Has<
    | 'none'
    | 'noMissedCall'
    | 'disableForwardingExceptPhone'
    | 'disableForwarding'
    | 'preferSkypeForBusiness',
    ours.RoutingPolicy
  >
  recordCompletionReason: Has<
    | 'operationCanceled'
    | 'stopToneDetected'
    | 'maxRecordDurationReached'
    | 'initialSilenceTimeout'
    | 'maxSilenceTimeout'
    | 'playPromptFailed'
    | 'playBeepFailed'
    | 'mediaReceiveTimeout'
    | 'unspecifiedError',
    ours.RecordCompletionReason
  >
  playPromptCompletionReason: Has<
    'unknown' | 'completedSuccessfully' | 'mediaOperationCanceled',
    ours.PromptCompletionReason
  >
}
