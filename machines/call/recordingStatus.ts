/**
 * Recording status: what Graph has been told of the bot's recording. Media may be kept only in
 * `recording`; recording must have stopped before `notRecording` is asked for. Only the answer to the
 * latest request counts: Graph works on them in order.
 */
import { base } from './base.ts'

const asksToRecord = {
  guard: { type: 'asksRecordingStatus', params: { status: 'recording' } },
  target: 'starting',
  actions: 'keepRecordingStatusAsked',
} as const
const asksToStop = {
  guard: { type: 'asksRecordingStatus', params: { status: 'notRecording' } },
  target: 'stopping',
  actions: 'keepRecordingStatusAsked',
} as const
const tellsFailure = {
  guard: { type: 'asksRecordingStatus', params: { status: 'failed' } },
  target: 'failed',
  actions: 'keepRecordingStatusAsked',
} as const
const end = { 'call.terminated': 'ended' } as const

export const recordingStatus = base.createStateConfig({
  initial: 'notRecording',
  states: {
    notRecording: { on: { ...end, 'recordingStatus.asked': [asksToRecord, tellsFailure] } },
    starting: {
      on: {
        ...end,
        'recordingStatus.asked': [asksToStop, tellsFailure],
        'recordingStatus.completed': { guard: 'answersLatestStatus', target: 'recording' },
        'recordingStatus.failed': { guard: 'answersLatestStatus', target: 'failed' },
      },
    },
    recording: { on: { ...end, 'recordingStatus.asked': [asksToStop, tellsFailure] } },
    stopping: {
      on: {
        ...end,
        'recordingStatus.asked': [asksToRecord, tellsFailure],
        'recordingStatus.completed': { guard: 'answersLatestStatus', target: 'notRecording' },
        'recordingStatus.failed': { guard: 'answersLatestStatus', target: 'recording' },
      },
    },
    failed: { on: { ...end, 'recordingStatus.asked': [asksToRecord, asksToStop] } },
    ended: { type: 'final' },
  },
})
