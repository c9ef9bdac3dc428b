/** Recordings of meetings, as people make them in Teams; recordResponse is another thing. */
import { emptyMp4 } from '../mp4.ts'
import type { Meeting } from './meetings.ts'
import type { World } from './world.ts'

export type MeetingRecording = {
  readonly id: string
  readonly callId: string
  readonly correlationId: string
  readonly createdMs: number
  readonly endMs: number
}

/** A recording of the meeting that ends now. */
export function recordMeeting(
  world: World,
  meeting: Meeting,
  durationMs: number,
): MeetingRecording {
  const endMs = world.clock.now()
  const recording = {
    id: world.newId(),
    callId: meeting.conversation.id,
    correlationId: world.newId(),
    createdMs: endMs - durationMs,
    endMs,
  }
  meeting.recordings.push(recording)
  return recording
}

/** The file: a video of the recording's length that shows nothing. */
export function recordingContent(recording: MeetingRecording): Uint8Array<ArrayBuffer> {
  return emptyMp4(recording.endMs - recording.createdMs)
}
