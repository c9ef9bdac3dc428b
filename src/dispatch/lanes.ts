/** Lanes: the order of one call's effects, and how many calls speak to Graph at once. */
import type { CallAddress, Owed } from '../engine/outbound.ts'

/** What one call still owes. */
export type Lane = {
  readonly key: string
  address: CallAddress
  /** Ids of the effects whose fate is open; a lane without any is forgotten. */
  readonly open: Set<string>
  /** Waiting to be sent, oldest first. */
  readonly waiting: Owed[]
  /** The one being sent in order; urgent ones do not wait for it. */
  sending: Owed | undefined
}

/** The next effect a lane may send now, taken out of it. */
export function takeNext(lane: Lane, isUrgent: (owed: Owed) => boolean): Owed | undefined {
  const mayCreate = (owed: Owed) =>
    owed.effect === 'createCall' || lane.address.graphId !== undefined
  const index = lane.waiting.findIndex(
    (owed) => mayCreate(owed) && (isUrgent(owed) || !lane.sending),
  )
  if (index < 0) return undefined
  const [owed] = lane.waiting.splice(index, 1)
  return owed
}

/** Lets at most `limit` pieces of work run at once; the others wait in order. */
export class Gate {
  readonly #limit: number
  readonly #waiting: (() => void)[] = []
  #running = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#running >= this.#limit)
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    this.#running += 1
    try {
      return await work()
    } finally {
      this.#running -= 1
      this.#waiting.shift()?.()
    }
  }
}
