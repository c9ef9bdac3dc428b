/** The engine's own promises, as far as a world can be looked at and asked. */
import { agreement } from '../simulation/judge/agreement.ts'
import { callsEnd } from '../simulation/judge/callsEnd.ts'
import { fatesAreKnown, fatesBecomeKnown } from '../simulation/judge/fates.ts'
import { nothingLeaks } from '../simulation/judge/leaks.ts'
import { nothingPrivate } from '../simulation/judge/privacy.ts'
import { replaysExactly } from '../simulation/judge/replay.ts'
import { everythingHeardOnce } from '../simulation/judge/tellings.ts'
import { timersFireOnce } from '../simulation/judge/timers.ts'
import { nothingTwice } from '../simulation/judge/twice.ts'
import { type Invariant, invariant } from './invariant.ts'

/** Judged in every world, whatever its bot. */
export const promises: readonly Invariant[] = [
  invariant('agreesWithGraph', 'atPeace', agreement),
  invariant('everyFateBecomesKnown', 'atPeace', fatesBecomeKnown),
  invariant('nothingExecutedTwice', 'always', nothingTwice),
  invariant('everyFateKnown', 'atTheEnd', fatesAreKnown),
  invariant('everyCallEnds', 'atTheEnd', callsEnd),
  invariant('everyTimerFiresOnce', 'always', timersFireOnce),
  invariant('everythingToldIsHeardOnce', 'always', everythingHeardOnce),
  invariant('nothingLeaks', 'atTheEnd', nothingLeaks),
  invariant('nothingPrivateOnDisk', 'always', nothingPrivate),
  invariant('replayIsExact', 'always', replaysExactly),
]
