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

/** Made up numbers and words are told from others by it. */
const FIRST_WORD = 700_100

export class Cast {
  readonly #disguise: Disguise
  /** Addresses that the chart itself names: they stand in its code anyway. */
  readonly #ownOfChart: ReadonlySet<string>
  /** Whether what promise logic came out with stands as it was. */
  readonly #keepsResults: boolean
  readonly #names = new Map<string, string>()
  readonly #words = new Map<string | number, string | number>()
  readonly #domains = new Map<string, string>()
  #phones = 0
  #people = 0

  constructor(disguise: Disguise, keepsResults: boolean, ownOfChart: ReadonlySet<string>) {
    this.#disguise = disguise
    this.#keepsResults = keepsResults
    this.#ownOfChart = ownOfChart
  }

  /** The address under which somebody acts in the test; `tenant` where the identity does not tell it. */
  of(info: ParticipantInfo | null | undefined, tenant?: string): string {
    const { kind, id, identity, tenantId = tenant } = partyOf(info)
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

  /** What promise logic came out with, of the same shape: names under their others, every other word and number made up. */
  result(event: object): object {
    if (this.#disguise === 'none') return event
    const { type: _, ...told }: { readonly type?: string } = event
    const other = this.#keepsResults ? this.disguised(told) : this.#madeUp(told)
    return { ...event, ...(typeof other === 'object' && other) }
  }

  /** Words that were made up. */
  get words(): readonly (string | number)[] {
    return [...this.#words.values()]
  }

  #madeUp(value: unknown, member?: string): unknown {
    if (member === 'actorId') return value
    if (typeof value === 'string' || typeof value === 'number') return this.#word(value)
    if (Array.isArray(value)) return value.map((each) => this.#madeUp(each))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [name, this.#madeUp(each, name)]),
    )
  }

  #word(value: string | number): string | number {
    if (typeof value === 'string' && isAddress(value)) return this.named(value)
    const known = this.#words.get(value)
    if (known !== undefined) return known
    const count = this.#words.size + 1
    const word = typeof value === 'number' ? FIRST_WORD + count : `word${FIRST_WORD + count}`
    this.#words.set(value, word)
    return word
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

function isAddress(text: string): boolean {
  return /^(\+\d+|[^@\s]+@[^@\s]+)$/.test(text)
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
