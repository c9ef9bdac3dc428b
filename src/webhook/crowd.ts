/** How many posts may be inside at once: whoever comes beyond that is sent away before any work is done. */
import { createMiddleware } from 'hono/factory'

const RETRY_AFTER_SECONDS = '1'

/**
 * Answers 503 while `limit` posts are being read and taken. Checking a token costs more than most turns, so
 * under too much load the crowd waits here, not in the engine's own intake.
 */
export function atMost(limit: number) {
  let inside = 0
  return createMiddleware(async (context, next) => {
    if (inside >= limit) {
      const error = `${limit} notifications are being taken in.`
      return context.json({ error }, 503, { 'Retry-After': RETRY_AFTER_SECONDS })
    }
    inside += 1
    try {
      return await next()
    } finally {
      inside -= 1
    }
  })
}
