/** Parties: who is on a call, read from Graph's identity sets, every kind of them. */
import type { Identity, IdentitySet, Open, ParticipantInfo } from './words.ts'

/** The documented kinds of identity, most telling first. */
export const identityKinds = [
  'user',
  'guest',
  'phone',
  'applicationInstance',
  'application',
  'azureCommunicationServicesUser',
  'onPremises',
  'assertedIdentity',
  'encrypted',
  'device',
] as const

/** One side of a call: the most telling identity of its set, and the set itself whole. */
export type Party = {
  readonly kind: Open<(typeof identityKinds)[number]>
  readonly id?: string | undefined
  readonly displayName?: string | undefined
  readonly tenantId?: string | undefined
  /** The domain of the party's address, when Graph tells an address (it need not). */
  readonly domain?: string | undefined
  readonly participantId?: string | undefined
  readonly identity: IdentitySet
}

/** Reads a `participantInfo`; a party without any identity is of kind `unknown`. */
export function partyOf(info: ParticipantInfo | null | undefined): Party {
  const set = info?.identity ?? {}
  const kind = identityKinds.find((known) => set[known]) ?? unknownKind(set) ?? 'unknown'
  const identity = identityOf(set[kind])
  return {
    kind,
    id: identity.id ?? undefined,
    displayName: identity.displayName ?? undefined,
    tenantId: identity.tenantId ?? undefined,
    domain: domainOf(identity),
    participantId: info?.participantId ?? undefined,
    identity: set,
  }
}

function unknownKind(set: IdentitySet): string | undefined {
  return Object.keys(set).find((member) => !member.startsWith('@') && isRecord(set[member]))
}

function identityOf(value: unknown): Identity {
  return isRecord(value) ? value : {}
}

function isRecord(value: unknown): value is Identity {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Where identities are seen to carry an address: guests `email`; others as open-type members. */
const addressMembers = ['userPrincipalName', 'email', 'id'] as const

function domainOf(identity: Identity): string | undefined {
  for (const member of addressMembers) {
    const value = identity[member]
    const at = typeof value === 'string' ? value.lastIndexOf('@') : -1
    if (typeof value === 'string' && at > 0) return value.slice(at + 1).toLowerCase()
  }
  return undefined
}
