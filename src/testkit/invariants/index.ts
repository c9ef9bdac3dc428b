/**
 * Invariants: what must hold in every world, each usable alone, in any mixture, and beside an author's own.
 *
 * May import: what the testkit may.
 * Read: invariant (the type), then one file for each; promises (the engine's own, always judged).
 * Not here: who asks, and when (simulation/judge).
 */
import { endsEventually } from './endsEventually.ts'
import { everyPromptStops } from './everyPromptStops.ts'
import type { Invariant } from './invariant.ts'
import { neverActsAfterHangUp } from './neverActsAfterHangUp.ts'
import { neverThrows } from './neverThrows.ts'
import { noDeadState } from './noDeadState.ts'

export { type Evidence, type Invariant, invariant, type Look, type Moment } from './invariant.ts'
export { noDeadStateBut } from './noDeadState.ts'
export { promises } from './promises.ts'
export { endsEventually, everyPromptStops, neverActsAfterHangUp, neverThrows, noDeadState }

/** What a scenario that talks to callers should keep. */
export const courtesies: readonly Invariant[] = [
  endsEventually,
  everyPromptStops,
  neverActsAfterHangUp,
  neverThrows,
  noDeadState,
]
