/** The ways that calls have just gone: which transitions the latest turns of those took that somebody looks at. */
import type { AnyTransitionDefinition } from 'xstate'
import { transitionId } from '../../snapshots/chart.ts'
import type { EngineRecord } from '../telemetry/index.ts'

/** Turns of one call that are kept; who is further behind sees what their replay shows. */
const MOST_TURNS = 200

type Watched = {
  watchers: number
  /** By journal entry, oldest first. */
  readonly turns: Map<number, readonly AnyTransitionDefinition[]>
}

export class Ways {
  readonly #watched = new Map<string, Watched>()

  /** Takes a record; of calls that nobody looks at nothing is kept. */
  note(record: EngineRecord): void {
    if (record.kind !== 'turned') return
    const turns = this.#watched.get(record.key)?.turns
    if (!turns) return
    turns.set(record.sequence, record.taken)
    const [oldest] = turns.keys()
    if (oldest !== undefined && turns.size > MOST_TURNS) turns.delete(oldest)
  }

  /** Keeps the ways of a call; returns the function that ends it. */
  watch(key: string): () => void {
    const watched = this.#watched.get(key) ?? { watchers: 0, turns: new Map() }
    watched.watchers += 1
    this.#watched.set(key, watched)
    return () => {
      watched.watchers -= 1
      if (watched.watchers === 0) this.#watched.delete(key)
    }
  }

  /** The way that a call went at one entry of its journal, if it was seen to go. */
  of(key: string, sequence: number): readonly string[] | undefined {
    const taken = this.#watched.get(key)?.turns.get(sequence)
    return taken && wayOf(taken)
  }
}

/** Ids of the transitions that lead somewhere, in the order in which they were taken. */
export function wayOf(taken: readonly AnyTransitionDefinition[]): readonly string[] {
  return taken.flatMap((transition) =>
    transition.target === undefined ? [] : (transitionId(transition) ?? []),
  )
}
