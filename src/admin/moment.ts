/** One moment of a call's past, as the replay shows it. */
import { transitionId } from '../../snapshots/chart.ts'
import type { Group } from '../engine/group.ts'
import type { Found } from './calls.ts'
import { aroundOf } from './ladder.ts'
import { MOST_EFFECTS, rosterOf, timerRow } from './now.ts'
import { outboxAt } from './outboxAt.ts'
import { shown } from './payload.ts'
import type { Json, LadderEntry, Moment, TimerRow } from './protocol.ts'
import type { Retraced } from './retrace.ts'

export function momentOf(
  { stored, past }: Found,
  steps: readonly Retraced[],
  sequence: number,
  entries: readonly LadderEntry[],
): Moment {
  const index = sequence - 1
  const step = steps[index]
  const group = steps.slice(0, sequence).findLast(({ turn }) => turn)?.turn?.group
  const { before, after } = aroundOf(steps, index)
  return {
    key: stored.key,
    sequence,
    first: 1,
    last: steps.length,
    ...(sequence > 1 && { previous: sequence - 1 }),
    ...(sequence < steps.length && { next: sequence + 1 }),
    atMs: step?.entry.atMs ?? 0,
    chart: { id: stored.chartId, version: step?.entry.chartVersion ?? stored.chartVersion },
    entries,
    before,
    states: after,
    taken: (step?.turn?.taken ?? []).flatMap((transition) => transitionId(transition) ?? []),
    roster: group ? rosterOf(group) : { mode: 'silent', size: 0, participants: [] },
    context: group ? contextOf(group) : null,
    timers: timersAt(steps, index),
    outbox: outboxAt(past.outbox, steps, sequence).slice(-MOST_EFFECTS),
    certainty: step?.certainty ?? 'unsure',
  }
}

/** What the chart remembered, its own values and the engine's; what is private has no place here. */
function contextOf({ call }: Group): Json {
  const { private: _, ...open }: { readonly private?: unknown } = call.context
  return shown(open)
}

/** What was set and had neither fired nor been called off. */
function timersAt(steps: readonly Retraced[], index: number): readonly TimerRow[] {
  const timers = new Map<string, TimerRow>()
  for (const { turn, entry, event } of steps.slice(0, index + 1)) {
    for (const [id, { dueMs }] of timers) {
      if (dueMs <= entry.atMs && id === firedBy(event.type)) timers.delete(id)
    }
    for (const id of turn?.timersCancelled ?? []) timers.delete(id)
    for (const { id, delayMs, event: due } of turn?.timers ?? []) {
      timers.set(id, timerRow({ id, dueMs: entry.atMs + delayMs, event: JSON.stringify(due) }))
    }
  }
  return [...timers.values()].toSorted((one, other) => one.dueMs - other.dueMs)
}

/** A delay's event bears the name of its timer. */
function firedBy(type: string): string | undefined {
  return type.startsWith('xstate.after.') ? type : undefined
}
