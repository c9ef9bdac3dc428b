/** What a call begins with, and what its bot says when it takes it. */
import type { Resource } from '../notifications.ts'
import type { IdentitySet } from './identities.ts'

/** What a bot asks to be told and shown, or not. */
export type CallOptions = {
  readonly hideBotAfterEscalation?: boolean | null | undefined
  readonly isContentSharingNotificationEnabled?: boolean | null | undefined
  readonly isDeltaRosterEnabled?: boolean | null | undefined
  readonly isInteractiveRosterEnabled?: boolean | null | undefined
}

/** What a call starts with. */
export type CallStart = {
  readonly direction: 'incoming' | 'outgoing'
  readonly source: IdentitySet
  readonly targets: readonly IdentitySet[]
  readonly modalities: readonly string[]
  readonly tenantId: string
  readonly callbackUri?: string | undefined
  readonly mediaConfig?: Resource | undefined
  readonly subject?: string | undefined
  /** chatInfo and meetingInfo of a call into a meeting. */
  readonly coordinates?: Resource | undefined
  readonly options?: CallOptions | null | undefined
  /** Further fields of the call, such as incomingContext or callRoutes. */
  readonly extras?: Resource | undefined
  /** How the bot itself is listed; as the application it is, by default. */
  readonly self?: IdentitySet | undefined
  /** How long the bot may take to answer, when it is not the usual time. */
  readonly answerTimeoutMs?: number | undefined
}

/** What a bot says when it answers. */
export type Acceptance = {
  readonly callbackUri?: string | null | undefined
  readonly acceptedModalities?: readonly string[] | null | undefined
  readonly mediaConfig: Resource
  readonly callOptions?: CallOptions | null | undefined
  readonly participantCapacity?: number | null | undefined
}
