/** Whom a recording policy obliged to be recorded, as the bot was told. */
import { isJoinEffect } from '../../../machines/effects.ts'
import type { Call } from '../../../machines/words.ts'
import type { Retraced } from '../retrace.ts'
import { observedIn } from './begun.ts'

export type Recorded = {
  /** Ids of those whose joining the bot was asked about. */
  readonly joiners: ReadonlySet<string>
  /** Ids of those of whom it was told that they left. */
  readonly leavers: ReadonlySet<string>
  /** Whether, for one of them, the bot had another bot called. */
  readonly invitedBot: boolean
  /** Whether nobody was recorded any more after a step. */
  readonly isNobodyAfter: (index: number) => boolean
}

export function recordedIn(steps: readonly Retraced[]): Recorded {
  const joinings = steps.filter(({ event }) => event.type === 'participant.joining')
  const leavings = steps.filter(({ event }) => event.type === 'recordedParticipant.left')
  return {
    joiners: new Set(joinings.map(({ event }) => joinerIn(event))),
    leavers: new Set(leavings.map(({ event }) => leaverIn(event))),
    invitedBot: joinings.some((step) => answerTo(step) === 'inviteNewBot'),
    isNobodyAfter: (index) => {
      const before = steps.slice(0, index + 1)
      const first = observedIn(steps[0])
      const recorded = new Set(first === undefined ? [] : [first])
      for (const step of before) {
        if (step.event.type === 'recordedParticipant.left') recorded.delete(leaverIn(step.event))
        if (answerTo(step) === 'acceptJoin') recorded.add(joinerIn(step.event))
      }
      return recorded.size === 0
    },
  }
}

/** Who joins, as `participant.joining` says it. */
export function joinerIn(event: object): string {
  const { call }: { readonly call?: Call } = event
  return call?.incomingContext?.observedParticipantId ?? ''
}

/** Who has left, as `recordedParticipant.left` says it. */
export function leaverIn(event: object): string {
  const { participantId = '' }: { readonly participantId?: string } = event
  return participantId
}

/** How the bot answered a joining: a chart that asks for nothing accepts. */
function answerTo({ event, turn }: Retraced): string | undefined {
  if (event.type !== 'participant.joining') return undefined
  const [asked = 'acceptJoin'] = (turn?.commands ?? []).flatMap(({ effect }) =>
    isJoinEffect(effect) ? [effect] : [],
  )
  return asked
}
