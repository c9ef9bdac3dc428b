/**
 * Group commit: the changes of many turns become durable in one transaction. Throughput comes from
 * batching, never from weaker durability: nobody is told that work is done before its commit is.
 */
import { setImmediate } from 'node:timers'
import type { CallCommit, Store } from '../../snapshots/store.ts'
import type { Clock } from '../clock.ts'
import type { Observers } from '../telemetry/observers.ts'
import type { Call } from './call.ts'
import { type Change, emptyChange } from './change.ts'
import { CommitTold } from './told.ts'

type Staged = {
  readonly call: Call
  readonly change: Change
  readonly waiting: { readonly resolve: () => void; readonly reject: (error: unknown) => void }[]
}

export type CommitterOptions = {
  readonly store: Store
  readonly clock: Clock
  readonly observers: Observers
  /** Told when a commit failed, after its calls have been spoiled. */
  readonly failed: (calls: readonly Call[], error: unknown) => void
}

/** Collects changes and writes them together on the next macrotask. */
export class Committer {
  readonly #options: CommitterOptions
  #staged = new Map<Call, Staged>()
  #flushing: Promise<void> | undefined

  constructor(options: CommitterOptions) {
    this.#options = options
  }

  /**
   * Lets `work` add to the call's change and resolves when all of it is durable; rejects when the commit
   * failed, and then nothing of it has happened.
   */
  stage(call: Call, work: (change: Change) => void): Promise<void> {
    if (call.spoiled) return Promise.reject(buildsOnNothing())
    const staged = this.#staged.get(call) ?? { call, change: emptyChange(), waiting: [] }
    work(staged.change)
    if (isEmpty(staged.change)) return this.#flushing ? this.#flushed(call) : Promise.resolve()
    this.#staged.set(call, staged)
    this.#schedule()
    return new Promise((resolve, reject) => staged.waiting.push({ resolve, reject }))
  }

  /** Resolves when nothing is staged or being written. */
  async settled(): Promise<void> {
    while (this.#flushing) await this.#flushing
  }

  /** Work that changes nothing is done once what it has seen of the call is durable. */
  async #flushed(call: Call): Promise<void> {
    await this.#flushing
    if (call.spoiled) throw buildsOnNothing()
  }

  #schedule(): void {
    this.#flushing ??= new Promise((resolve) => {
      setImmediate(() => {
        void this.#flush().finally(() => {
          this.#flushing = undefined
          if (this.#staged.size > 0) this.#schedule()
          resolve()
        })
      })
    })
  }

  async #flush(): Promise<void> {
    const { store, clock, observers } = this.#options
    const { batch, commits } = this.#encoded([...this.#staged.values()])
    if (batch.length === 0) return
    const beganMs = clock.elapsedMs()
    try {
      await store.commit(commits)
      if (observers.isWatched) {
        observers.tell(new CommitTold(clock.now(), commits, clock.elapsedMs() - beganMs))
      }
    } catch (error) {
      this.#undo(batch, error)
      return
    }
    for (const { waiting } of batch) for (const { resolve } of waiting) resolve()
  }

  /** What is staged, as the store takes it; a call that cannot be written down keeps no other from being so. */
  #encoded(all: readonly Staged[]) {
    this.#staged = new Map()
    const batch: Staged[] = []
    const commits: CallCommit[] = []
    for (const staged of all) {
      try {
        commits.push(staged.call.commitOf(staged.change))
        batch.push(staged)
      } catch (error) {
        this.#undo([staged], error)
      }
    }
    return { batch, commits }
  }

  /** What the batch held is ahead of the store, and so is what was staged upon it since. */
  #undo(batch: readonly Staged[], error: unknown): void {
    const spoiled = new Set(batch)
    for (const { call } of batch) {
      call.spoiled = true
      const later = this.#staged.get(call)
      if (later) spoiled.add(later)
      this.#staged.delete(call)
    }
    this.#options.failed(
      batch.map(({ call }) => call),
      error,
    )
    for (const { waiting } of spoiled) for (const { reject } of waiting) reject(error)
  }
}

function buildsOnNothing(): Error {
  return new Error('The commit this work builds on has failed.')
}

function isEmpty(change: Change): boolean {
  return (
    !change.snapshot &&
    change.journal.length === 0 &&
    change.effects.length === 0 &&
    change.effectChanges.length === 0 &&
    change.timers.length === 0 &&
    change.timersRemoved.length === 0 &&
    change.quarantined.length === 0
  )
}
