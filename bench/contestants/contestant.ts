/** What a contestant can do, however it is built. */
import type { Delivery } from '../../src/engine/intake.ts'
import type { Login } from '../login.ts'
import { delivery } from '../traffic.ts'
import type { Onlooker } from './onlookers.ts'

export type Listening = {
  /** Where it takes notifications; absent when it was opened without a login. */
  readonly url: string | undefined
  readonly close: () => Promise<void>
  /** Where one who looks on finds what; absent for whom nobody can look at. */
  readonly pages?: Pages
  /** Resolves once whoever looks on has been told all. */
  readonly told?: () => Promise<void>
}

export type Pages = {
  readonly metricsUrl?: string | undefined
  readonly inspectUrl?: string | undefined
}

export type Contestant = Listening & {
  /** Takes a parsed notification in process; resolves once it is durable. */
  readonly take: (delivery: Delivery) => Promise<unknown>
}

export type ContestantOptions = {
  readonly folder: string
  /** Established calls to begin with. */
  readonly callIds: readonly string[]
  /** Present for one that listens. */
  readonly login?: Login | undefined
  /** Who looks on at Callchart; nobody does at the others. */
  readonly onlooker?: Onlooker
}

/** How many notifications are under way at once, as many as connections over HTTP. */
export const AT_ONCE = 128

/** Lets the calls go on hold and come back for a while; resolves to turns a second. */
export async function turnsPerSecond(
  { take }: Contestant,
  callIds: readonly string[],
  durationMs: number,
): Promise<number> {
  const startedMs = performance.now()
  const endMs = startedMs + durationMs
  let turns = 0
  // An even number of passes over every call leaves all of them as they were.
  for (let round = 0; performance.now() < endMs || round % 2 === 1; round++) {
    const state = round % 2 === 0 ? 'hold' : 'established'
    for (let from = 0; from < callIds.length; from += AT_ONCE) {
      const some = callIds.slice(from, from + AT_ONCE)
      await Promise.all(some.map((id) => take(delivery(id, 'updated', state))))
    }
    turns += callIds.length
  }
  return (turns * 1_000) / (performance.now() - startedMs)
}
