/** Who takes part in a call, each under another name: the same person always the same one. */
import { partyOf } from '../../../machines/party.ts'
import type { ParticipantInfo } from '../../../machines/words.ts'

/**
 * How much of an address stands as it was: nothing, its domain, or all of it. More than nothing only where the
 * chart looks at it, for then another name would be treated otherwise.
 */
export type Disguise = 'whole' | 'domainKept' | 'none'

/** Numbers that nobody has: the range set aside for films and books. */
const FIRST_NUMBER = 12025550100
const MOST_NUMBERS = 100

export class Cast {
  readonly #disguise: Disguise
  /** Addresses that the chart itself names: they stand in its code anyway. */
  readonly #ownOfChart: ReadonlySet<string>
  readonly #names = new Map<string, string>()
  readonly #domains = new Map<string, string>()
  #phones = 0
  #people = 0

  constructor(disguise: Disguise, ownOfChart: ReadonlySet<string>) {
    this.#disguise = disguise
    this.#ownOfChart = ownOfChart
  }

  /** The address under which somebody acts in the test. */
  of(info: ParticipantInfo | null | undefined): string {
    const { kind, id, identity, tenantId } = partyOf(info)
    const told = identity[kind]
    const address = kind === 'phone' ? id : addressIn(told)
    return this.named(address ?? id ?? 'somebody', address === undefined ? tenantId : undefined)
  }

  /** The same for an address or id as it stands; `tenantId` where there is no domain to tell tenants apart. */
  named(address: string, tenantId?: string): string {
    const key = address.toLowerCase()
    if (this.#disguise === 'none' || this.#ownOfChart.has(key)) return address
    const known = this.#names.get(key)
    if (known !== undefined) return known
    const name = /^\+\d/.test(key) ? this.#number() : this.#address(key, tenantId)
    this.#names.set(key, name)
    return name
  }

  /** A JSON value in which every known address stands under its other name. */
  disguised(value: unknown): unknown {
    if (typeof value === 'string') return this.#names.get(value.toLowerCase()) ?? value
    if (Array.isArray(value)) return value.map((each) => this.disguised(each))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [name, this.disguised(member)]),
    )
  }

  /** The addresses as they were. */
  get originals(): readonly string[] {
    return [...this.#names.keys()]
  }

  #number(): string {
    return `+${FIRST_NUMBER + (this.#phones++ % MOST_NUMBERS)}`
  }

  #address(key: string, tenantId: string | undefined): string {
    const domain = key.includes('@') ? key.slice(key.lastIndexOf('@') + 1) : undefined
    const keeps = this.#disguise === 'domainKept' && domain !== undefined
    this.#people += 1
    return `person${this.#people}@${keeps ? domain : this.#domain(domain ?? tenantId ?? '')}`
  }

  #domain(tenant: string): string {
    const known = this.#domains.get(tenant) ?? `tenant${this.#domains.size + 1}.example`
    this.#domains.set(tenant, known)
    return known
  }
}

/** Where an identity tells an address at all. */
export function addressIn(identity: unknown): string | undefined {
  if (typeof identity !== 'object' || identity === null) return undefined
  for (const [name, value] of Object.entries(identity)) {
    const isAddress = name === 'userPrincipalName' || name === 'email'
    if (isAddress && typeof value === 'string' && value.includes('@')) return value
  }
  return undefined
}
