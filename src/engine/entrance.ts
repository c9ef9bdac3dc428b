/** The way in to the engine: how much may be on it at once, and when nothing more is let in. */
import type { Delivery, Intake, Verdict } from './intake.ts'

/** Deliveries taken in but not yet durable; what comes beyond them gets 503 with Retry-After. */
export const INTAKE_LIMIT = 10_000

export class Entrance {
  readonly #intake: Intake
  readonly #limit: number
  #underWay = 0
  #isClosed = false
  #emptied: (() => void) | undefined

  constructor(intake: Intake, limit: number) {
    this.#intake = intake
    this.#limit = limit
  }

  /** Refuses new deliveries while `limit` are under way; one body of them may pass the limit. */
  readonly take: Intake = async (deliveries) => {
    if (this.#isClosed) return sentAgain(deliveries, 'The bot is stopping.')
    if (this.#underWay >= this.#limit) {
      return sentAgain(deliveries, `${this.#limit} notifications are being taken in.`)
    }
    this.#underWay += deliveries.length
    try {
      return await this.#intake(deliveries)
    } finally {
      this.#underWay -= deliveries.length
      if (this.#underWay === 0) this.#emptied?.()
    }
  }

  /** Lets nothing in from now on; resolves once all that is under way is durable. */
  async close(): Promise<void> {
    this.#isClosed = true
    if (this.#underWay === 0) return
    await new Promise<void>((resolve) => {
      this.#emptied = resolve
    })
  }
}

function sentAgain(deliveries: readonly Delivery[], reason: string): readonly Verdict[] {
  return deliveries.map(() => ({ kind: 'unavailable', reason, retryAfterSeconds: 1 }))
}
