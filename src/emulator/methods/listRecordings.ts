import { readRecordings } from '../permissions.ts'
import { noBody } from '../schemas.ts'
import { callRecordingResource } from '../world/onlineMeetingResource.ts'
import { needMeeting } from './meetings.ts'
import { method } from './method.ts'

/** Lists the recordings of a person's meeting. */
export const listRecordings = method({
  name: 'listRecordings',
  verb: 'GET',
  path: '/onlineMeetings/:meetingId/recordings',
  below: 'person',
  permissions: readRecordings,
  checked: 'always',
  body: noBody,
  run: (asked) => {
    const meeting = needMeeting(asked)
    const value = meeting.recordings.map((each) => callRecordingResource(meeting, each))
    return { status: 200, body: { '@odata.count': value.length, value } }
  },
})
