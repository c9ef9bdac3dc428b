/** What must hold in every world: the type that all invariants have, ours and an author's. */
import type { Charts } from '../../engine/charts.ts'
import type { HeldCall } from '../held.ts'
import type { SimulatedDisk } from '../simulation/disk.ts'
import type { World } from '../world.ts'

/**
 * When an invariant must hold: `always`; `atPeace`, once nothing has gone wrong for twenty minutes while
 * calls may still live; `atTheEnd`, when everybody has hung up fifty minutes ago.
 */
export type Moment = 'always' | 'atPeace' | 'atTheEnd'

/** What an invariant looks at. */
export type Evidence = {
  readonly world: World
  /** Every call there has been, as the bot holds it. */
  readonly calls: readonly HeldCall[]
  readonly charts: Charts
  readonly disk: SimulatedDisk
  /** Keys of all calls that were ever stored. */
  readonly keys: readonly string[]
}

/** A promise that every world must keep. */
export type Invariant = {
  readonly name: string
  readonly when: Moment
  /** What was found broken, a sentence each; empty when all is well. Must change nothing. */
  readonly look: Look
}

export type Look = (evidence: Evidence) => Promise<readonly string[]> | readonly string[]

/**
 * An invariant of your own.
 *
 * @example
 * const greetsOnce = invariant('greetsOnce', 'always', ({ calls }) =>
 *   calls
 *     .filter(({ asked }) => asked.filter(({ effect }) => effect === 'playPrompt').length > 1)
 *     .map(({ key }) => `Call ${key} was greeted twice.`),
 * )
 */
export function invariant(name: string, when: Moment, look: Look): Invariant {
  return { name, when, look }
}
