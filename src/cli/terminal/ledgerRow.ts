/** The timeline as the emulated Graph sees it: what it told bots, what they asked, what people did. */
import type { LedgerEntry, NotificationEntry, RequestEntry } from '../../emulator/index.ts'
import { type Span, span } from './line.ts'
import type { Row } from './row.ts'

/** The part of an entry that is shown. */
export type ShownEntry =
  | Pick<Extract<LedgerEntry, { kind: 'user' }>, 'kind' | 'atMs' | 'callId' | 'who' | 'action'>
  | Pick<RequestEntry, 'kind' | 'atMs' | 'callId' | 'method' | 'status' | 'fault'>
  | Pick<
      NotificationEntry,
      | 'kind'
      | 'atMs'
      | 'callId'
      | 'what'
      | 'state'
      | 'result'
      | 'tone'
      | 'attempts'
      | 'status'
      | 'outcome'
    >

/** The row of one entry. */
export function ledgerRow(entry: ShownEntry): Row {
  const { atMs, callId } = entry
  switch (entry.kind) {
    case 'user':
      return { atMs, callId, sign: '●', what: `${entry.who} ${entry.action}`, outcome: [] }
    case 'request':
      return { atMs, callId, sign: '←', what: entry.method, outcome: answered(entry) }
    case 'notification':
      return { atMs, callId, sign: '→', what: told(entry), outcome: taken(entry) }
  }
}

function told({
  what,
  state = '',
  tone,
}: Pick<NotificationEntry, 'what' | 'state' | 'tone'>): string {
  return `${what.replace('Operation', '')} ${tone ? `tone ${tone}` : state}`
}

function answered({ status, fault }: Pick<RequestEntry, 'status' | 'fault'>): Span[] {
  const code = span(
    status === 0 ? 'cut' : String(status),
    status < 400 && status > 0 ? 'dim' : 'red',
  )
  return fault ? [code, span(`  ${fault}`, 'yellow')] : [code]
}

function taken(
  entry: Pick<NotificationEntry, 'outcome' | 'status' | 'attempts' | 'result'>,
): Span[] {
  const { outcome, status, attempts, result } = entry
  const tries = attempts > 1 ? ` after ${attempts} attempts` : ''
  const fate =
    outcome === 'acknowledged'
      ? span(`${status}${tries}`, 'dim')
      : span(`${outcome}${tries}`, 'red')
  return result ? [fate, span(`  ${result}`, 'blue')] : [fate]
}
