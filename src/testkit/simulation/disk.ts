/** The simulated disk: what a crash leaves of the store is its last commit, at whatever statement it came. */
import {
  type BeforeStatement,
  type CallCommit,
  type ImageStore,
  openImageStore,
  type Store,
  type StoredCall,
  StoreError,
} from '../../../snapshots/index.ts'

/** One commit that has become durable. */
export type Committed = {
  readonly atMs: number
  readonly calls: readonly CallCommit[]
}

/** How many commits a lost sync takes with it. */
const UNSYNCED_COMMITS = 3

export class SimulatedDisk {
  /** What a crash has taken although it was committed. */
  readonly forgotten: string[] = []
  /** Every commit there has been, in order: what the judge reads. */
  readonly commits: Committed[] = []
  readonly #keepsSync: boolean
  readonly #images: Buffer[] = []
  #store: ImageStore | undefined
  /** Calls as they were last looked at in this store. */
  readonly #looked = new Map<string, StoredCall | undefined>()

  /** `keepsSync: false` is a disk that lies: a crash takes the latest commits with it. */
  constructor({ keepsSync }: { readonly keepsSync: boolean }) {
    this.#keepsSync = keepsSync
  }

  /** The store as the last process left it. */
  open(beforeStatement: BeforeStatement): ImageStore {
    const image = this.#afterCrash()
    void this.#store?.close()
    this.#looked.clear()
    this.#store = openImageStore(image, { beforeStatement })
    void this.#compare(this.#store, this.#lastSequences())
    return this.#store
  }

  /** The store as it stands, for reading; throws before the first `open`. */
  get store(): ImageStore {
    if (this.#store) return this.#store
    throw new StoreError('store.closed', 'Nothing was stored yet.', 'Start the bot first.')
  }

  /** A call as it stands on the disk, for who looks again and again: only what is new is read. */
  async look(key: string): Promise<StoredCall | undefined> {
    const stored = await this.store.loadSince(key, this.#looked.get(key))
    this.#looked.set(key, stored)
    return stored
  }

  /** Keys of all calls that were ever stored. */
  keys(): readonly string[] {
    return [...new Set(this.commits.flatMap(({ calls }) => calls.map(({ key }) => key)))]
  }

  committed(commit: Committed): void {
    this.commits.push(commit)
    if (this.#keepsSync) return
    this.#images.push(this.store.image())
    if (this.#images.length > UNSYNCED_COMMITS) this.#images.shift()
  }

  /** Of each call, the last journal entry that was committed. */
  #lastSequences(): ReadonlyMap<string, number> {
    const entries = this.commits.flatMap(({ calls }) =>
      calls.flatMap(({ key, journal }) => journal.map(({ sequence }) => [key, sequence] as const)),
    )
    return new Map(entries)
  }

  async #compare(store: Store, expected: ReadonlyMap<string, number>): Promise<void> {
    for (const [key, sequence] of expected) {
      const last = (await store.journal(key)).at(-1)?.sequence ?? 0
      if (last >= sequence) continue
      this.forgotten.push(
        `call ${key}: after a crash the journal ends with ${last}, not ${sequence}.`,
      )
    }
  }

  close(): void {
    void this.#store?.close()
  }

  #afterCrash(): Buffer | undefined {
    const [oldest] = this.#images.splice(0)
    return oldest ?? this.#store?.image()
  }
}
