/** One live call as the records tell of it; small, because there are thousands. */
import type { EngineRecord } from '../telemetry/index.ts'
import type { Known } from './briefs.ts'
import type { CallRow, Health } from './protocol.ts'

type Turned = Extract<EngineRecord, { readonly kind: 'turned' }>

export class LiveCall {
  readonly key: string
  /** Read from the store when somebody looks. */
  known: Known | undefined
  endedMs: number | undefined
  #lastEvent: CallRow['lastEvent']
  #turned: Turned | undefined
  #states: readonly string[] = []
  /** It could not be taken up after a restart. */
  #isStuck = false

  constructor(key: string) {
    this.key = key
  }

  note(record: EngineRecord): void {
    switch (record.kind) {
      case 'turned':
        this.#turned = record
        this.#lastEvent = { type: record.event, atMs: record.atMs }
        return
      case 'settled':
        // What is wrong with a call, the store says; it is asked when somebody looks.
        if (record.status === 'failed' || this.known?.health === 'doubtful') this.known = undefined
        if (record.status === 'inDoubt') this.known = undefined
        return
      case 'quarantined':
        this.known = undefined
        return
      case 'takeUpFailed':
        this.#isStuck = true
        return
      case 'ended':
        this.endedMs = record.atMs
    }
  }

  /** Whether its states are known: a call of a process before this one may not have moved yet. */
  get isKnown(): boolean {
    return this.#turned !== undefined || this.#states.length > 0
  }

  /** Active states; worked out when somebody looks, and the snapshot let go of. */
  get states(): readonly string[] {
    if (this.#turned) {
      this.#states = shared(this.#turned.states)
      this.#turned = undefined
    }
    return this.#states
  }

  set states(states: readonly string[]) {
    if (!this.isKnown) this.#states = shared(states)
  }

  /** Keeps the states and not the snapshot they are worked out from. */
  letGo(): void {
    this.#states = this.states
  }

  get health(): Health {
    return this.#isStuck ? 'troubled' : (this.known?.health ?? 'good')
  }

  /** State of one region, without the region's name. */
  stateOf(region: string): string {
    return statesIn(region, this.states).at(0) ?? ''
  }

  row(known: Known): CallRow {
    const { ordinal: _, last, ...rest } = known
    return {
      ...rest,
      status: this.endedMs === undefined ? 'live' : 'ended',
      state: this.stateOf('signalling'),
      topology: this.stateOf('topology'),
      scenario: statesIn('scenario', this.states),
      lastEvent: this.#lastEvent ?? last,
      ...(this.endedMs !== undefined && { endedMs: this.endedMs }),
      health: this.health,
      problems: known.problems + (this.#isStuck ? 1 : 0),
    }
  }
}

/** The states of one region, without its name. */
export function statesIn(region: string, states: readonly string[]): readonly string[] {
  return states.flatMap((state) =>
    state.startsWith(`${region}.`) ? [state.slice(region.length + 1)] : [],
  )
}

/** Thousands of calls stand in the same states: one list serves them all. */
const lists = new Map<string, readonly string[]>()
const MOST_LISTS = 5_000

function shared(states: readonly string[]): readonly string[] {
  const name = states.join()
  const known = lists.get(name)
  if (known) return known
  if (lists.size >= MOST_LISTS) lists.clear()
  lists.set(name, states)
  return states
}
