/** A turn as text: all that is written down of it, made before anything of it is kept. */
import type { CallContext } from '../../machines/call/context.ts'
import { isJoinEffect } from '../../machines/effects.ts'
import { privateParts } from '../../machines/privacy.ts'
import { type EncodedEvent, encodeEvent, refuseLoss } from '../../snapshots/codec.ts'
import type { OutboxEntry, TimerEntry } from '../../snapshots/store.ts'
import { invocationOf } from './change.ts'
import type { Group } from './group.ts'
import { withoutSecrets } from './secrets.ts'
import type { CallChartEvent, Command, Turn } from './turn.ts'

export type Written = EncodedEvent & {
  readonly timers: readonly TimerEntry[]
  readonly owed: readonly Owed[]
}

/** What a turn asks for; what answers a joining notification is in no outbox. */
export type Owed = { readonly command: Command; readonly entry: OutboxEntry | undefined }

/** Throws what cannot be made text. */
export function writtenOf(turn: Turn, event: CallChartEvent, atMs: number): Written {
  return {
    ...encodeEvent(event, privateParts),
    timers: turn.timers.map(({ id, delayMs, event: due }) => ({
      id,
      dueMs: atMs + delayMs,
      event: JSON.stringify(due),
    })),
    owed: turn.commands.map((command) => ({ command, entry: entryOf(command, turn.group, atMs) })),
  }
}

function entryOf(
  { id, effect, params }: Command,
  group: Group,
  askedMs: number,
): OutboxEntry | undefined {
  if (isJoinEffect(effect)) return undefined
  const stored = effect === 'invoke' ? storable(params, group.call.context.private) : params
  return { id, effect, params: JSON.stringify(stored), status: 'owed', askedMs }
}

/** An invocation as it may be written down: what is private stays in memory. */
function storable(params: unknown, secret: unknown): unknown {
  const { id, src, input } = invocationOf({ params })
  const { value, isLacking } = withoutSecrets(input, secret)
  return isLacking ? { id, src, input: value, lacksPrivate: true } : params
}

/** Throws `CodecError` where the author's own values, which are looked at when they change, could not be stored. */
export function refuseLosingOwn({ group }: Turn, before?: Group): void {
  const { bot }: CallContext = group.call.context
  if (bot !== before?.call.context.bot) refuseLoss({ context: { bot } })
}
