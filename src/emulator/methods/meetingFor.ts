/** Finds the meeting a create request names: by organizer and thread, by id and passcode, by token. */
import { badRequest, forbidden, GraphError } from '../errors.ts'
import type { Resource } from '../notifications.ts'
import type { MeetingInfo } from '../schemas.ts'
import type { Meeting } from '../world/meetings.ts'
import type { World } from '../world/world.ts'

type Coordinates = {
  readonly chatInfo?: { readonly threadId: string } | null | undefined
  readonly meetingInfo?: MeetingInfo | null | undefined
}

export type FoundMeeting = { readonly meeting: Meeting; readonly chatInfo: Resource }

/** The meeting, and the chatInfo to answer with; throws Graph's refusals. */
export function meetingFor(world: World, wish: Coordinates): FoundMeeting {
  const meeting = find(world, wish)
  const chatInfo = wish.chatInfo ?? {
    '@odata.type': '#microsoft.graph.chatInfo',
    threadId: meeting.threadId,
    messageId: '0',
    replyChainMessageId: null,
  }
  return { meeting, chatInfo }
}

function find(world: World, { chatInfo, meetingInfo }: Coordinates): Meeting {
  if (!meetingInfo) throw badRequest('meetingInfo: is needed with chatInfo.', 'Send both.')
  if ('token' in meetingInfo && typeof meetingInfo.token === 'string') {
    return world.meetings.byToken(meetingInfo.token) ?? refuseUnknown('meetingInfo.token')
  }
  if ('joinMeetingId' in meetingInfo && typeof meetingInfo.joinMeetingId === 'string') {
    return byId(world, meetingInfo.joinMeetingId, meetingInfo.passcode)
  }
  if (!chatInfo) throw badRequest('chatInfo: is needed with organizerMeetingInfo.', 'Send both.')
  return byThread(world, chatInfo.threadId, meetingInfo)
}

function byId(world: World, joinMeetingId: string, passcode: unknown): Meeting {
  const meeting = world.meetings.byJoinId(joinMeetingId)
  if (!meeting) return refuseUnknown('meetingInfo.joinMeetingId')
  if (meeting.passcode && meeting.passcode !== passcode) {
    throw forbidden('meetingInfo.passcode: is not the passcode of this meeting.', 'Correct it.')
  }
  return meeting
}

function byThread(world: World, threadId: string, meetingInfo: MeetingInfo): Meeting {
  const known = world.meetings.byThread(threadId)
  if (known) return known
  if (world.switches.unknownMeetings === 'refuse') return refuseUnknown('chatInfo.threadId')
  return world.meetings.schedule({ threadId, organizer: organizerOf(meetingInfo) })
}

function organizerOf(meetingInfo: MeetingInfo): string | undefined {
  return 'organizer' in meetingInfo && isOrganizer(meetingInfo.organizer)
    ? meetingInfo.organizer.user.id
    : undefined
}

function isOrganizer(set: unknown): set is { user: { id: string } } {
  return typeof set === 'object' && set !== null && 'user' in set && Boolean(set.user)
}

function refuseUnknown(field: string): never {
  throw new GraphError(404, 'NotFound', `${field}: there is no such meeting.`, 'Correct it.')
}
