/** What is told of requests to whoever looks. */
import type { EffectName } from '../../machines/effects.ts'
import type { Clock } from '../clock.ts'
import type { Reply } from '../graph/index.ts'
import type { Observers } from '../telemetry/observers.ts'
import type { Responded } from '../telemetry/records.ts'

/** A request that is to be made. */
export type Asking = {
  readonly effect: EffectName
  readonly params: unknown
  readonly commandId: string
  /** 1 for the first. */
  readonly attempt: number
  readonly isEvidence?: boolean
}

type Watching = { readonly clock: Clock; readonly observers: Observers }

/** Sends, and tells of the sending and of the answer. */
export async function told(
  { clock, observers }: Watching,
  key: string,
  { effect, commandId: command, attempt, isEvidence = false }: Asking,
  send: () => Promise<Reply>,
): Promise<Reply> {
  if (!observers.isWatched) return send()
  const about = { key, effect, command, attempt, isEvidence }
  const beganMs = clock.elapsedMs()
  observers.tell({ kind: 'requested', atMs: clock.now(), ...about })
  const reply = await send()
  const durationMs = clock.elapsedMs() - beganMs
  observers.tell({ kind: 'responded', atMs: clock.now(), ...about, durationMs, ...heard(reply) })
  return reply
}

/** Tells that a request is sent again, for the time `attempt`. */
export function tellRetrying(
  { clock, observers }: Watching,
  owed: { readonly key: string; readonly id: string; readonly effect: EffectName },
  attempt: number,
  waitMs: number,
  reply: Reply,
): void {
  if (!observers.isWatched) return
  const { key, effect, id: command } = owed
  const { status } = heard(reply)
  const atMs = clock.now()
  observers.tell({ kind: 'retrying', atMs, key, effect, command, attempt, waitMs, status })
}

function heard(reply: Reply): Pick<Responded, 'outcome' | 'status' | 'retryAfterMs' | 'requestId'> {
  const { status, requestId } = reply.kind === 'answered' ? reply : reply.fault
  const retryAfterMs = reply.kind === 'refused' ? reply.retryAfterMs : undefined
  return { outcome: reply.kind, status, retryAfterMs, requestId }
}
