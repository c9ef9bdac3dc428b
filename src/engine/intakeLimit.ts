/** How much may be on its way into the engine at once: what comes beyond that is asked to come again. */
import type { Intake } from './intake.ts'

/** Deliveries taken in but not yet durable; what comes beyond them gets 503 with Retry-After. */
export const INTAKE_LIMIT = 10_000

/** An intake that refuses new deliveries while `limit` are under way; one body of them may pass the limit. */
export function limited(intake: Intake, limit: number): Intake {
  let underWay = 0
  return async (deliveries) => {
    if (underWay >= limit) {
      const reason = `${limit} notifications are being taken in.`
      return deliveries.map(() => ({ kind: 'unavailable', reason, retryAfterSeconds: 1 }))
    }
    underWay += deliveries.length
    try {
      return await intake(deliveries)
    } finally {
      underWay -= deliveries.length
    }
  }
}
