/** What an engine is made of. */
import type { Store } from '../../snapshots/store.ts'
import type { Clock } from '../clock.ts'
import type { RandomBytes } from '../random.ts'
import type { Observers } from '../telemetry/observers.ts'
import type { BotCharts } from './charts.ts'
import type { UnknownCalls } from './newcomers.ts'

export type EngineOptions = {
  readonly bot: BotCharts
  readonly store: Store
  readonly clock: Clock
  readonly random: RandomBytes
  /** Told of everything that happens. Default: nobody looks. */
  readonly observers?: Observers
  /** Calls kept in memory; the longest idle beyond this are passivated. Default 10,000. */
  readonly hotCalls?: number
  /** Notifications taken in at once; more are answered 503 with Retry-After. Default 10,000. */
  readonly intakeLimit?: number
  /** Days after which ended calls are removed for good. Default: never. */
  readonly retentionDays?: number | undefined
  /** For tests: after every turn the call is read back from its own text, as after a restart. */
  readonly roundTrip?: boolean
  /** What to do with a live call nobody knows: take it up (`adopt`, default), or `refuse` it. */
  readonly unknownCalls?: UnknownCalls
  /** The application permissions of an app's token, when known. */
  readonly permissions?: (appId: string | undefined) => readonly string[] | undefined
}
