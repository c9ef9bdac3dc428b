import { readMeetings } from '../permissions.ts'
import { noBody } from '../schemas.ts'
import { onlineMeetingResource } from '../world/onlineMeetingResource.ts'
import { needMeeting } from './meetings.ts'
import { method } from './method.ts'

/** Reads a person's meeting by its id. */
export const getOnlineMeeting = method({
  name: 'getOnlineMeeting',
  verb: 'GET',
  path: '/onlineMeetings/:meetingId',
  below: 'person',
  permissions: readMeetings,
  checked: 'always',
  body: noBody,
  run: (asked) => ({
    status: 200,
    body: onlineMeetingResource(needMeeting(asked), asked.language),
  }),
})
