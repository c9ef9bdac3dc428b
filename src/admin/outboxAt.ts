/** The outbox as of a past moment: what had been asked by then, and what the journal had told of it. */
import type { OutboxEntry } from '../../snapshots/index.ts'
import { shown } from './payload.ts'
import type { PastOutboxRow, PastStatus } from './protocol.ts'
import { isResult } from './retold/results.ts'
import type { Retraced } from './retrace.ts'

/** How an entry of the journal speaks of an effect that is not over. */
const underWay: { readonly [participle: string]: PastStatus } = {
  started: 'running',
  inDoubt: 'inDoubt',
}

export function outboxAt(
  outbox: readonly OutboxEntry[],
  steps: readonly Retraced[],
  sequence: number,
): readonly PastOutboxRow[] {
  return outbox.flatMap((effect) => {
    if (askedIn(effect) > sequence) return []
    const { id, effect: name, askedMs, params } = effect
    const status = statusAt(effect, entriesAbout(effect, outbox, steps), sequence)
    return [{ id, effect: name, status, askedMs, params: shown(JSON.parse(params)) }]
  })
}

function statusAt(
  { status }: OutboxEntry,
  about: readonly Retraced[],
  sequence: number,
): PastStatus {
  const end = about.find(({ event }) => underWay[participleOf(event)] === undefined)
  if (!end && (status === 'done' || status === 'failed' || status === 'dropped')) return 'untold'
  const last = about.findLast(({ entry }) => entry.sequence <= sequence)
  if (!last) return 'asked'
  const told = underWay[participleOf(last.event)]
  if (told) return told
  return status === 'failed' || status === 'dropped' ? status : 'done'
}

/** The entries that answer an effect, in order. */
function entriesAbout(
  effect: OutboxEntry,
  outbox: readonly OutboxEntry[],
  steps: readonly Retraced[],
): readonly Retraced[] {
  if (effect.effect !== 'invoke') {
    return steps.filter(({ event }) => commandIn(event) === effect.id)
  }
  const { id } = invoked(effect)
  const again = outbox.find((other) => isLater(other, effect) && invoked(other).id === id)
  const result = steps.find(
    ({ entry, event }) =>
      isResult(event) && actorIn(event) === id && entry.sequence > askedIn(effect),
  )
  const isOwn = result && (!again || result.entry.sequence <= askedIn(again))
  return isOwn ? [result] : []
}

function isLater(other: OutboxEntry, effect: OutboxEntry): boolean {
  return other.effect === 'invoke' && other !== effect && askedIn(other) > askedIn(effect)
}

/** The entry of the journal that asked for it. */
function askedIn({ id }: OutboxEntry): number {
  return Number(id.split('.').at(-2))
}

function participleOf({ type }: { readonly type: string }): string {
  return type.split('.').at(-1) ?? ''
}

function commandIn(event: object): string | undefined {
  const { command }: { readonly command?: { readonly id?: string } } = event
  return command?.id
}

function actorIn(event: object): string | undefined {
  const { actorId }: { readonly actorId?: string } = event
  return actorId
}

function invoked({ params }: OutboxEntry): { readonly id?: string } {
  return JSON.parse(params)
}
