/** What people did in a call, read off how its roster changed. */
import type { ParticipantContext } from '../../../machines/participant.ts'
import { partyOf } from '../../../machines/party.ts'
import type { ParticipantInfo } from '../../../machines/words.ts'
import { type Group, statesOf } from '../../engine/group.ts'

/** Somebody on a call: a participant's id, and who it is. */
export type Somebody = {
  readonly id: string
  readonly info: ParticipantInfo | null | undefined
}

/** One thing that somebody did. */
export type Deed = {
  readonly who: Somebody
  readonly what: 'join' | 'leave' | 'mute' | 'unmute' | 'share' | 'unshare' | 'hold' | 'resume'
}

type Standing = {
  readonly info: ParticipantInfo | null | undefined
  readonly isThere: boolean
  readonly isHeld: boolean
  readonly isMuted: boolean
  readonly isSharing: boolean
}

const absent: Standing = {
  info: undefined,
  isThere: false,
  isHeld: false,
  isMuted: false,
  isSharing: false,
}

/** What the others did between two moments; bots are no people. */
export function deedsBetween(before: Group | undefined, after: Group): readonly Deed[] {
  const deeds: Deed[] = []
  for (const [id, snapshot] of after.participants) {
    const earlier = before?.participants.get(id)
    if (earlier === snapshot) continue
    const was = earlier ? standingOf(earlier) : absent
    const is = standingOf(snapshot)
    const who = { id, info: is.info }
    if (isPerson(who.info)) deeds.push(...changesBetween(was, is).map((what) => ({ who, what })))
  }
  return deeds
}

/** Who is there; bots are no people. */
export function peopleIn(group: Group): readonly Somebody[] {
  return [...group.participants].flatMap(([id, snapshot]) => {
    const { info, isThere } = standingOf(snapshot)
    return isThere && isPerson(info) ? [{ id, info }] : []
  })
}

function changesBetween(was: Standing, is: Standing): readonly Deed['what'][] {
  if (was.isThere && !is.isThere) return ['leave']
  if (!is.isThere) return []
  return [
    ...(was.isThere ? [] : (['join'] as const)),
    ...changed(was.isMuted, is.isMuted, 'mute', 'unmute'),
    ...changed(was.isSharing, is.isSharing, 'share', 'unshare'),
    ...(was.isThere ? changed(was.isHeld, is.isHeld, 'hold', 'resume') : []),
  ]
}

function changed(
  was: boolean,
  is: boolean,
  on: Deed['what'],
  off: Deed['what'],
): readonly Deed['what'][] {
  return was === is ? [] : [is ? on : off]
}

function standingOf(snapshot: {
  readonly context: ParticipantContext
  readonly value?: unknown
}): Standing {
  const states = statesOf(snapshot)
  const isIn = (...some: readonly string[]) => some.some((state) => states.includes(state))
  return {
    info: snapshot.context.participant.info,
    isThere: isIn('presence.joined', 'presence.onHold'),
    isHeld: isIn('presence.onHold'),
    // Who is muted by the service was so by the bot's own request.
    isMuted: isIn('audio.muted'),
    isSharing: isIn('screenSharing.sendOnly', 'screenSharing.sendReceive'),
  }
}

function isPerson(info: ParticipantInfo | null | undefined): boolean {
  const { kind } = partyOf(info)
  return kind !== 'application' && kind !== 'applicationInstance' && kind !== 'unknown'
}
