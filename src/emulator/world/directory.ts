/** The people of this world: anyone with an address exists, and does what their script says. */
import type { Resource } from '../notifications.ts'
import type { IdentitySet } from './identities.ts'
import { canonicalId, guidOf, identityIn, identitySet, tenantOf } from './identities.ts'

/** What a person does when it rings. */
export type Script = 'answer' | 'decline' | 'ignore' | 'manual'

/** Somebody who can call and be called. */
export type Person = {
  readonly kind: 'user' | 'phone'
  readonly id: string
  /** The user principal name or E.164 number; absent when only an id was ever seen. */
  readonly address: string | undefined
  readonly displayName: string
  readonly tenantId: string | undefined
}

export class Directory {
  readonly #people = new Map<string, Person>()
  readonly #scripts = new Map<string, Script>()
  readonly #showPrincipalName: boolean

  constructor(showPrincipalName: boolean) {
    this.#showPrincipalName = showPrincipalName
  }

  /** The person at an address: `bob@fabrikam.com`, `+14255550100`, or an object id. */
  person(address: string): Person {
    const key = keyOf(address)
    const known = this.#people.get(key)
    if (known) return known
    const person = personAt(key)
    this.#people.set(person.id, person)
    this.#people.set(key, person)
    return person
  }

  script(person: Person): Script {
    return this.#scripts.get(person.id) ?? 'answer'
  }

  setScript(person: Person, script: Script): void {
    this.#scripts.set(person.id, script)
  }

  /** The person an identity names, or `undefined` when it names an application. */
  find(set: IdentitySet): Person | undefined {
    const held = identityIn(set)
    if (!held || (held[0] !== 'user' && held[0] !== 'phone')) return undefined
    return this.person(held[1].id)
  }

  /** A person as Graph lists them. */
  identity(person: Person): IdentitySet {
    if (person.kind === 'phone') return identitySet('phone', { id: person.id })
    return identitySet('user', {
      id: person.id,
      displayName: person.displayName,
      ...(person.tenantId ? { tenantId: person.tenantId, identityProvider: 'AAD' } : {}),
      ...this.#extras(person),
    })
  }

  #extras(person: Person): Resource {
    return this.#showPrincipalName && person.address ? { userPrincipalName: person.address } : {}
  }
}

function keyOf(address: string): string {
  return canonicalId(address.trim()).toLowerCase()
}

function personAt(key: string): Person {
  const [name = '', domain] = key.split('@')
  if (domain) {
    const displayName = name.charAt(0).toUpperCase() + name.slice(1)
    const tenantId = tenantOf(domain)
    return { kind: 'user', id: guidOf(key), address: key, displayName, tenantId }
  }
  const unnamed = { id: key, displayName: key, tenantId: undefined }
  if (key.startsWith('+')) return { kind: 'phone', address: key, ...unnamed }
  return { kind: 'user', address: undefined, ...unnamed }
}
