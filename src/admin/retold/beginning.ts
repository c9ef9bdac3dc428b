/** How a call begins in its test: what people do when asked, who is there already, and the first deed. */
import { partyOf } from '../../../machines/party.ts'
import type { Call } from '../../../machines/words.ts'
import { calling, codeOf } from '../../code.ts'
import type { Retraced } from '../retrace.ts'
import { begunBy, type Coordinates, coordinatesOf, type Request, targetsIn } from './begun.ts'
import type { Cast } from './cast.ts'
import { DECLINED_MS, type Facts } from './facts.ts'

export type Beginning = {
  readonly lines: readonly string[]
  /** Addresses of those who come because they rang or were called, in lower case. */
  readonly expected: readonly string[]
}

/** Who would not come, and what they did instead. */
type Refusals = ReadonlyMap<string, 'decline' | 'ignore'>

/** As JSON names them. */
const MEETING = '#microsoft.graph'

export function beginning(first: Retraced, facts: Facts, cast: Cast): Beginning {
  const { call, request } = begunBy(first)
  if (request) return placed(request, facts, cast)
  return call?.incomingContext?.observedParticipantId
    ? recorded(call, facts, cast)
    : rung(call, facts, cast)
}

function rung(call: Call | undefined, { refusals }: Facts, cast: Cast): Beginning {
  const from = cast.of(call?.source)
  const { id } = partyOf(call?.source)
  return {
    lines: [...scripts(refusals, cast), `const call = await ${calling('world.ring', { from })}`],
    expected: lowerCased([from, ...(id === undefined ? [] : [id])]),
  }
}

function placed(request: Request, facts: Facts, cast: Cast): Beginning {
  const targets = targetsIn(request)
  const absent =
    targets.length === 0
      ? facts.refusals
      : new Map([...facts.refusals, ...missing(facts.steps, targets)])
  const named = targets.map((target) => cast.named(target))
  const meeting = coordinatesOf(request)
  const asked = [
    ...(named.length > 0 ? [`targets: ${codeOf(named)}`] : []),
    ...(meeting ? coordinatesCode(request, meeting) : []),
  ]
  return {
    lines: [
      ...scripts(absent, cast),
      ...(meeting ? meetingLines(meetingOptions(request, facts, cast), facts, cast) : []),
      `const call = await world.call({ ${asked.join(', ')} })`,
    ],
    expected: lowerCased([...targets, ...named]),
  }
}

/** A policy had the bot called because somebody who must be recorded was there. */
function recorded(call: Call, facts: Facts, cast: Cast): Beginning {
  const observed = call.incomingContext?.observedParticipantId ?? ''
  const user = cast.of(facts.infoOf(observed) ?? call.source)
  const others = facts.present.filter(({ id }) => id !== observed)
  const given = [`user: ${codeOf(user)}`, ...(others.length > 0 ? ['meeting'] : [])]
  return {
    lines: [
      ...scripts(facts.refusals, cast),
      ...(others.length > 0 ? meetingLines({}, { present: others }, cast) : []),
      `const call = await world.policyCall({ ${given.join(', ')} })`,
    ],
    expected: [user.toLowerCase()],
  }
}

function meetingLines(
  options: object,
  { present }: Pick<Facts, 'present'>,
  cast: Cast,
): readonly string[] {
  const given = Object.keys(options).length > 0 ? [options] : []
  return [
    `const meeting = ${calling('world.meeting', ...given)}`,
    ...present.map(({ info }) => `await world.join(meeting, ${codeOf(cast.of(info))})`),
  ]
}

/** The same words of Graph's, with the coordinates of the test's own meeting. */
function coordinatesCode({ tenantId }: Request, by: Coordinates): readonly string[] {
  const own = {
    token: [`meetingInfo: { '@odata.type': '${MEETING}.tokenMeetingInfo', token: meeting.token }`],
    joinMeetingId: [
      `meetingInfo: { '@odata.type': '${MEETING}.joinMeetingIdMeetingInfo', joinMeetingId: meeting.joinMeetingId }`,
    ],
    thread: [
      "chatInfo: { threadId: meeting.threadId, messageId: '0' }",
      `meetingInfo: { '@odata.type': '${MEETING}.organizerMeetingInfo', organizer: { user: { id: meeting.organizer.id } } }`,
    ],
  }[by]
  return [...own, ...(tenantId ? ['tenantId: meeting.tenantId'] : [])]
}

function meetingOptions({ meetingInfo, tenantId }: Request, facts: Facts, cast: Cast): object {
  const { organizer } = meetingInfo ?? {}
  const by = organizer && { identity: organizer }
  return {
    ...(by && { organizer: cast.of(by, tenantId ?? undefined) }),
    ...(facts.waitedInLobby && { lobby: true }),
  }
}

function scripts(refusals: Refusals, cast: Cast): readonly string[] {
  return [...refusals].map(([who, script]) => calling('world.script', cast.named(who), script))
}

/** Of several targets, those who never appeared in a roster. */
function missing(
  steps: readonly Retraced[],
  targets: readonly string[],
): readonly (readonly [string, 'decline' | 'ignore'])[] {
  const last = steps.findLast(({ turn }) => turn)?.turn?.group
  const isOver = steps.some(({ event }) => event.type === 'callState.terminated')
  if (targets.length === 1) {
    const wasUp = steps.some(({ event }) => event.type === 'callState.established')
    const tookMs = (steps.at(-1)?.entry.atMs ?? 0) - (steps.at(0)?.entry.atMs ?? 0)
    const [target = ''] = targets
    return wasUp || !isOver ? [] : [[target, tookMs < DECLINED_MS ? 'decline' : 'ignore']]
  }
  const seen = [...(last?.participants.values() ?? [])].map((each) =>
    JSON.stringify(each.context.participant.info ?? {}).toLowerCase(),
  )
  return targets.flatMap((target) =>
    seen.some((text) => text.includes(target.toLowerCase())) ? [] : [[target, 'ignore'] as const],
  )
}

function lowerCased(names: readonly string[]): readonly string[] {
  return names.map((name) => name.toLowerCase())
}
