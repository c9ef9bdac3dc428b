/** A notification as it came off the wire: addressed and typed, its content not yet judged. */
import type { Json, Open } from '../../machines/words.ts'

/** What part of a call a notification speaks of. */
export type Subject =
  | 'call'
  | 'participants'
  | 'operation'
  | 'contentSharing'
  | 'participantJoining'
  | 'participantLeft'
  | 'unknown'

export type Notification = {
  readonly changeType: Open<'created' | 'updated' | 'deleted'>
  /** As Graph wrote it. */
  readonly resourceUrl: string
  /** Graph's call id: lower case, hyphens put back where they were left out. */
  readonly callId: string
  readonly subject: Subject
  /** Id of the operation or content-sharing session the URL names. */
  readonly subjectId?: string | undefined
  /** The `resourceData`, always as a list; empty when there was none. */
  readonly resources: readonly { readonly [member: string]: Json | undefined }[]
}
