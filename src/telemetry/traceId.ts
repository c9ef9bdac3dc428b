/** Which trace a call is in: worked out, so that every process and every leg comes to the same. */
import { createHash } from 'node:crypto'
import { type SpanContext, TraceFlags } from '@opentelemetry/api'
import type { Turned } from './records.ts'

const GUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/

/**
 * The trace of a call, with the call itself as its root. The trace id is the callChainId without its dashes;
 * a call that the bot places has no chain when it begins, and is traced by its key.
 */
export function traceOf({ key, snapshot }: Pick<Turned, 'key' | 'snapshot'>): SpanContext {
  const { direction, call }: { direction?: unknown; call?: { callChainId?: unknown } } =
    snapshot.context
  const chain = direction === 'incoming' ? call?.callChainId : undefined
  const name = (typeof chain === 'string' ? chain : key).toLowerCase()
  const traceId = GUID.test(name) ? name.replaceAll('-', '') : digest(name).slice(0, 32)
  const spanId = digest(`call ${key}`).slice(0, 16)
  return { traceId, spanId, traceFlags: TraceFlags.SAMPLED, isRemote: true }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
