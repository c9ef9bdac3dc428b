import { readRecordings } from '../permissions.ts'
import { noBody } from '../schemas.ts'
import { recordingContent } from '../world/meetingRecordings.ts'
import { needRecording } from './getRecording.ts'
import { needMeeting } from './meetings.ts'
import { method } from './method.ts'

/** Downloads one recording of a person's meeting, as a video. */
export const getRecordingContent = method({
  name: 'getRecordingContent',
  verb: 'GET',
  path: '/onlineMeetings/:meetingId/recordings/:recordingId/content',
  below: 'person',
  permissions: readRecordings,
  checked: 'always',
  body: noBody,
  run: (asked) => {
    const recording = needRecording(needMeeting(asked), asked.params.recordingId)
    return { status: 200, file: { type: 'video/mp4', bytes: recordingContent(recording) } }
  },
})
