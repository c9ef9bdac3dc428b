/** The judge's own record of what bots asked, what they were told and what users did. */

/** One request a bot made of Graph. */
export type RequestEntry = {
  readonly kind: 'request'
  readonly number: number
  readonly atMs: number
  /** Graph's action name, e.g. `playPrompt`; creating is `createCall`, deleting a call `hangUp`. */
  readonly method: string
  readonly verb: string
  readonly path: string
  readonly appId?: string | undefined
  readonly callId?: string | undefined
  readonly clientContext?: string | undefined
  /** The HTTP status answered; 0 when the connection was cut instead. */
  readonly status: number
  /** Whether the request changed, or read, anything before it was answered. */
  readonly tookEffect: boolean
  readonly fault?: string | undefined
}

/** How a notification fared. */
export type Outcome = 'pending' | 'acknowledged' | 'dropped' | 'abandoned'

/** One notification owed to a bot. */
export type NotificationEntry = {
  readonly kind: 'notification'
  readonly number: number
  readonly atMs: number
  readonly callId: string
  readonly changeType: 'created' | 'updated' | 'deleted'
  /** `call`, `participants`, or the operation's type. */
  readonly what: string
  /** The call's state or the operation's status it carried. */
  readonly state?: string | undefined
  /** The resultInfo it carried, as `code/subcode`. */
  readonly result?: string | undefined
  /** A dot when it carried a tone: which one is not written down. */
  readonly tone?: '•' | undefined
  readonly address: string
  readonly attempts: number
  /** The HTTP status of the last attempt, if there was a response. */
  readonly status?: number | undefined
  readonly outcome: Outcome
}

/** One thing a user did. */
export type UserEntry = {
  readonly kind: 'user'
  readonly number: number
  readonly atMs: number
  readonly callId?: string | undefined
  readonly who: string
  /** What was done, e.g. `rang`, `pressed •`, `hung up`. */
  readonly action: string
}

export type LedgerEntry = RequestEntry | NotificationEntry | UserEntry

/** Hears every entry: requests and user deeds when done, notifications when settled. */
export type LedgerListener = (entry: LedgerEntry) => void

type Unnumbered<Entry> = Omit<Entry, 'kind' | 'number'>

export class Ledger {
  readonly #entries = new Map<number, LedgerEntry>()
  readonly #listeners = new Set<LedgerListener>()
  readonly #entriesMax: number
  #count = 0

  constructor(entriesMax: number) {
    this.#entriesMax = entriesMax
  }

  get entries(): readonly LedgerEntry[] {
    return [...this.#entries.values()]
  }

  /** The names of all changing requests on calls (POST and DELETE), in order. */
  get requests(): readonly string[] {
    return this.entries.flatMap((entry) =>
      entry.kind === 'request' && entry.verb !== 'GET' ? [entry.method] : [],
    )
  }

  request(entry: Unnumbered<RequestEntry>): void {
    this.#tell(this.#keep({ ...entry, kind: 'request', number: this.#count++ }))
  }

  user(entry: Unnumbered<UserEntry>): void {
    this.#tell(this.#keep({ ...entry, kind: 'user', number: this.#count++ }))
  }

  notification(entry: Unnumbered<NotificationEntry>): NotificationEntry {
    return this.#keep({ ...entry, kind: 'notification', number: this.#count++ })
  }

  /** Notes how a notification fared; listeners hear of it once it is settled. */
  settle(entry: NotificationEntry, how: Partial<NotificationEntry>): NotificationEntry {
    const settled = { ...entry, ...how }
    if (this.#entries.has(entry.number)) this.#entries.set(entry.number, settled)
    if (settled.outcome !== 'pending') this.#tell(settled)
    return settled
  }

  /** Subscribes to entries; returns the function that ends the subscription. */
  subscribe(listener: LedgerListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #keep<Entry extends LedgerEntry>(entry: Entry): Entry {
    this.#entries.set(entry.number, entry)
    const [oldest] = this.#entries.keys()
    if (oldest !== undefined && this.#entries.size > this.#entriesMax) this.#entries.delete(oldest)
    return entry
  }

  #tell(entry: LedgerEntry): void {
    for (const listener of this.#listeners) listener(entry)
  }
}
