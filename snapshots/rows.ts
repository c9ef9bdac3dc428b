/** What the store knows of its rows without asking SQLite: a commit that only journals then only writes. */

/** As many calls as are remembered at most, about 5 MB; one forgotten is read again when it moves. */
const REMEMBERED = 20_000

/** A call's row, and how far its journal goes. */
export type KnownCall = {
  readonly id: number
  readonly graphId: string | null
  readonly status: 'live' | 'ended'
  readonly chartId: string
  readonly sequence: number
}

/**
 * A map of bounded size that forgets what was not used for longest, roughly: half of it at a time, because
 * a Map gives its oldest key slowly.
 */
class Remembered<Value> {
  #young = new Map<string, Value>()
  #old = new Map<string, Value>()

  get(key: string): Value | undefined {
    const young = this.#young.get(key)
    if (young !== undefined) return young
    const old = this.#old.get(key)
    if (old !== undefined) this.set(key, old)
    return old
  }

  set(key: string, value: Value): void {
    this.#young.set(key, value)
    if (this.#young.size < REMEMBERED / 2) return
    this.#old = this.#young
    this.#young = new Map()
  }

  delete(key: string): void {
    this.#young.delete(key)
    this.#old.delete(key)
  }

  clear(): void {
    this.#young.clear()
    this.#old.clear()
  }
}

/** What is remembered; forgotten whole when a transaction is rolled back, since some of it never happened. */
export class KnownRows {
  /** By key. */
  readonly calls = new Remembered<KnownCall>()
  /** Keys by Graph's id. */
  readonly keys = new Remembered<string>()

  forget(): void {
    this.calls.clear()
    this.keys.clear()
  }
}
