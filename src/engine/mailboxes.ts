/** One mailbox a call: work for a call is done one piece at a time, in the order it came. */
import { OverloadError } from '../errors.ts'
import type { Call } from './call.ts'

/** Work in one mailbox, waiting or not yet durable, beyond this is refused: a hot call harms only itself. */
const MAILBOX_LIMIT = 1_000

/** A piece of work: given the call (or nothing, if there is none), it resolves when it is durable. */
export type Work<Result> = (call: Call | undefined) => Promise<Result>

type Mailbox = {
  call: Call | undefined
  isLoaded: boolean
  /** Why the call could not be read, for the piece of work that needed it. */
  failure: unknown
  readonly waiting: (() => void)[]
  /** Pieces begun but not yet durable. */
  unfinished: number
  isAtWork: boolean
}

export type MailboxesOptions = {
  /** Reads a call from the store. */
  readonly load: (key: string) => Promise<Call | undefined>
  /** Calls kept in memory; the longest idle beyond this are passivated. */
  readonly hotCalls: number
  /** Writes a call's snapshot before it leaves memory. */
  readonly passivate: (call: Call) => Promise<void>
}

/** The mailboxes of all calls that have work or are in memory. */
export class Mailboxes {
  readonly #options: MailboxesOptions
  readonly #boxes = new Map<string, Mailbox>()

  constructor(options: MailboxesOptions) {
    this.#options = options
  }

  /** Does the work when its turn comes. Rejects with `OverloadError` when the mailbox is full. */
  post<Result>(key: string, work: Work<Result>): Promise<Result> {
    const box = this.#open(key)
    if (box.waiting.length + box.unfinished >= MAILBOX_LIMIT) {
      const what = `Call '${key}' has ${MAILBOX_LIMIT} events in its mailbox.`
      return Promise.reject(
        new OverloadError({ code: 'mailbox.full', what, fix: 'Send it again in a moment.' }),
      )
    }
    if (box.isLoaded && !box.isAtWork) return this.#begin(key, box, work)
    return new Promise<Result>((resolve, reject) => {
      box.waiting.push(() => {
        this.#begin(key, box, work).then(resolve, reject)
      })
      if (!box.isAtWork) void this.#pump(key, box)
    })
  }

  /** The call now in memory under this key, put there by the work that made it. */
  keep(key: string, call: Call): void {
    const box = this.#open(key)
    box.call = call
    box.isLoaded = true
  }

  /** The call under this key, where it is in memory; looked at only. */
  peek(key: string): Call | undefined {
    return this.#boxes.get(key)?.call
  }

  /** Forgets a call whose commit failed: the next piece of work reads the store again. */
  forget(key: string): void {
    const box = this.#boxes.get(key)
    if (!box) return
    box.call = undefined
    box.isLoaded = false
  }

  /** How many calls have a mailbox in memory. */
  get size(): number {
    return this.#boxes.size
  }

  /** How many pieces of work are waiting or not yet durable. */
  get depth(): number {
    let depth = 0
    for (const box of this.#boxes.values()) depth += box.waiting.length + box.unfinished
    return depth
  }

  /** Whether any work is waiting or not yet durable. */
  get busy(): boolean {
    for (const box of this.#boxes.values())
      if (box.waiting.length > 0 || box.unfinished > 0) return true
    return false
  }

  /** Every call in memory. */
  *calls(): Generator<Call> {
    for (const { call } of this.#boxes.values()) if (call) yield call
  }

  #open(key: string): Mailbox {
    const known = this.#boxes.get(key)
    if (known) {
      // Moved to the end: a Map's order is then the order of last use.
      this.#boxes.delete(key)
      this.#boxes.set(key, known)
      return known
    }
    const box: Mailbox = {
      call: undefined,
      isLoaded: false,
      failure: undefined,
      waiting: [],
      unfinished: 0,
      isAtWork: false,
    }
    this.#boxes.set(key, box)
    return box
  }

  async #pump(key: string, box: Mailbox): Promise<void> {
    box.isAtWork = true
    while (box.waiting.length > 0) {
      if (!box.isLoaded) await this.#load(key, box)
      box.waiting.shift()?.()
    }
    box.isAtWork = false
  }

  async #load(key: string, box: Mailbox): Promise<void> {
    box.failure = undefined
    try {
      box.call = await this.#options.load(key)
      box.isLoaded = true
    } catch (error) {
      box.failure = error
    }
  }

  async #begin<Result>(key: string, box: Mailbox, work: Work<Result>): Promise<Result> {
    box.unfinished += 1
    try {
      if (box.failure !== undefined) throw box.failure
      return await this.#do(key, box, work)
    } finally {
      box.unfinished -= 1
      this.#settleDown(key, box)
    }
  }

  /** Begins the work; what it posts to its own call while it begins comes after it. */
  #do<Result>(key: string, box: Mailbox, work: Work<Result>): Promise<Result> {
    if (box.isAtWork) return work(box.call)
    box.isAtWork = true
    try {
      return work(box.call)
    } finally {
      box.isAtWork = false
      if (box.waiting.length > 0) void this.#pump(key, box)
    }
  }

  #settleDown(key: string, box: Mailbox): void {
    // A call that is over, or that nobody knows, needs no memory.
    if (isIdle(box) && box.call?.status !== 'live') this.#boxes.delete(key)
    if (this.#boxes.size > this.#options.hotCalls) this.#passivateOne()
  }

  #passivateOne(): void {
    for (const [key, box] of this.#boxes) {
      if (!isIdle(box)) continue
      if (!box.call?.unsnapshotted && !box.call?.holdsPrivate) {
        this.#boxes.delete(key)
        return
      }
      box.unfinished += 1
      const passivated = () => {
        box.unfinished -= 1
        if (isIdle(box) && !box.call?.unsnapshotted) this.#boxes.delete(key)
        this.#settleDown(key, box)
      }
      this.#options.passivate(box.call).then(passivated, passivated)
      return
    }
  }
}

function isIdle(box: Mailbox): boolean {
  return box.unfinished === 0 && box.waiting.length === 0 && !box.isAtWork
}
