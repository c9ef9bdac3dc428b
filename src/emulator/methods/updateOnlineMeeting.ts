import { writeMeetings } from '../permissions.ts'
import type { Meeting } from '../world/meetings.ts'
import { newPasscode } from '../world/meetings.ts'
import { onlineMeetingResource } from '../world/onlineMeetingResource.ts'
import type { World } from '../world/world.ts'
import type { MeetingBody } from './meetings.ts'
import { meetingBody, needMeeting, propertiesOf, refuseBackwards } from './meetings.ts'
import { method } from './method.ts'

/** Changes properties of a person's meeting. */
export const updateOnlineMeeting = method({
  name: 'updateOnlineMeeting',
  verb: 'PATCH',
  path: '/onlineMeetings/:meetingId',
  below: 'person',
  permissions: writeMeetings,
  checked: 'always',
  body: meetingBody,
  run: (asked) => {
    const meeting = needMeeting(asked)
    const { body, language, world } = asked
    const startMs = body.startDateTime ?? meeting.startMs
    const endMs = body.endDateTime ?? meeting.endMs
    refuseBackwards(startMs, endMs)
    Object.assign(meeting, { startMs, endMs })
    meeting.properties = { ...meeting.properties, ...propertiesOf(body) }
    changePasscode(world, meeting, body)
    return { status: 200, body: onlineMeetingResource(meeting, language) }
  },
})

function changePasscode(world: World, meeting: Meeting, body: MeetingBody): void {
  const required = body.joinMeetingIdSettings?.isPasscodeRequired
  if (required === true) meeting.passcode ??= newPasscode(world)
  if (required === false) meeting.passcode = undefined
}
