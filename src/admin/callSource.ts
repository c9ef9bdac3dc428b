/** The stream of one call: its entries as they happen, and how it stands after them. */
import type { CallDetails } from './callDetails.ts'
import type { CallUpdate, LadderEntry } from './protocol.ts'
import type { Pulse } from './pulse.ts'
import type { Said, Source } from './viewers.ts'
import type { Ways } from './ways.ts'

/** Entries of the journal in one event; who is further behind asks for the call again. */
const MOST_ENTRIES = 200

export type CallSourceOptions = {
  readonly key: string
  /** The journal entry the viewer saw last; absent for one who sees none yet. */
  readonly after: number | undefined
  readonly details: CallDetails
  readonly pulse: Pulse
  readonly ways: Ways
}

export class CallSource implements Source {
  readonly #options: CallSourceOptions
  readonly #unlisten: () => void
  readonly #unwatch: () => void
  #after: number | undefined
  #isDue = true
  #told = ''
  #dropped = 0
  #ready = () => {}

  constructor(options: CallSourceOptions) {
    this.#options = options
    this.#after = options.after
    this.#unwatch = options.ways.watch(options.key)
    this.#unlisten = options.pulse.listen((changed) => this.#note(changed.has(options.key)))
  }

  get isReady(): boolean {
    return this.#isDue
  }

  watch(ready: () => void): void {
    this.#ready = ready
  }

  close(): void {
    this.#unlisten()
    this.#unwatch()
  }

  async take(): Promise<Said | undefined> {
    const { key, details, ways } = this.#options
    this.#isDue = false
    const after = this.#after ?? Number.POSITIVE_INFINITY
    const { last, dropped, entries, ...around } = await details.since(key, after, MOST_ENTRIES)
    const update = { ...around, entries: entries.map((entry) => withWay(ways, key, entry)) }
    this.#after = last
    this.#dropped += dropped
    const told = JSON.stringify(update)
    if (told === this.#told) return undefined
    this.#told = told
    const body: CallUpdate = { ...update, dropped: this.#dropped }
    return { event: 'entries', id: String(last), body }
  }

  #note(hasChanged: boolean): void {
    if (!hasChanged) return
    this.#isDue = true
    this.#ready()
  }
}

/** What was seen is surer than what a replay shows. */
function withWay(ways: Ways, key: string, entry: LadderEntry): LadderEntry {
  const isEvent = entry.id === String(entry.sequence)
  const taken = isEvent ? ways.of(key, entry.sequence) : undefined
  return taken ? { ...entry, taken } : entry
}
