import { z } from 'zod'
import { writeMeetings } from '../permissions.ts'
import { onlineMeetingResource } from '../world/onlineMeetingResource.ts'
import { scheduleFor } from './createOnlineMeeting.ts'
import { meetingBody, personAsked } from './meetings.ts'
import { method } from './method.ts'

/** Finds a person's meeting by an id of the caller's choosing, or makes it. */
export const createOrGetOnlineMeeting = method({
  name: 'createOrGetOnlineMeeting',
  verb: 'POST',
  path: '/onlineMeetings/createOrGet',
  below: 'person',
  permissions: writeMeetings,
  checked: 'always',
  body: meetingBody.extend({ externalId: z.string().min(1) }),
  run: (asked) => {
    const { body, language, world } = asked
    const organizer = personAsked(asked)
    const found = world.meetings.all.find(
      (each) =>
        each.organizer.id === organizer.id && each.properties.externalId === body.externalId,
    )
    const status = found ? 200 : world.switches.createOrGetCreatedStatus
    const meeting = found ?? scheduleFor(world, organizer, body)
    return { status, body: onlineMeetingResource(meeting, language) }
  },
})
