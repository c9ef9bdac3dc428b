/** Lanes: the order of one call's effects, and how many calls speak to Graph at once. */
import type { Clock } from '../clock.ts'
import type { CallAddress, Owed } from '../engine/outbound.ts'
import type { Depths, OpenStatus } from '../telemetry/metrics.ts'

/** An effect that is to be sent, and how often it has been tried. */
export type Waiting = Owed & { readonly tries?: number }

/** An effect whose fate is open, as far as the engine has been told. */
type Open = { status: OpenStatus; readonly askedMs: number }

/** What one call still owes. */
export type Lane = {
  readonly key: string
  address: CallAddress
  /** The effects whose fate is open, by id; a lane without any is forgotten. */
  readonly open: Map<string, Open>
  /** Waiting to be sent, oldest first. */
  readonly waiting: Waiting[]
  /** The one being sent in order; urgent ones do not wait for it. */
  sending: Owed | undefined
}

/** The next effect a lane may send now, taken out of it. */
export function takeNext(lane: Lane, isUrgent: (owed: Owed) => boolean): Waiting | undefined {
  const mayCreate = (owed: Owed) =>
    owed.effect === 'createCall' || lane.address.graphId !== undefined
  const index = lane.waiting.findIndex(
    (owed) => mayCreate(owed) && (isUrgent(owed) || !lane.sending),
  )
  if (index < 0) return undefined
  const [owed] = lane.waiting.splice(index, 1)
  return owed
}

/** How an effect that is taken over stands: one that was sent before may have been done. */
export function standing({ status }: Owed): OpenStatus {
  return status === 'owed' || status === 'running' ? status : 'inDoubt'
}

/** The open effects of all lanes, counted. */
export function depthsOf(
  lanes: Iterable<Lane>,
  nowMs: number,
): Pick<Depths, 'outbox' | 'oldestOwedMs'> {
  const outbox = { owed: 0, sent: 0, running: 0, inDoubt: 0 }
  let oldestMs = nowMs
  for (const { open } of lanes) {
    for (const { status, askedMs } of open.values()) {
      outbox[status] += 1
      if (status === 'owed') oldestMs = Math.min(oldestMs, askedMs)
    }
  }
  return { outbox, oldestOwedMs: nowMs - oldestMs }
}

/**
 * Lets at most `limit` pieces of work begin side by side; the others wait in order, those that are of no
 * hurry behind all others. Work that lasts longer than `patienceMs` goes on without its place, so that
 * what hangs cannot keep everybody else out.
 */
export class Gate {
  readonly #limit: number
  readonly #patienceMs: number
  readonly #clock: Clock
  readonly #waiting: (() => void)[] = []
  readonly #unhurried: (() => void)[] = []
  #taken = 0

  constructor(limit: number, patienceMs: number, clock: Clock) {
    this.#limit = limit
    this.#patienceMs = patienceMs
    this.#clock = clock
  }

  async run<Result>(work: () => Promise<Result>, hasHurry = true): Promise<Result> {
    const line = hasHurry ? this.#waiting : this.#unhurried
    if (this.#taken < this.#limit) this.#taken += 1
    else await new Promise<void>((resolve) => line.push(resolve))
    let hasPlace = true
    const leave = () => {
      if (hasPlace) this.#pass()
      hasPlace = false
    }
    const wake = this.#clock.setTimeout(leave, this.#patienceMs)
    try {
      return await work()
    } finally {
      this.#clock.clearTimeout(wake)
      leave()
    }
  }

  /** Gives a place to whoever waits longest. */
  #pass(): void {
    const next = this.#waiting.shift() ?? this.#unhurried.shift()
    if (next) next()
    else this.#taken -= 1
  }
}
