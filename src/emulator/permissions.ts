/** The application permissions of calling, and the check of a token's roles against them. */
import { forbidden } from './errors.ts'
import type { Caller } from './tokens.ts'

export const callingPermissions = [
  'Calls.Initiate.All',
  'Calls.InitiateGroupCall.All',
  'Calls.JoinGroupCall.All',
  'Calls.JoinGroupCallAsGuest.All',
  'Calls.AccessMedia.All',
] as const

export type Permission = (typeof callingPermissions)[number]

export const initiate: readonly Permission[] = ['Calls.Initiate.All']
export const initiateGroup: readonly Permission[] = ['Calls.InitiateGroupCall.All']
export const accessMedia: readonly Permission[] = ['Calls.AccessMedia.All']
export const joinGroup: readonly Permission[] = [
  'Calls.JoinGroupCall.All',
  'Calls.JoinGroupCallAsGuest.All',
]
export const initiateOrMedia: readonly Permission[] = [...initiate, ...accessMedia]

/** Throws Graph's 403 unless the roles hold one of `anyOf`; an empty list asks for nothing. */
export function requireAny(caller: Caller, anyOf: readonly Permission[]): void {
  if (anyOf.length === 0 || hasAny(caller.roles, anyOf)) return
  throw forbidden(
    `The token's roles do not allow this: one of ${anyOf.join(', ')} is needed.`,
    'Grant it to the application in its tenant and get a new token.',
  )
}

export function hasAny(roles: readonly string[], anyOf: readonly Permission[]): boolean {
  return anyOf.some((permission) => roles.includes(permission))
}
