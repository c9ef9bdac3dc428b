/**
 * The judge of a run: from the emulator's own record, whether any call of the front desk lost anything
 * by the engine's death. It knows what the front desk promises its callers, and nothing of the engine.
 */
import type {
  CallTruth,
  LedgerEntry,
  NotificationEntry,
  RequestEntry,
} from '../../emulator/index.ts'

export type Violation = {
  readonly name:
    | 'notTransferred'
    | 'tookEffectTwice'
    | 'notActedUpon'
    | 'pressedAgain'
    | 'notAcknowledged'
  readonly callId: string
  readonly what: string
}

export type Verdict = {
  readonly calls: number
  /** Calls that came to their proper end: transferred. */
  readonly ended: number
  /** Notifications that the bot acknowledged. */
  readonly acknowledged: number
  /** Requests that the bot made to change something. */
  readonly requests: number
  /** Those of them that were made again. */
  readonly repeated: number
  readonly violations: readonly Violation[]
}

/** A transferred call ends with subcode 7015: the call was replaced. */
const TRANSFERRED = 7015

/** What a caller would notice if it were done twice; the front desk does each at most once in a call. */
const onceOnly: readonly string[] = [
  'createCall',
  'invite',
  'playPrompt',
  'recordResponse',
  'redirect',
  'sendDtmfTones',
  'transfer',
]

/** What the front desk must have asked for once it has acknowledged something. */
const duties: readonly {
  readonly after: string
  readonly isTold: (entry: NotificationEntry) => boolean
  readonly owed: string
}[] = [
  { after: 'the incoming call', isTold: ({ state }) => state === 'incoming', owed: 'answer' },
  { after: 'established', isTold: ({ state }) => state === 'established', owed: 'playPrompt' },
  {
    after: "the prompt's end",
    isTold: ({ what, state }) => what === 'playPromptOperation' && state === 'completed',
    owed: 'subscribeToTone',
  },
  { after: 'the tone', isTold: ({ tone }) => tone !== undefined, owed: 'transfer' },
]

/** Judges all calls by the record of what the bot was told and what it asked. */
export function judge(record: readonly LedgerEntry[], calls: readonly CallTruth[]): Verdict {
  const requests = record.filter(isChange)
  return {
    calls: calls.length,
    ended: calls.filter(isTransferred).length,
    acknowledged: record.filter(isAcknowledged).length,
    requests: requests.length,
    repeated:
      requests.length - new Set(requests.map(({ callId, method }) => `${callId} ${method}`)).size,
    violations: calls.flatMap((call) =>
      violationsOf(
        call,
        record.filter(({ callId }) => callId === call.id),
      ),
    ),
  }
}

function violationsOf(call: CallTruth, record: readonly LedgerEntry[]): Violation[] {
  const found = (name: Violation['name'], what: string) => ({ name, callId: call.id, what })
  const done = record.filter(isChange).filter(({ tookEffect }) => tookEffect)
  const times = (method: string) => done.filter((request) => request.method === method).length
  const told = record.filter(isAcknowledged)
  const untold = record.filter((entry) => entry.kind === 'notification' && !isAcknowledged(entry))
  const presses = record.filter(
    (entry) => entry.kind === 'user' && entry.action.startsWith('pressed'),
  )
  return [
    ...(isTransferred(call) ? [] : [found('notTransferred', endOf(call))]),
    ...onceOnly
      .filter((method) => times(method) > 1)
      .map((method) => found('tookEffectTwice', `${method} took effect ${times(method)} times`)),
    ...duties
      .filter(({ isTold, owed }) => told.some(isTold) && times(owed) === 0)
      .map(({ after, owed }) =>
        found('notActedUpon', `${after} was acknowledged, but no ${owed} came`),
      ),
    ...(presses.length > 1 ? [found('pressedAgain', `${presses.length} keys were needed`)] : []),
    ...(untold.length > 0
      ? [found('notAcknowledged', `${untold.length} notifications were never taken`)]
      : []),
  ]
}

function endOf({ state, result }: CallTruth): string {
  return result ? `it is ${state} with ${result.code}/${result.subcode}` : `it is ${state}`
}

function isTransferred({ state, result }: CallTruth): boolean {
  return state === 'terminated' && result?.subcode === TRANSFERRED
}

function isChange(entry: LedgerEntry): entry is RequestEntry {
  return entry.kind === 'request' && entry.verb !== 'GET'
}

function isAcknowledged(entry: LedgerEntry): entry is NotificationEntry {
  return entry.kind === 'notification' && entry.outcome === 'acknowledged'
}
