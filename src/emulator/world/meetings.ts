/** Meetings: where bots and people join by coordinates, by id and passcode, by link or by token. */
import { createHash } from 'node:crypto'
import { EmulatorError } from '../errors.ts'
import type { Resource } from '../notifications.ts'
import { DEFAULT_ORGANIZER } from './apps.ts'
import { Conversation } from './conversation.ts'
import type { Person } from './directory.ts'
import { tenantOf } from './identities.ts'
import type { MeetingRecording } from './meetingRecordings.ts'
import type { World } from './world.ts'

/** What scheduling a meeting takes; all of it has defaults. */
export type MeetingOptions = {
  /** The organizer's address. */
  readonly organizer?: string | undefined
  readonly threadId?: string | undefined
  /** Digits to join by. */
  readonly joinMeetingId?: string | undefined
  readonly passcode?: string | undefined
  /** Whether bots wait in the lobby until admitted. */
  readonly lobby?: boolean | undefined
  readonly startMs?: number | undefined
  readonly endMs?: number | undefined
  /** The properties of an onlineMeeting as its maker wrote them. */
  readonly properties?: Resource | undefined
}

export type Meeting = {
  /** The id of the onlineMeeting. */
  readonly id: string
  readonly conversation: Conversation
  readonly organizer: Person
  readonly tenantId: string
  readonly threadId: string
  readonly joinMeetingId: string
  /** The link people click. */
  readonly joinWebUrl: string
  /** Digits of video conferencing devices and of the telephone. */
  readonly conferenceId: string
  readonly token: string
  readonly createdMs: number
  readonly recordings: MeetingRecording[]
  passcode: string | undefined
  lobby: boolean
  startMs: number
  endMs: number
  properties: Resource
}

const HOUR_MS = 3_600_000

export class Meetings {
  readonly #world: World
  readonly #meetings = new Set<Meeting>()

  constructor(world: World) {
    this.#world = world
  }

  get all(): readonly Meeting[] {
    return [...this.#meetings]
  }

  /** Schedules a meeting; throws when its thread or id is taken. */
  schedule(options: MeetingOptions): Meeting {
    const id = this.#world.newId()
    const organizer = this.#world.directory.person(options.organizer ?? DEFAULT_ORGANIZER)
    const tenantId = organizer.tenantId ?? tenantOf('contoso.com')
    const threadId =
      options.threadId ?? `19:meeting_${Buffer.from(id).toString('base64url')}@thread.v2`
    const createdMs = this.#world.clock.now()
    const startMs = options.startMs ?? createdMs
    const meeting: Meeting = {
      id: Buffer.from(`1*${organizer.id}*0**${threadId}`).toString('base64url'),
      conversation: new Conversation(this.#world, 'meeting'),
      organizer,
      tenantId,
      threadId,
      joinMeetingId: options.joinMeetingId ?? digitsOf(id, 12),
      joinWebUrl: joinLink(threadId, tenantId, organizer.id),
      conferenceId: digitsOf(`conference:${id}`, 9),
      passcode: options.passcode,
      token: Buffer.from(`meeting:${id}`).toString('base64url'),
      lobby: options.lobby ?? false,
      createdMs,
      startMs,
      endMs: options.endMs ?? startMs + HOUR_MS,
      recordings: [],
      properties: options.properties ?? {},
    }
    this.#refuseTaken(meeting)
    this.#meetings.add(meeting)
    return meeting
  }

  /** Forgets a meeting; who is in it stays in. */
  cancel(meeting: Meeting): void {
    this.#meetings.delete(meeting)
  }

  byId(id: string): Meeting | undefined {
    return this.all.find((meeting) => meeting.id === id)
  }

  byThread(threadId: string): Meeting | undefined {
    return this.all.find((meeting) => meeting.threadId === threadId)
  }

  byJoinId(joinMeetingId: string): Meeting | undefined {
    const wanted = joinMeetingId.replaceAll(' ', '')
    return this.all.find((meeting) => meeting.joinMeetingId === wanted)
  }

  byToken(token: string): Meeting | undefined {
    return this.all.find((meeting) => meeting.token === token)
  }

  /** The meeting with this id, thread or joinMeetingId; throws `meeting.unknown`. */
  named(id: string): Meeting {
    const found = this.byId(id) ?? this.byThread(id) ?? this.byJoinId(id)
    if (found) return found
    throw new EmulatorError({
      code: 'meeting.unknown',
      what: `There is no meeting ${id}.`,
      fix: 'Schedule it first.',
    })
  }

  #refuseTaken(meeting: Meeting): void {
    const taken = this.byThread(meeting.threadId) ?? this.byJoinId(meeting.joinMeetingId)
    if (!taken) return
    throw new EmulatorError({
      code: 'meeting.taken',
      what: `A meeting with thread ${taken.threadId} and id ${taken.joinMeetingId} exists already.`,
      fix: 'Choose another thread id and joinMeetingId.',
    })
  }
}

/** A passcode as the service makes them up. */
export function newPasscode(world: World): string {
  return world.newId().replaceAll('-', '').slice(0, 6)
}

/** The form of link in use, with its escapes in lower case as Graph writes them. */
function joinLink(threadId: string, Tid: string, Oid: string): string {
  const context = encodeURIComponent(JSON.stringify({ Tid, Oid }))
  const link = `https://teams.microsoft.com/l/meetup-join/${encodeURIComponent(threadId)}/0?context=${context}`
  return link.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())
}

function digitsOf(name: string, length: number): string {
  const hex = createHash('sha256').update(name).digest('hex').slice(0, 12)
  return String(Number.parseInt(hex, 16)).padStart(length, '0').slice(0, length)
}
