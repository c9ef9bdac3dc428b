import { writeMeetings } from '../permissions.ts'
import { noBody } from '../schemas.ts'
import { needMeeting } from './meetings.ts'
import { method } from './method.ts'

/** Cancels a person's meeting. */
export const deleteOnlineMeeting = method({
  name: 'deleteOnlineMeeting',
  verb: 'DELETE',
  path: '/onlineMeetings/:meetingId',
  below: 'person',
  permissions: writeMeetings,
  checked: 'always',
  body: noBody,
  run: (asked) => {
    asked.world.meetings.cancel(needMeeting(asked))
    return { status: 204 }
  },
})
