import { badRequest } from '../errors.ts'
import { readMeetings } from '../permissions.ts'
import { noBody } from '../schemas.ts'
import { onlineMeetingResource } from '../world/onlineMeetingResource.ts'
import { personAsked } from './meetings.ts'
import { method } from './method.ts'

/** Finds a person's meeting by its join link; there is no list of all. */
export const findOnlineMeeting = method({
  name: 'findOnlineMeeting',
  verb: 'GET',
  path: '/onlineMeetings',
  below: 'person',
  permissions: readMeetings,
  checked: 'always',
  body: noBody,
  run: (asked) => {
    const link = plain(filterValue(asked.query.$filter, 'JoinWebUrl'))
    const organizer = personAsked(asked)
    const value = asked.world.meetings.all
      .filter((each) => each.organizer.id === organizer.id && plain(each.joinWebUrl) === link)
      .map((each) => onlineMeetingResource(each, asked.language))
    return { status: 200, body: { value } }
  },
})

/** The text a filter compares a property with; throws when it is another filter, or none. */
export function filterValue(filter: string | undefined, property: string): string {
  const [, name, value] = /^(\w+) eq '(.*)'$/s.exec(filter?.trim() ?? '') ?? []
  if (name?.toLowerCase() === property.toLowerCase() && value !== undefined) return value
  throw badRequest(
    `$filter: must be ${property} eq '…', not ${filter ?? 'absent'}.`,
    'Meetings are found one at a time.',
  )
}

/** Links are compared without their escapes, which callers write in either case. */
function plain(link: string): string {
  try {
    return decodeURIComponent(link)
  } catch {
    return link
  }
}
