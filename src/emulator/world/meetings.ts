/** Scheduled meetings: where bots and people join by coordinates, by id and passcode, or by token. */
import { createHash } from 'node:crypto'
import { EmulatorError } from '../errors.ts'
import { Conversation } from './conversation.ts'
import type { Person } from './directory.ts'
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
}

export type Meeting = {
  readonly conversation: Conversation
  readonly organizer: Person
  readonly threadId: string
  readonly joinMeetingId: string
  readonly passcode: string | undefined
  readonly token: string
  lobby: boolean
}

export class Meetings {
  readonly #world: World
  readonly #meetings: Meeting[] = []

  constructor(world: World) {
    this.#world = world
  }

  get all(): readonly Meeting[] {
    return this.#meetings
  }

  /** Schedules a meeting; throws when its thread or id is taken. */
  schedule(options: MeetingOptions): Meeting {
    const id = this.#world.newId()
    const meeting: Meeting = {
      conversation: new Conversation(this.#world, 'meeting'),
      organizer: this.#world.directory.person(options.organizer ?? 'olivia@contoso.com'),
      threadId: options.threadId ?? `19:meeting_${Buffer.from(id).toString('base64url')}@thread.v2`,
      joinMeetingId: options.joinMeetingId ?? digitsOf(id),
      passcode: options.passcode,
      token: Buffer.from(`meeting:${id}`).toString('base64url'),
      lobby: options.lobby ?? false,
    }
    this.#refuseTaken(meeting)
    this.#meetings.push(meeting)
    return meeting
  }

  byThread(threadId: string): Meeting | undefined {
    return this.#meetings.find((meeting) => meeting.threadId === threadId)
  }

  byJoinId(joinMeetingId: string): Meeting | undefined {
    const wanted = joinMeetingId.replaceAll(' ', '')
    return this.#meetings.find((meeting) => meeting.joinMeetingId === wanted)
  }

  byToken(token: string): Meeting | undefined {
    return this.#meetings.find((meeting) => meeting.token === token)
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

function digitsOf(id: string): string {
  const hex = createHash('sha256').update(id).digest('hex').slice(0, 12)
  return String(Number.parseInt(hex, 16)).padStart(12, '0').slice(0, 12)
}
