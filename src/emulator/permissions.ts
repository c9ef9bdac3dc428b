/** The application permissions of calling and meetings, and the check of a token's roles. */
import { forbidden } from './errors.ts'
import type { Caller } from './tokens.ts'

export const callingPermissions = [
  'Calls.Initiate.All',
  'Calls.InitiateGroupCall.All',
  'Calls.JoinGroupCall.All',
  'Calls.JoinGroupCallAsGuest.All',
  'Calls.AccessMedia.All',
] as const

export const meetingPermissions = [
  'OnlineMeetings.Read.All',
  'OnlineMeetings.ReadWrite.All',
  'OnlineMeetingRecording.Read.All',
] as const

/** Resource-specific consent: granted for one chat, by its owner. */
const chatPermissions = ['Calls.JoinGroupCalls.Chat', 'Calls.AccessMedia.Chat'] as const

export type Permission =
  | (typeof callingPermissions)[number]
  | (typeof meetingPermissions)[number]
  | (typeof chatPermissions)[number]

export const initiate: readonly Permission[] = ['Calls.Initiate.All']
export const initiateGroup: readonly Permission[] = ['Calls.InitiateGroupCall.All']
export const accessMedia: readonly Permission[] = [
  'Calls.AccessMedia.All',
  'Calls.AccessMedia.Chat',
]
export const joinGroup: readonly Permission[] = [
  'Calls.JoinGroupCall.All',
  'Calls.JoinGroupCallAsGuest.All',
]
export const joinMeeting: readonly Permission[] = [...joinGroup, 'Calls.JoinGroupCalls.Chat']
export const initiateOrMedia: readonly Permission[] = [...initiate, ...accessMedia]
export const groupCall: readonly Permission[] = [...joinGroup, ...initiateGroup]
export const contentSharing: readonly Permission[] = [...groupCall, ...initiate]
export const routing: readonly Permission[] = ['Calls.JoinGroupCall.All', ...initiateGroup]
export const readMeetings: readonly Permission[] = [
  'OnlineMeetings.Read.All',
  'OnlineMeetings.ReadWrite.All',
]
export const writeMeetings: readonly Permission[] = ['OnlineMeetings.ReadWrite.All']
export const readRecordings: readonly Permission[] = ['OnlineMeetingRecording.Read.All']

/** Throws Graph's 403 unless the roles hold one of `anyOf`; an empty list asks for nothing. */
export function requireAny(caller: Caller, anyOf: readonly Permission[]): void {
  if (anyOf.length === 0 || hasAny(caller.roles, anyOf)) return
  throw forbidden(
    `The token's roles do not allow this: one of ${anyOf.join(', ')} is needed.`,
    'Grant it to the application in its tenant and get a new token.',
  )
}

export function hasAny(roles: readonly string[], anyOf: readonly Permission[]): boolean {
  const held = roles.map(spelling)
  return anyOf.some((permission) => held.includes(spelling(permission)))
}

/** Older pages write `JoinGroupCalls`, some rows `AsGuest` in lower case: one permission all the same. */
function spelling(permission: string): string {
  return permission.toLowerCase().replace('groupcalls', 'groupcall')
}
