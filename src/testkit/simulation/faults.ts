/** What goes wrong in a simulated world: a list of faults, each at its own opportunity. */

/** Faults that strike at an opportunity: the nth notification, request, delivery, touch or commit. */
const counted = {
  /** Notifications, as Graph sends them. */
  duplicate: { most: 6, within: 30, longestMs: 0 },
  delay: { most: 6, within: 30, longestMs: 20_000 },
  reorder: { most: 6, within: 30, longestMs: 5_000 },
  drop: { most: 6, within: 30, longestMs: 0 },
  /** Requests, as Graph answers them. */
  throttle: { most: 6, within: 20, longestMs: 10_000 },
  failBefore: { most: 6, within: 20, longestMs: 0 },
  failAfter: { most: 6, within: 20, longestMs: 0 },
  /** Requests, as the network carries them; a lost one is noticed by its deadline only. */
  cutBefore: { most: 4, within: 25, longestMs: 0 },
  cutAfter: { most: 4, within: 25, longestMs: 0 },
  loseRequest: { most: 3, within: 25, longestMs: 0 },
  loseResponse: { most: 3, within: 25, longestMs: 0 },
  slow: { most: 6, within: 25, longestMs: 25_000 },
  /** Notifications, as the network carries them. */
  cutDelivery: { most: 6, within: 40, longestMs: 0 },
  cutAcknowledgement: { most: 6, within: 40, longestMs: 0 },
  slowDelivery: { most: 6, within: 40, longestMs: 20_000 },
  /** The process ends between two touches of disk, network or clock, and is down for a while. */
  crash: { most: 3, within: 500, longestMs: 90_000 },
  /** A commit fails at a statement; the disk is full for a while. */
  commitFails: { most: 3, within: 350, longestMs: 0 },
  diskFull: { most: 2, within: 60, longestMs: 30_000 },
} as const

/** Faults that strike at a time, counted from the beginning. */
const timed = {
  rotateKeys: { most: 2, within: 300_000, longestMs: 0 },
  expireTokens: { most: 2, within: 300_000, longestMs: 0 },
  /** The clock of the bot's machine is put forward or, by an odd number, back. */
  jumpClock: { most: 2, within: 300_000, longestMs: 120_000 },
} as const

/** How often a kind of fault may strike, within how many opportunities (or ms), and for how long. */
export const faultKinds = { ...counted, ...timed }

export type FaultKind = keyof typeof faultKinds
export type CountedFault = keyof typeof counted
export type TimedFault = keyof typeof timed

/** One thing that goes wrong. */
export type Fault = {
  readonly kind: FaultKind
  /** The opportunity at which it strikes, or the time in milliseconds from the beginning. */
  readonly at: number
  readonly forMs: number
}

/** Whether a word names a kind of fault. */
export function isFaultKind(word: string): word is FaultKind {
  return Object.hasOwn(faultKinds, word)
}

/** Whether a fault strikes at a time instead of at an opportunity. */
function isTimed(kind: FaultKind): kind is TimedFault {
  return kind in timed
}

/** The faults of one run: asked at every opportunity, it says what strikes. */
export class Mishaps {
  readonly #listed = new Map<string, Fault>()
  #timed: readonly Fault[] = []
  readonly #opportunities = new Map<CountedFault, number>()
  readonly #struck = new Map<FaultKind, number>()
  #over = false

  /** From now on these faults strike, opportunities counted from here. */
  begin(faults: readonly Fault[]): void {
    this.#timed = faults.filter(({ kind }) => isTimed(kind))
    for (const fault of faults) this.#listed.set(`${fault.kind} ${fault.at}`, fault)
  }

  /** The faults that strike at a time. */
  get timed(): readonly Fault[] {
    return this.#timed
  }

  /** The first of these kinds that strikes at this opportunity. */
  strike(...kinds: CountedFault[]): Fault | undefined {
    const strikes = kinds.flatMap((kind) => this.#next(kind) ?? [])
    const [fault] = strikes
    if (fault) this.count(fault.kind)
    return fault
  }

  /** Notes that a fault has struck. */
  count(kind: FaultKind): void {
    this.#struck.set(kind, (this.#struck.get(kind) ?? 0) + 1)
  }

  /** Nothing more goes wrong. */
  stop(): void {
    this.#over = true
  }

  get over(): boolean {
    return this.#over
  }

  /** How often each kind has struck. */
  get struck(): ReadonlyMap<FaultKind, number> {
    return this.#struck
  }

  #next(kind: CountedFault): Fault | undefined {
    if (this.#over || this.#listed.size === 0) return undefined
    const count = this.#opportunities.get(kind) ?? 0
    this.#opportunities.set(kind, count + 1)
    return this.#listed.get(`${kind} ${count}`)
  }
}
