/** A judge that cannot find anybody guilty proves nothing. */
import { expect, test } from 'vitest'
import { judge } from '../../src/cli/demo/judge.ts'
import type {
  CallTruth,
  LedgerEntry,
  NotificationEntry,
  RequestEntry,
} from '../../src/emulator/index.ts'

const callId = 'c'
const base = { callId, number: 0, atMs: 0 }

function asked(method: string, tookEffect = true): RequestEntry {
  return { ...base, kind: 'request', method, verb: 'POST', path: '', status: 202, tookEffect }
}

function told(entry: Partial<NotificationEntry>): NotificationEntry {
  const sent = { changeType: 'updated', what: 'call', address: '', attempts: 1 } as const
  return { ...base, kind: 'notification', ...sent, outcome: 'acknowledged', ...entry }
}

function pressed(): LedgerEntry {
  return { ...base, kind: 'user', who: 'bob', action: 'pressed •' }
}

const goodCall: readonly LedgerEntry[] = [
  told({ state: 'incoming' }),
  asked('answer'),
  told({ state: 'established' }),
  asked('playPrompt'),
  told({ what: 'playPromptOperation', state: 'completed' }),
  asked('subscribeToTone'),
  pressed(),
  told({ tone: '•' }),
  asked('transfer'),
]

const transferred: CallTruth = {
  id: callId,
  state: 'terminated',
  direction: 'incoming',
  topology: 'peerToPeer',
  muted: false,
  sharing: false,
  tonesSubscribed: false,
  recordingStatus: 'unknown',
  playing: undefined,
  roster: [],
  result: { code: 0, subcode: 7015, message: '' },
}

function namesOf(record: readonly LedgerEntry[], call = transferred): string[] {
  return judge(record, [call]).violations.map(({ name }) => name)
}

test('a good call has no violation, and is counted', () => {
  expect(judge([...goodCall, asked('answer', false)], [transferred])).toEqual({
    calls: 1,
    ended: 1,
    acknowledged: 4,
    requests: 5,
    repeated: 1,
    violations: [],
  })
})

test('a call that did not reach the desk', () => {
  const result = { code: 200, subcode: 7000, message: '' }
  expect(namesOf(goodCall, { ...transferred, result })).toEqual(['notTransferred'])
  expect(namesOf(goodCall, { ...transferred, state: 'transferring' })).toEqual(['notTransferred'])
})

test.each(['playPrompt', 'transfer', 'recordResponse', 'invite'])('%s done twice', (method) => {
  expect(namesOf([...goodCall, asked(method), asked(method)])).toEqual(['tookEffectTwice'])
})

test('answer done again is no violation', () => {
  expect(namesOf([...goodCall, asked('answer')])).toEqual([])
})

test.each(['answer', 'playPrompt', 'subscribeToTone', 'transfer'])(
  '%s owed and never asked for',
  (method) => {
    const record = goodCall.filter((entry) => entry.kind !== 'request' || entry.method !== method)
    expect(namesOf(record)).toEqual(['notActedUpon'])
  },
)

test('a key that had to be pressed again', () => {
  expect(namesOf([...goodCall, pressed()])).toEqual(['pressedAgain'])
})

test.each(['pending', 'abandoned', 'dropped'] as const)('a notification left %s', (outcome) => {
  expect(namesOf([...goodCall, told({ outcome })])).toEqual(['notAcknowledged'])
})
