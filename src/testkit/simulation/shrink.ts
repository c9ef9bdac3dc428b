/** Shrinking: of all that happened in a failing run, the little that is needed for it to fail. */
import type { Traffic } from './traffic.ts'

/** How many runs shrinking may take. */
const TRIES = 150

/** The traffic with only those deeds and faults whose numbers are given, deeds counted first. */
export function keeping(traffic: Traffic, numbers: readonly number[]): Traffic {
  const kept = new Set(numbers)
  const { deeds, faults } = traffic
  return {
    ...traffic,
    deeds: deeds.filter((_, number) => kept.has(number)),
    faults: faults.filter((_, number) => kept.has(deeds.length + number)),
  }
}

/** The numbers of the fewest deeds and faults found with which the traffic still fails. */
export async function shrink(
  traffic: Traffic,
  fails: (traffic: Traffic) => Promise<boolean>,
): Promise<readonly number[]> {
  let kept = [...traffic.deeds, ...traffic.faults].map((_, number) => number)
  let tries = 0
  let size = Math.ceil(kept.length / 2)
  while (size >= 1 && tries < TRIES) {
    const before = kept.length
    for (let from = 0; from < kept.length && tries < TRIES; tries++) {
      const fewer = kept.toSpliced(from, size)
      if (await fails(keeping(traffic, fewer))) kept = fewer
      else from += size
    }
    if (size > 1) size = Math.ceil(size / 2)
    else if (kept.length === before) break
  }
  return kept
}
