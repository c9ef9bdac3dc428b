/** How many posts may be inside at once: whoever comes beyond that is sent away before any work is done. */

/**
 * Runs work while fewer than `limit` pieces are under way, otherwise answers with `full`. Checking a token
 * costs more than most turns, so under too much load the crowd waits here, not in the engine's own intake.
 */
export function atMost(limit: number) {
  let inside = 0
  return async <Result>(work: () => Promise<Result>, full: () => Result): Promise<Result> => {
    if (inside >= limit) return full()
    inside += 1
    try {
      return await work()
    } finally {
      inside -= 1
    }
  }
}
