/** Who looks on: any number of observers, coming and going while the engine runs. */
import type { EngineRecord } from './records.ts'

/** Takes records as they come, and must not wait. One that throws is let down, and nobody else. */
export type Observer = (record: EngineRecord) => void

/** Tells every observer; while there is none, whoever would tell asks `isWatched` and makes no record. */
export class Observers {
  #looking: readonly Observer[] = []
  readonly #warned = new WeakSet<Observer>()

  /** Whether anybody looks. */
  get isWatched(): boolean {
    return this.#looking.length > 0
  }

  /** Tells this observer from now on, until the function given back is called. */
  add(observer: Observer): () => void {
    // An observer added twice is told twice, and each goes by itself.
    const own: Observer = (record) => observer(record)
    this.#looking = [...this.#looking, own]
    return () => {
      this.#looking = this.#looking.filter((each) => each !== own)
    }
  }

  tell(record: EngineRecord): void {
    for (const observer of this.#looking) {
      try {
        observer(record)
      } catch (error) {
        this.#warn(observer, error)
      }
    }
  }

  /** Once an observer; by the error's name only, for its message may quote what it was told. */
  #warn(observer: Observer, error: unknown): void {
    if (this.#warned.has(observer)) return
    this.#warned.add(observer)
    const name = error instanceof Error ? error.name : typeof error
    process.emitWarning(`An observer threw (${name}); it is told on.`, 'CallchartWarning')
  }
}

/** What to do with each kind of record; kinds left out are passed over. */
export type Takers = {
  readonly [Kind in EngineRecord['kind']]?: (
    record: Extract<EngineRecord, { readonly kind: Kind }>,
  ) => void
}

/** An observer that does with each record what is said for its kind. */
export function byKind(takers: Takers): Observer {
  // TypeScript cannot see that what is found under a record's kind takes that record.
  const found = takers as { readonly [kind: string]: Observer | undefined }
  return (record) => found[record.kind]?.(record)
}
