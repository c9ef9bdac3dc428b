/** What is wrong with a call, and what to do about each. */
import type { OutboxEntry } from '../../snapshots/index.ts'
import { roughSpan } from '../../snapshots/spans.ts'
import type { Found } from './calls.ts'
import type { Problem } from './protocol.ts'

/** A request that was not sent after this long is worth a look. */
const LONG_OWED_MS = 30_000

/** Problems shown of one call, the newest. */
const MOST = 100

export function problemsOf(
  { past: { outbox, quarantine }, reasons }: Pick<Found, 'past' | 'reasons'>,
  nowMs: number,
): readonly Problem[] {
  const thrown = quarantine.map(({ atMs, event, reason }): Problem => {
    const { type = 'an event' }: { readonly type?: string } = JSON.parse(event)
    return {
      code: 'event.quarantined',
      what: `${type} made the chart throw: ${reason}`,
      fix: 'Mend the chart there; the call stands where it was before the event, and has heard engine.error.',
      atMs,
    }
  })
  const fates = outbox.flatMap((entry) => fateProblem(entry, reasons.get(entry.id), nowMs) ?? [])
  return [...thrown, ...fates].toSorted((one, other) => one.atMs - other.atMs).slice(-MOST)
}

function fateProblem(
  entry: OutboxEntry,
  why: string | undefined,
  nowMs: number,
): Problem | undefined {
  const { id, effect, status, askedMs: atMs } = entry
  const about = { atMs, sequence: Number(id.split('.').at(-2)) }
  if (status === 'failed') {
    return {
      ...about,
      code: 'effect.failed',
      what: why === undefined ? `${effect} failed.` : `${effect} failed: ${why}`,
      fix:
        why === undefined
          ? 'The entry of its answer in the timeline says why; let the chart hear it where it matters.'
          : 'Mend what the reason says; let the chart hear it where it matters.',
    }
  }
  if (status === 'inDoubt') {
    return {
      ...about,
      code: 'effect.inDoubt',
      what: `${effect} was sent, and nothing was heard of it.`,
      fix: "Evidence is being looked for; then it is sent again or given up, as the effect's rule says.",
    }
  }
  if (status === 'owed' && nowMs - atMs > LONG_OWED_MS) {
    return {
      ...about,
      code: 'effect.waiting',
      what: `${effect} is stored and was not sent for ${roughSpan(nowMs - atMs)}.`,
      fix: 'See whether Graph answers at all, and whether an earlier request of this call hangs.',
    }
  }
  return undefined
}
