/** How a call began: as its first journal entry tells. */
import type { Call, ChatInfo, MeetingInfo } from '../../../machines/words.ts'
import { whomOf } from '../people.ts'
import type { Retraced } from '../retrace.ts'

/** What the bot asked for when it placed the call. */
export type Request = {
  readonly chatInfo?: ChatInfo | null
  readonly meetingInfo?: MeetingInfo | null
  readonly tenantId?: string | null
}

type Begun = { readonly call?: Call; readonly request?: Request }

export function begunBy({ event }: { readonly event: object }): Begun {
  const { input = {} }: { readonly input?: Begun } = event
  return input
}

/** Whether a call can be placed again from what its request names. */
export function canBegin(first: Retraced): boolean {
  const { request } = begunBy(first)
  return !request || targetsIn(request).length > 0 || coordinatesOf(request) !== undefined
}

/** The participant for whose sake a recording policy called the bot. */
export function observedIn(first: Retraced | undefined): string | undefined {
  return (first && begunBy(first).call?.incomingContext?.observedParticipantId) ?? undefined
}

/** Whether the bot joined a meeting, or a policy brought it into one. */
export function isInMeeting(first: Retraced | undefined): boolean {
  if (!first) return false
  const { request } = begunBy(first)
  return request ? coordinatesOf(request) !== undefined : observedIn(first) !== undefined
}

export type Coordinates = 'token' | 'joinMeetingId' | 'thread'

/** By what a request names its meeting, if it names one in a way that Graph documents. */
export function coordinatesOf({ chatInfo, meetingInfo }: Request): Coordinates | undefined {
  if (meetingInfo?.token) return 'token'
  if (meetingInfo?.joinMeetingId) return 'joinMeetingId'
  return meetingInfo?.organizer && chatInfo?.threadId ? 'thread' : undefined
}

/** Targets that are named by an address, a number or an id. */
export function targetsIn(request: object): readonly string[] {
  const named = whomOf(request)
  return named === 'a meeting' ? [] : named.split(', ')
}
