/** What the methods on a person's meetings share: whose they are, which one, and what a body may say. */
import { z } from 'zod'
import { badRequest, forbidden, notFound } from '../errors.ts'
import { anyCase } from '../schemas.ts'
import type { Person } from '../world/directory.ts'
import type { Meeting } from '../world/meetings.ts'
import type { Asked } from './method.ts'

const HOUR_MS = 3_600_000

const time = z.iso
  .datetime({ offset: true, error: 'must be an ISO 8601 time with an offset' })
  .transform((text) => Date.parse(text))

/** What create, createOrGet and update take; further properties are kept as they are. */
export const meetingBody = z.looseObject({
  startDateTime: time.nullish(),
  endDateTime: time.nullish(),
  subject: z.string().nullish(),
  participants: z
    .looseObject({ attendees: z.array(z.looseObject({ upn: z.string().nullish() })).nullish() })
    .nullish(),
  isBroadcast: z.boolean().nullish(),
  broadcastSettings: z.looseObject({}).nullish(),
  allowedPresenters: anyCase([
    'everyone',
    'organization',
    'roleIsPresenter',
    'organizer',
  ]).nullish(),
  isEntryExitAnnounced: z.boolean().nullish(),
  lobbyBypassSettings: z
    .looseObject({
      scope: z.string().nullish(),
      isDialInBypassEnabled: z.boolean().nullish(),
    })
    .nullish(),
  joinMeetingIdSettings: z
    .strictObject(
      { isPasscodeRequired: z.boolean().nullish() },
      { error: 'takes isPasscodeRequired only: id and passcode are generated' },
    )
    .nullish(),
})

export type MeetingBody = z.infer<typeof meetingBody>

/** The person below whom the request goes: `/users/{id}`, or whoever `/me` stands for. */
export function personAsked(asked: Pick<Asked, 'app' | 'params' | 'world'>): Person {
  const { app, params, world } = asked
  if (!app.mayActForUsers) {
    throw forbidden(
      'No application access policy lets this application act on the meetings of users.',
      'Grant one with Grant-CsApplicationAccessPolicy.',
    )
  }
  if (params.userId) return world.directory.person(params.userId)
  if (world.switches.meWithAppToken === 'organizer') return world.directory.person(app.organizer)
  throw badRequest(
    '/me request is only valid with delegated authentication flow.',
    'Ask below /users/{id} instead.',
  )
}

/** The person's meeting with the id in the path; Graph says 404 for every other. */
export function needMeeting(asked: Pick<Asked, 'app' | 'params' | 'world'>): Meeting {
  const { meetingId = '' } = asked.params
  const meeting = asked.world.meetings.byId(meetingId)
  if (meeting && meeting.organizer.id === personAsked(asked).id) return meeting
  throw notFound(`There is no online meeting ${meetingId} of this user.`)
}

/** When a meeting begins and ends: from now, for an hour, unless the body says otherwise. */
export function timesOf(body: MeetingBody, nowMs: number) {
  const { endDateTime, startDateTime } = body
  if (endDateTime && !startDateTime) {
    throw badRequest('startDateTime: is needed with endDateTime.', 'Send both, or none.')
  }
  const startMs = startDateTime ?? nowMs
  const endMs = endDateTime ?? startMs + HOUR_MS
  refuseBackwards(startMs, endMs)
  return { startMs, endMs }
}

export function refuseBackwards(startMs: number, endMs: number): void {
  if (endMs >= startMs) return
  throw badRequest('endDateTime: is before startDateTime.', 'End the meeting after its start.')
}

/** What of a body is kept as it was written. */
export function propertiesOf(body: MeetingBody) {
  const { endDateTime: _, joinMeetingIdSettings: __, startDateTime: ___, ...kept } = body
  return kept
}
