/** What a test may decide about its world. */
import type { EmulatorOptions } from '../emulator/index.ts'
import type { Coverage } from './covered/coverage.ts'
import type { Invariant } from './invariants/invariant.ts'
import type { Sabotage } from './simulation/sabotage.ts'
import type { BotChoices } from './underTest.ts'

export type WorldOptions = Pick<EmulatorOptions, 'switches' | 'faults'> &
  BotChoices & {
    /** Decides everything that chance decides. Default 1. */
    readonly seed?: number
    /** Whether every call is read back from its own text after each turn, as if after a restart. Default true. */
    readonly roundTrip?: boolean
    /** Application permissions of the bot. Default: all calling permissions. */
    readonly roles?: readonly string[]
    /** Takes note of what is seen of its chart. */
    readonly coverage?: Coverage | undefined
    /** Judged beside the engine's own promises, each at its moment. */
    readonly invariants?: readonly Invariant[]
    /** For tests of the judge: breaks a promise on purpose. */
    readonly sabotage?: Sabotage
  }
