/** How a stored call stands, read without its chart: what an upgrade is given. */
import type { StateValue } from 'xstate'
import type { CallContext } from '../../machines/call/context.ts'
import type { Standing } from '../../machines/upgrade.ts'
import type { OutboxEntry, TimerEntry } from '../../snapshots/store.ts'
import { invocationOf } from './change.ts'

/** What of a stored call an upgrade needs. */
export type AtRest = {
  readonly chartId: string
  /** The snapshot of the call's own actor, as text gave it. */
  readonly persisted: object
  readonly timers: readonly TimerEntry[]
  readonly outbox: readonly OutboxEntry[]
}

/** Reads how a call stands. */
export function standingOf({ chartId, persisted, timers, outbox }: AtRest): Standing {
  // Written by a chart's own snapshot, and read back from the store that keeps it.
  const { value, context, historyValue } = persisted as Persisted
  const invoked = outbox.filter(({ effect }) => effect === 'invoke')
  return {
    chart: chartId,
    states: value,
    context,
    timers: timers.map(({ id, dueMs }) => ({ id, dueMs })),
    invocations: invoked.map((entry) => {
      const { id, src } = invocationOf({ params: JSON.parse(entry.params) })
      return { id, src, command: entry.id }
    }),
    history: Object.fromEntries(
      Object.entries(historyValue ?? {}).map(([id, states]) => [id, states.map((each) => each.id)]),
    ),
  }
}

/** A snapshot as a store keeps it, of which XState's types say too little. */
export type Persisted = {
  readonly status: 'active' | 'done'
  readonly output: undefined
  readonly error: undefined
  readonly value: StateValue
  readonly context: CallContext
  readonly children: { readonly [id: string]: object }
  readonly historyValue?: { readonly [id: string]: readonly { readonly id: string }[] }
}

/** Every active state of a value, `region.state.…`, with the states around it. */
export function pathsIn(states: unknown, around = ''): readonly string[] {
  if (typeof states === 'string') return [joined(around, states)]
  if (typeof states !== 'object' || states === null) return []
  return Object.entries(states).flatMap(([name, inner]) => {
    const path = joined(around, name)
    return [path, ...pathsIn(inner, path)]
  })
}

function joined(around: string, name: string): string {
  return around === '' ? name : `${around}.${name}`
}
