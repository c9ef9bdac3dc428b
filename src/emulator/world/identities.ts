/** Who is who: identity sets as Graph writes them, and ids made from addresses. */
import { createHash } from 'node:crypto'
import type { Resource } from '../notifications.ts'

/** One identity; the type is open, so extras are kept. */
export type Identity = {
  readonly id: string
  readonly displayName?: string | null | undefined
  readonly [extra: string]: unknown
}

/** The kinds of identity this service can ring or list. */
const identityKinds = [
  'user',
  'phone',
  'application',
  'applicationInstance',
  'guest',
  'encrypted',
] as const

export type IdentityKind = (typeof identityKinds)[number]

export type IdentitySet = { readonly [kind in IdentityKind]?: Identity | null | undefined }

/** The identity a set holds, with its kind. */
export function identityIn(set: IdentitySet): readonly [IdentityKind, Identity] | undefined {
  for (const kind of identityKinds) {
    const identity = set[kind]
    if (identity) return [kind, identity]
  }
  return undefined
}

/** A set holding one identity. */
export function identitySet(kind: IdentityKind, identity: Identity): IdentitySet {
  return { [kind]: identity }
}

/** An identity set as it goes over the wire. */
export function identityResource(set: IdentitySet): Resource {
  const held = identityIn(set)
  if (!held) return { '@odata.type': '#microsoft.graph.identitySet' }
  const [kind, identity] = held
  return {
    '@odata.type': '#microsoft.graph.identitySet',
    [kind]: { '@odata.type': '#microsoft.graph.identity', ...identity },
  }
}

/** The id that a name always gets: the same GUID on every machine. */
export function guidOf(name: string): string {
  const hex = createHash('sha256').update(name.toLowerCase()).digest('hex')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}

/** The tenant a domain always gets. */
export function tenantOf(domain: string): string {
  return guidOf(`tenant:${domain}`)
}

/** An id as we keep it: notifications and bots write GUIDs upper-case or without hyphens too. */
export function canonicalId(id: string): string {
  const plain = id.replaceAll('-', '').toLowerCase()
  if (!/^[0-9a-f]{32}$/.test(plain)) return id
  return plain.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** An identity whose bearer the bot is not told. */
export function encrypted(set: IdentitySet): IdentitySet {
  return identitySet('encrypted', { id: guidOf(`encrypted:${identityIn(set)?.[1].id}`) })
}
