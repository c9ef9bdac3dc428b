import { expect, test } from 'vitest'
import type { RecordingStatus } from '../../../machines/index.ts'
import type { CallChartEvent } from '../../../src/engine/turn.ts'
import { untaken } from '../coverage.ts'
import { asked, HeardCall, terminated, told } from './heard.ts'

const ask = (status: RecordingStatus, id?: string) => asked('updateRecordingStatus', { status }, id)
const done = told('updateRecordingStatus', 'completed')
const refused = told('updateRecordingStatus', 'failed')

const unanswered = told('updateRecordingStatus', 'failed', {
  fault: { status: 0, code: 'timedOut', message: '', fix: '' },
})

const into = {
  notRecording: [],
  starting: [ask('recording')],
  recording: [ask('recording'), done],
  stopping: [ask('recording'), done, ask('notRecording')],
  failed: [ask('recording'), refused],
} satisfies Record<string, CallChartEvent[]>

const rows: readonly (readonly [keyof typeof into, CallChartEvent, string])[] = [
  ['notRecording', ask('recording'), 'starting'],
  ['notRecording', ask('failed'), 'failed'],
  ['notRecording', ask('notRecording'), 'notRecording'],
  ['starting', ask('notRecording'), 'stopping'],
  ['starting', ask('failed'), 'failed'],
  ['starting', done, 'recording'],
  ['starting', refused, 'failed'],
  ['recording', ask('notRecording'), 'stopping'],
  ['recording', ask('failed'), 'failed'],
  ['stopping', ask('recording'), 'starting'],
  ['stopping', ask('failed'), 'failed'],
  ['stopping', done, 'notRecording'],
  ['stopping', refused, 'recording'],
  ['stopping', ask('notRecording', 'again'), 'stopping'],
  ['failed', ask('recording'), 'starting'],
  ['failed', ask('failed'), 'failed'],
  ['failed', ask('notRecording'), 'stopping'],
  ['notRecording', terminated, 'ended'],
  ['starting', terminated, 'ended'],
  ['recording', terminated, 'ended'],
  ['stopping', terminated, 'ended'],
  ['failed', terminated, 'ended'],
]

test.each(rows)('%s hears %o: %s', (from, event, to) => {
  expect(new HeardCall().hear(...into[from], event).value.recordingStatus).toBe(to)
})

test.each([
  ['starting', 'failed', 'failed'],
  ['stopping', 'stopping', 'notRecording'],
] as const)('a request in %s that nobody answered is followed by another', (from, to, status) => {
  const call = new HeardCall().hear(...into[from], unanswered)
  const [again] = call.last.commands
  expect([call.value.recordingStatus, again?.params]).toEqual([to, { status }])
  const fault = { status: 502, code: '', message: '', fix: '' }
  call.hear(told('updateRecordingStatus', 'failed', { fault }, again?.id ?? ''))
  expect([call.value.recordingStatus, call.last.commands[0]?.params]).toEqual([to, { status }])
})

test('the answer to an overtaken request does not pass for leave to keep media', () => {
  const call = new HeardCall().hear(
    ...into.recording,
    ask('notRecording', 'stop'),
    ask('recording', 'start'),
    told('updateRecordingStatus', 'completed', {}, 'stop'),
  )
  expect(call.value.recordingStatus).toBe('starting')
  call.hear(told('updateRecordingStatus', 'completed', {}, 'start'))
  expect(call.value.recordingStatus).toBe('recording')
})

test('the tests above exercise every transition of recordingStatus', () => {
  expect(untaken(new HeardCall().region('recordingStatus'))).toEqual([])
})
