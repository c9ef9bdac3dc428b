/** What an operator asks of a call is an event like any other: its chart decides, its journal tells. */
import type { AdminEvent } from '../../machines/events.ts'
import type { Call } from './call.ts'
import type { Changes } from './changes.ts'

/** Resolves, once durable, to the effects that the call asks for because of it; to nothing for no live call. */
export async function operate(
  call: Call | undefined,
  type: AdminEvent['type'],
  changes: Changes,
  atMs: number,
): Promise<readonly string[] | undefined> {
  if (call?.status !== 'live') return undefined
  const asked: string[] = []
  await changes.make(call, (change) => {
    const from = change.effects.length
    call.hear({ type }, atMs, change)
    asked.push(...change.effects.slice(from).map(({ effect }) => effect))
  })
  return asked
}
