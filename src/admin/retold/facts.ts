/** What is so of a whole call, known only from its end: who was invited and came, and who ended it. */

import type { ParticipantContext } from '../../../machines/participant.ts'
import { partyOf } from '../../../machines/party.ts'
import type { ParticipantInfo } from '../../../machines/words.ts'
import type { OutboxEntry } from '../../../snapshots/index.ts'
import type { Retraced } from '../retrace.ts'
import { peopleIn, type Somebody } from './people.ts'
import { type Recorded, recordedIn } from './recorded.ts'

/** Who has not come by then was not asked in vain, but ignored it. */
export const DECLINED_MS = 20_000

/** Whoever joins a meeting is in it by then, unless a lobby keeps them. */
const LET_IN_MS = 5_000

/** Subcode of the end of a call that was handed on. */
const TRANSFERRED = 7015

/** Subcode of the end of a call that nobody let in from the lobby. */
const NOT_LET_IN = 5855

export type Facts = {
  readonly steps: readonly Retraced[]
  /** Whom the bot invited or transferred to, by the names it used, in lower case. */
  readonly invited: ReadonlySet<string>
  /** Of these, who did not come, and what they did instead. */
  readonly refusals: ReadonlyMap<string, 'decline' | 'ignore'>
  readonly wasEstablished: boolean
  readonly isEndedByBot: (index: number) => boolean
  readonly isTransferred: (heard: object) => boolean
  /** Whether what an outcome answers began with a prompt. */
  readonly hasPrompt: (outcome: object) => boolean
  readonly isRemoved: (who: ParticipantInfo | null | undefined) => boolean
  /** Who was there when the bot came. */
  readonly present: readonly Somebody[]
  /** Who a participant is, as any roster told. */
  readonly infoOf: (participantId: string) => ParticipantInfo | null | undefined
  /** Whether a meeting's lobby kept the bot for a while. */
  readonly waitedInLobby: boolean
  readonly recorded: Recorded
}

export function factsOf(steps: readonly Retraced[], outbox: readonly OutboxEntry[]): Facts {
  const asked = (names: readonly string[]) => outbox.filter(({ effect }) => names.includes(effect))
  const endings = asked(['hangUp', 'reject', 'redirect']).map(({ id }) => sequenceOf(id))
  const removed = new Set(asked(['removeParticipant']).map(({ params }) => idIn(params)))
  const { invited, refusals } = invitations(steps, outbox)
  return {
    steps,
    invited,
    refusals,
    wasEstablished: steps.some(({ event }) => event.type === 'callState.established'),
    isEndedByBot: (index) => endings.some((sequence) => sequence <= index),
    isTransferred: (heard) => subcodeIn(heard) === TRANSFERRED,
    hasPrompt: (outcome) => {
      const asking = outbox.find(({ id }) => id === commandOf(outcome))
      return asking !== undefined && 'prompt' in JSON.parse(asking.params)
    },
    present: presentAtFirst(steps),
    infoOf: (participantId) => infoIn(steps, participantId),
    waitedInLobby: waitedInLobby(steps),
    recorded: recordedIn(steps),
    isRemoved: (who) => removed.has(partyOf(who).id ?? '') || removed.has(who?.participantId ?? ''),
  }
}

/** The people of the first roster. */
function presentAtFirst(steps: readonly Retraced[]): readonly Somebody[] {
  const first = steps.find(({ turn }) => turn && turn.group.participants.size > 0)
  return first?.turn ? peopleIn(first.turn.group) : []
}

function infoIn(steps: readonly Retraced[], id: string): ParticipantInfo | null | undefined {
  const told = steps.find(({ turn }) => turn?.group.participants.has(id))
  const snapshot: { readonly context: ParticipantContext } | undefined =
    told?.turn?.group.participants.get(id)
  return snapshot?.context.participant.info
}

function waitedInLobby(steps: readonly Retraced[]): boolean {
  const at = (type: string) => steps.find(({ event }) => event.type === type)
  const established = at('callState.established')
  if (!established) return subcodeIn(at('callState.terminated')?.event ?? {}) === NOT_LET_IN
  const begun = at('callState.establishing')
  return begun !== undefined && established.entry.atMs - begun.entry.atMs > LET_IN_MS
}

/** Whom the bot asked to come or to take over, and who would not. */
function invitations(
  steps: readonly Retraced[],
  outbox: readonly OutboxEntry[],
): Pick<Facts, 'invited' | 'refusals'> {
  const invited = new Set<string>()
  const refusals = new Map<string, 'decline' | 'ignore'>()
  for (const { id, effect, params, askedMs } of outbox) {
    if (effect !== 'invite' && effect !== 'transfer') continue
    const whom = namesIn(JSON.parse(params))
    for (const name of whom) invited.add(name.toLowerCase())
    const end = steps.find(({ event }) => commandOf(event) === id && isRefusal(event.type))
    const script = (end?.entry.atMs ?? 0) - askedMs < DECLINED_MS ? 'decline' : 'ignore'
    if (end) for (const name of whom) refusals.set(name, script)
  }
  return { invited, refusals }
}

function isRefusal(type: string): boolean {
  return /^(invite|transfer)\.(failed|cancelled)$/.test(type)
}

function namesIn(params: {
  readonly participants?: unknown
  readonly to?: unknown
}): readonly string[] {
  const targets = [params.participants ?? params.to].flat()
  return targets.filter((target): target is string => typeof target === 'string')
}

function commandOf(event: object): string | undefined {
  const { command }: { readonly command?: { readonly id?: string } } = event
  return command?.id
}

function sequenceOf(id: string): number {
  return Number(id.split('.').at(-2))
}

function subcodeIn(event: object): number | undefined {
  const { resultInfo }: { readonly resultInfo?: { readonly subcode: number } } = event
  return resultInfo?.subcode
}

function idIn(params: string): string {
  const { participantId = '' }: { readonly participantId?: string } = JSON.parse(params)
  return participantId
}
