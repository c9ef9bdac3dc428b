/** Online meetings and their recordings as Graph writes them. */
import type { Resource } from '../notifications.ts'
import { joinInformation } from './joinInformation.ts'
import type { MeetingRecording } from './meetingRecordings.ts'
import type { Meeting } from './meetings.ts'

const GRAPH = 'https://graph.microsoft.com/v1.0'

/** An onlineMeeting; `language` is that of its joinInformation. */
export function onlineMeetingResource(meeting: Meeting, language: string): Resource {
  const { organizer, properties } = meeting
  return {
    '@odata.type': '#microsoft.graph.onlineMeeting',
    '@odata.context': `${GRAPH}/$metadata#users('${organizer.id}')/onlineMeetings/$entity`,
    autoAdmittedUsers: 'EveryoneInCompany',
    outerMeetingAutoAdmittedUsers: null,
    isBroadcast: false,
    isEntryExitAnnounced: true,
    allowedPresenters: 'everyone',
    externalId: null,
    subject: null,
    ...properties,
    id: meeting.id,
    creationDateTime: timeText(meeting.createdMs),
    startDateTime: timeText(meeting.startMs),
    endDateTime: timeText(meeting.endMs),
    joinWebUrl: meeting.joinWebUrl,
    joinInformation: joinInformation(meeting, language),
    joinMeetingIdSettings: {
      isPasscodeRequired: meeting.passcode !== undefined,
      joinMeetingId: meeting.joinMeetingId,
      passcode: meeting.passcode ?? null,
    },
    videoTeleconferenceId: meeting.conferenceId,
    audioConferencing: {
      conferenceId: meeting.conferenceId,
      tollNumber: '+14255550190',
      tollFreeNumber: '+18005550190',
      dialinUrl: `https://dialin.teams.microsoft.com/${meeting.conversation.id}?id=${meeting.conferenceId}`,
    },
    chatInfo: { threadId: meeting.threadId, messageId: '0', replyChainMessageId: '0' },
    lobbyBypassSettings: {
      scope: 'organization',
      isDialInBypassEnabled: false,
      ...fieldsOf(properties.lobbyBypassSettings),
    },
    participants: { attendees: [], ...fieldsOf(properties.participants), ...organizerOf(meeting) },
  }
}

/** A callRecording of a meeting. */
export function callRecordingResource(meeting: Meeting, recording: MeetingRecording): Resource {
  const path = `users/${meeting.organizer.id}/onlineMeetings/${meeting.id}/recordings/${recording.id}`
  return {
    '@odata.type': '#microsoft.graph.callRecording',
    id: recording.id,
    meetingId: meeting.id,
    callId: recording.callId,
    contentCorrelationId: recording.correlationId,
    createdDateTime: timeText(recording.createdMs),
    endDateTime: timeText(recording.endMs),
    recordingContentUrl: `${GRAPH}/${path}/content`,
    meetingOrganizer: { application: null, device: null, user: userOf(meeting) },
  }
}

function organizerOf(meeting: Meeting): Resource {
  const { properties } = meeting
  const organizer = {
    upn: meeting.organizer.address ?? null,
    role: properties.isBroadcast === true ? 'producer' : 'presenter',
    identity: { user: userOf(meeting) },
  }
  return { organizer }
}

function userOf({ organizer, tenantId }: Meeting): Resource {
  const { displayName, id } = organizer
  return { id, displayName, tenantId, identityProvider: 'AAD' }
}

function fieldsOf(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {}
}

function timeText(ms: number): string {
  return new Date(ms).toISOString()
}
