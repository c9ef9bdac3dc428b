import { GraphError } from '../errors.ts'
import { writeMeetings } from '../permissions.ts'
import type { Person } from '../world/directory.ts'
import type { Meeting } from '../world/meetings.ts'
import { newPasscode } from '../world/meetings.ts'
import { onlineMeetingResource } from '../world/onlineMeetingResource.ts'
import type { World } from '../world/world.ts'
import type { MeetingBody } from './meetings.ts'
import { meetingBody, personAsked, propertiesOf, timesOf } from './meetings.ts'
import { method } from './method.ts'

const MONTH_MS = 30 * 24 * 3_600_000

/** Makes an online meeting, which is not put into anybody's calendar. */
export const createOnlineMeeting = method({
  name: 'createOnlineMeeting',
  verb: 'POST',
  path: '/onlineMeetings',
  below: 'person',
  permissions: writeMeetings,
  checked: 'always',
  body: meetingBody,
  run: (asked) => {
    const meeting = scheduleFor(asked.world, personAsked(asked), asked.body)
    return { status: 201, body: onlineMeetingResource(meeting, asked.language) }
  },
})

/** The meeting a body describes; throws Graph's refusals. */
export function scheduleFor(world: World, organizer: Person, body: MeetingBody): Meeting {
  refuseMany(world, organizer)
  const { joinMeetingIdSettings } = body
  return world.meetings.schedule({
    organizer: organizer.id,
    passcode: joinMeetingIdSettings?.isPasscodeRequired ? newPasscode(world) : undefined,
    properties: propertiesOf(body),
    ...timesOf(body, world.clock.now()),
  })
}

function refuseMany(world: World, organizer: Person): void {
  const { meetingsPerUserMax } = world.switches
  const sinceMs = world.clock.now() - MONTH_MS
  const recent = world.meetings.all.filter(
    (meeting) => meeting.organizer.id === organizer.id && meeting.createdMs > sinceMs,
  )
  if (recent.length < meetingsPerUserMax) return
  const what = `This user has ${meetingsPerUserMax} meetings of the last 30 days, and no more may be made.`
  const retryAfterSeconds = Math.ceil(((recent[0]?.createdMs ?? sinceMs) - sinceMs) / 1_000)
  throw new GraphError(429, 'TooManyRequests', what, 'Try again later.', retryAfterSeconds)
}
