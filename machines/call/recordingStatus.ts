/**
 * Recording status: what Graph has been told of the bot's recording. Media may be kept only in
 * `recording`; recording must have stopped before `notRecording` is asked for. Only the answer to the
 * latest request counts: Graph works on them in order. Graph says nowhere what it holds the status to be, so
 * where it did not answer it is told again what is so: that nothing is recorded.
 */
import { and } from 'xstate'
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
const isUnanswered = and(['answersLatestStatus', 'isFateUnknown'])
const stopsAgain = {
  guard: isUnanswered,
  actions: { type: 'updateRecordingStatus', params: { status: 'notRecording' } },
} as const
const tellsFailureAgain = {
  guard: isUnanswered,
  target: 'failed',
  actions: { type: 'updateRecordingStatus', params: { status: 'failed' } },
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
        'recordingStatus.failed': [
          tellsFailureAgain,
          { guard: 'answersLatestStatus', target: 'failed' },
        ],
      },
    },
    recording: { on: { ...end, 'recordingStatus.asked': [asksToStop, tellsFailure] } },
    stopping: {
      on: {
        ...end,
        'recordingStatus.asked': [asksToRecord, asksToStop, tellsFailure],
        'recordingStatus.completed': { guard: 'answersLatestStatus', target: 'notRecording' },
        'recordingStatus.failed': [
          stopsAgain,
          { guard: 'answersLatestStatus', target: 'recording' },
        ],
      },
    },
    failed: {
      on: {
        ...end,
        'recordingStatus.asked': [asksToRecord, asksToStop, tellsFailure],
        'recordingStatus.failed': tellsFailureAgain,
      },
    },
    ended: { type: 'final' },
  },
})
