/** Every timer fires once, and not early. */
import type { CallCommit, TimerEntry } from '../../../../snapshots/index.ts'
import type { Evidence } from '../../invariants/invariant.ts'

/** Late by more than this, with nothing going wrong any more, is not firing at all. */
const LATEST_MS = 60_000

export function timersFireOnce({ world, disk }: Evidence): string[] {
  const pending = new Map<string, Map<string, TimerEntry>>()
  const found: string[] = []
  for (const { calls } of disk.commits) {
    for (const commit of calls) {
      const timers = pending.get(commit.key) ?? new Map<string, TimerEntry>()
      pending.set(commit.key, timers)
      found.push(...apply(commit, timers))
    }
  }
  for (const [key, timers] of pending) {
    for (const { id, dueMs } of timers.values()) {
      if (dueMs + LATEST_MS < world.clock.now()) found.push(`call ${key}: timer ${id} never fired.`)
    }
  }
  return found
}

/** What a commit makes of a call's pending timers; tells those that fired early or once too often. */
function apply(commit: CallCommit, timers: Map<string, TimerEntry>): string[] {
  const found: string[] = []
  for (const { event, atMs } of commit.journal) {
    if (!event.startsWith('{"type":"xstate.after.')) continue
    const timer = [...timers.values()].find((each) => sameEvent(each.event, event))
    if (!timer) found.push(`call ${commit.key}: ${event} fired although no such timer is set.`)
    else if (atMs < timer.dueMs) found.push(`call ${commit.key}: ${timer.id} fired early.`)
    if (timer) timers.delete(timer.id)
  }
  for (const id of commit.timersRemoved) timers.delete(id)
  for (const timer of commit.timers) timers.set(timer.id, timer)
  return found
}

function sameEvent(one: string, other: string): boolean {
  const [first, second]: { type?: unknown }[] = [JSON.parse(one), JSON.parse(other)]
  return first?.type === second?.type
}
