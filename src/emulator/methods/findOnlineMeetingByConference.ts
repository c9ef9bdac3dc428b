import { readMeetings } from '../permissions.ts'
import { noBody } from '../schemas.ts'
import { onlineMeetingResource } from '../world/onlineMeetingResource.ts'
import { filterValue } from './findOnlineMeeting.ts'
import { method } from './method.ts'

/** Finds anybody's meeting by the id that video conferencing devices dial. */
export const findOnlineMeetingByConference = method({
  name: 'findOnlineMeetingByConference',
  verb: 'GET',
  path: '/onlineMeetings',
  permissions: readMeetings,
  checked: 'always',
  body: noBody,
  run: ({ language, query, world }) => {
    const conferenceId = filterValue(query.$filter, 'VideoTeleconferenceId')
    const found = world.meetings.all
      .filter((meeting) => meeting.conferenceId === conferenceId)
      .map((meeting) => onlineMeetingResource(meeting, language))
    const [only] = found
    // The example shows the meeting itself where a filter elsewhere gives a list.
    const bare = world.switches.conferenceIdResponse === 'entity' && only
    return { status: 200, body: bare || { value: found } }
  },
})
