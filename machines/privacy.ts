/** What Graph forbids to keep: where in which events it stands. It never reaches disk, logs or traces. */

/** Property paths of private parts, by event type. */
export const privateParts: { readonly [type: string]: readonly string[] } = {
  'tone.reported': ['toneInfo.tone'],
  'tone.received': ['toneInfo.tone'],
  'recording.started': ['answer.operation.recordingAccessToken'],
  'recording.completed': ['answer.operation.recordingAccessToken'],
  'recording.failed': ['answer.operation.recordingAccessToken'],
  'recording.cancelled': ['answer.operation.recordingAccessToken'],
  // Nobody knows what an unknown resource holds, so none of it is kept.
  'notification.unknown': ['resource'],
  'operation.unmatched': ['operation.recordingAccessToken'],
}
