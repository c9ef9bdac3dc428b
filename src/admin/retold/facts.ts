/** What is so of a whole call, known only from its end: who was invited and came, and who ended it. */

import { partyOf } from '../../../machines/party.ts'
import type { Call, ParticipantInfo } from '../../../machines/words.ts'
import type { OutboxEntry } from '../../../snapshots/index.ts'
import { calling } from '../../code.ts'
import { whomOf } from '../people.ts'
import type { Retraced } from '../retrace.ts'
import type { Cast } from './cast.ts'

/** Who has not come by then was not asked in vain, but ignored it. */
const DECLINED_MS = 20_000

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
    isTransferred: (heard) => {
      const { resultInfo }: { readonly resultInfo?: { readonly subcode: number } } = heard
      return resultInfo?.subcode === 7015
    },
    hasPrompt: (outcome) => {
      const asking = outbox.find(({ id }) => id === commandOf(outcome))
      return asking !== undefined && 'prompt' in JSON.parse(asking.params)
    },
    isRemoved: (who) => removed.has(partyOf(who).id ?? '') || removed.has(who?.participantId ?? ''),
  }
}

/** How the call begins: the people's answers to what is asked of them later, and the first deed. */
export function beginning(
  first: Retraced,
  { refusals, steps }: Facts,
  cast: Cast,
): {
  readonly scripts: readonly string[]
  readonly code: string
  readonly expected: readonly string[]
} {
  const input = inputOf(first.event)
  const scripts = (whom: ReadonlyMap<string, string>) =>
    [...whom].map(([who, script]) => calling('world.script', cast.named(who), script))
  if (input.request) {
    const targets = targetsIn(input.request)
    const absent =
      targets.length === 0 ? refusals : new Map([...refusals, ...missing(steps, targets)])
    const request = { targets: targets.map((target) => cast.named(target)) }
    return {
      scripts: scripts(absent),
      code: calling('world.call', request),
      expected: [...targets, ...request.targets].map((each) => each.toLowerCase()),
    }
  }
  const from = cast.of(input.call?.source)
  const { id } = partyOf(input.call?.source)
  return {
    scripts: scripts(refusals),
    code: calling('world.ring', { from }),
    expected: [from, ...(id === undefined ? [] : [id])].map((each) => each.toLowerCase()),
  }
}

type Begun = { readonly call?: Call; readonly request?: object }

function inputOf(event: object): Begun {
  const { input = {} }: { readonly input?: Begun } = event
  return input
}

/** Targets that are named by an address, a number or an id. */
function targetsIn(request: object): readonly string[] {
  const named = whomOf(request)
  return named === 'a meeting' ? [] : named.split(', ')
}

/** Whether a call can be placed again from what its request names. */
export function canBegin({ event }: Retraced): boolean {
  const input = inputOf(event)
  if (!input.request) return input.call?.incomingContext?.observedParticipantId === undefined
  return targetsIn(input.request).length > 0
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

function idIn(params: string): string {
  const { participantId = '' }: { readonly participantId?: string } = JSON.parse(params)
  return participantId
}
