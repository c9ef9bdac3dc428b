/** The book of live calls: kept by the engine's records as they come, completed from the store when somebody looks. */
import { setImmediate } from 'node:timers/promises'
import type { Store } from '../../snapshots/index.ts'
import type { EngineRecord } from '../telemetry/index.ts'
import { endedRow, knownOf } from './briefs.ts'
import { LiveCall } from './liveCall.ts'
import type { CallRow, Counts } from './protocol.ts'

/** Calls whose latest snapshot is held back to be looked at; beyond these the oldest are looked at at once. */
const MOST_UNREAD = 5_000

/** Ended calls whose last row viewers have still to be told. */
const MOST_ENDED = 2_000

/** Calls read from the store before turns get their chance again. */
const AT_ONCE = 10

/** Counts of so many calls are not made anew within this time. */
const MANY = 2_000
const COUNTS_MS = 1_000

export type BookOptions = {
  readonly store: Store
  /** The active states of a call, in memory or stored. */
  readonly statesOf: (key: string) => Promise<readonly string[]>
  readonly now: () => number
}

export class Book {
  readonly #options: BookOptions
  readonly #live = new Map<string, LiveCall>()
  readonly #ended = new Map<string, LiveCall>()
  readonly #unread = new Set<LiveCall>()
  #filling: Promise<void> | undefined
  #inOrder: readonly LiveCall[] | undefined
  #counts: { readonly atMs: number; readonly counts: Counts } | undefined

  constructor(options: BookOptions) {
    this.#options = options
  }

  /** Takes a record; nothing is read, and nothing waits. */
  note(record: EngineRecord): void {
    if (record.kind === 'commitFailed') this.#forget(record.keys)
    if (!('key' in record)) return
    const call = this.#callOf(record)
    if (!call) return
    call.note(record)
    if (record.kind === 'turned') this.#keepUnread(call)
    if (record.kind === 'ended') this.#end(call)
  }

  /** Reads what the store knows and the records have not told. */
  async fill(): Promise<void> {
    this.#filling ??= this.#fill().catch((error: unknown) => {
      this.#filling = undefined
      throw error
    })
    await this.#filling
  }

  /** Live calls, newest first, each with what the store says of it. */
  async calls(): Promise<readonly LiveCall[]> {
    await this.fill()
    await this.#learn([...this.#live.values()].filter(({ known }) => !known))
    this.#inOrder ??= [...this.#live.values()].toSorted(
      (one, other) => placeOf(other) - placeOf(one),
    )
    return this.#inOrder
  }

  /** Rows of calls by key, live or just ended; those nobody knows any more are left out. */
  async rows(keys: readonly string[]): Promise<readonly CallRow[]> {
    const calls = keys.flatMap((key) => this.#live.get(key) ?? this.#ended.get(key) ?? [])
    // Graph's id comes later than a call of the bot's own.
    await this.#learn(calls.filter(({ known }) => known?.graphId === undefined))
    return calls.flatMap((call) => (call.known ? [call.row(call.known)] : []))
  }

  /** The row of any call, live or ended, whether or not the book has it; nothing for one nobody knows. */
  async row(key: string): Promise<CallRow | undefined> {
    const [row] = await this.rows([key])
    if (row) return row
    const brief = await this.#options.store.brief(key)
    if (!brief) return undefined
    const known = knownOf(brief)
    if (known.status === 'ended') return endedRow(known)
    const call = new LiveCall(key)
    call.states = await this.#options.statesOf(key)
    return call.row(known)
  }

  /** Where a call stands in the order of the list. */
  ordinalOf(key: string): string | undefined {
    const known = this.#live.get(key)?.known
    return known && String(known.ordinal)
  }

  async counts(): Promise<Counts> {
    const atMs = this.#options.now()
    const isRecent = this.#counts && atMs - this.#counts.atMs < COUNTS_MS
    if (this.#counts && isRecent && this.#live.size > MANY) return this.#counts.counts
    await this.fill()
    const { live, ended } = await this.#options.store.counts()
    const byState: Record<string, number> = {}
    let troubled = 0
    for (const call of this.#live.values()) {
      const [state = ''] = call.stateOf('signalling').split('.')
      byState[state] = (byState[state] ?? 0) + 1
      if (call.health !== 'good') troubled += 1
    }
    const counts = { live, ended, troubled, byState }
    this.#counts = { atMs, counts }
    return counts
  }

  #callOf(record: EngineRecord & { readonly key: string }): LiveCall | undefined {
    const { key, kind } = record
    const known = this.#live.get(key)
    // Only a turn makes a call: a notification may be about one that nobody takes up.
    if (known || kind !== 'turned') return known ?? this.#ended.get(key)
    const call = new LiveCall(key)
    this.#live.set(key, call)
    this.#inOrder = undefined
    return call
  }

  #keepUnread(call: LiveCall): void {
    this.#unread.delete(call)
    this.#unread.add(call)
    if (this.#unread.size <= MOST_UNREAD) return
    let left = MOST_UNREAD / 2
    for (const each of this.#unread) {
      if (left-- === 0) return
      this.#unread.delete(each)
      each.letGo()
    }
  }

  #end(call: LiveCall): void {
    this.#live.delete(call.key)
    this.#inOrder = undefined
    this.#ended.set(call.key, call)
    const [oldest] = this.#ended.keys()
    if (oldest !== undefined && this.#ended.size > MOST_ENDED) this.#ended.delete(oldest)
  }

  /** Nobody looks any more: all of it can be read again. */
  clear(): void {
    this.#live.clear()
    this.#ended.clear()
    this.#unread.clear()
    this.#filling = undefined
    this.#inOrder = undefined
    this.#counts = undefined
  }

  async #fill(): Promise<void> {
    // Turns taken before anybody looked are on disk by then.
    await setImmediate()
    await setImmediate()
    let before: number | undefined
    do {
      const page = await this.#options.store.page('live', before, 100)
      for (const [index, brief] of page.entries()) {
        const call = this.#live.get(brief.key) ?? this.#added(brief.key)
        call.known ??= knownOf(brief)
        if (!call.isKnown) call.states = await this.#options.statesOf(brief.key)
        if (index % AT_ONCE === AT_ONCE - 1) await setImmediate()
      }
      before = page.at(-1)?.ordinal
      await setImmediate()
    } while (before !== undefined)
    this.#inOrder = undefined
  }

  #added(key: string): LiveCall {
    const call = new LiveCall(key)
    if (!this.#ended.has(key)) this.#live.set(key, call)
    return call
  }

  async #learn(calls: readonly LiveCall[]): Promise<void> {
    for (const [index, call] of calls.entries()) {
      const brief = await this.#options.store.brief(call.key)
      if (brief) call.known = knownOf(brief)
      if (index % AT_ONCE === AT_ONCE - 1) await setImmediate()
    }
    if (calls.length > 0) this.#inOrder = undefined
  }

  /** A commit failed: what the records told of these calls has not happened. */
  #forget(keys: readonly string[]): void {
    for (const key of keys) {
      const call = this.#live.get(key)
      if (call) this.#unread.delete(call)
      this.#live.delete(key)
      this.#ended.delete(key)
    }
    this.#inOrder = undefined
    this.#filling = undefined
  }
}

/** A call that began this moment is not stored yet, and the newest of all. */
function placeOf({ known }: LiveCall): number {
  return known?.ordinal ?? Number.MAX_SAFE_INTEGER
}
