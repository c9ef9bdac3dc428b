import { notFound } from '../errors.ts'
import { readRecordings } from '../permissions.ts'
import { noBody } from '../schemas.ts'
import type { MeetingRecording } from '../world/meetingRecordings.ts'
import type { Meeting } from '../world/meetings.ts'
import { callRecordingResource } from '../world/onlineMeetingResource.ts'
import { needMeeting } from './meetings.ts'
import { method } from './method.ts'

/** Reads one recording of a person's meeting. */
export const getRecording = method({
  name: 'getRecording',
  verb: 'GET',
  path: '/onlineMeetings/:meetingId/recordings/:recordingId',
  below: 'person',
  permissions: readRecordings,
  checked: 'always',
  body: noBody,
  run: (asked) => {
    const meeting = needMeeting(asked)
    const recording = needRecording(meeting, asked.params.recordingId)
    return { status: 200, body: callRecordingResource(meeting, recording) }
  },
})

/** The recording with this id; Graph says 404 when the meeting has none such. */
export function needRecording(meeting: Meeting, id: string | undefined): MeetingRecording {
  const recording = meeting.recordings.find((each) => each.id === id)
  if (recording) return recording
  throw notFound(`There is no recording ${id} of this meeting.`)
}
