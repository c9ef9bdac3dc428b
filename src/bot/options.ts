/** What may be decided about a bot. */
import type { MeterProvider, TracerProvider } from '@opentelemetry/api'
import type { EffectName } from '../../machines/effects.ts'
import type { Store } from '../../snapshots/index.ts'
import type { World } from '../admin/world.ts'
import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import type { BotCharts } from '../engine/index.ts'
import type { RandomBytes } from '../random.ts'
import type { Inspect, Observer } from '../telemetry/index.ts'
import type { TakeOver } from './takeOver.ts'

export type BotOptions = BotCharts & {
  /** Default: read from the environment (`CALLCHART_…`). */
  readonly config?: Config
  /** Folder of WAV files that charts without one of their own name in playPrompt; served below `/prompts`. */
  readonly promptsFolder?: string | undefined
  readonly clock?: Clock
  readonly random?: RandomBytes
  /** The way to Graph, its login and its keys. Default: the network. */
  readonly fetch?: typeof fetch
  /** Where metrics go besides the Prometheus page. Default: OpenTelemetry's global provider, when installed. */
  readonly meterProvider?: MeterProvider
  /** Where traces go, one a call. Default: OpenTelemetry's global provider, when installed. */
  readonly tracerProvider?: TracerProvider
  /** Shows live calls, private parts hidden, in Stately's inspector. Default: nobody is told. */
  readonly inspect?: Inspect
  /** Told of everything that happens, from the start. More may come and go later: `Bot.observe`. */
  readonly observe?: Observer
  /** Default: the SQLite file that the configuration names. */
  readonly store?: Store
  /** Waits for a process that still holds the database, which hands over when it closes. Default: refuses to start. */
  readonly takeOver?: TakeOver | undefined
  /** For tests: after every turn the call is read back from its own text, as after a restart. */
  readonly roundTrip?: boolean
  /** An emulated Graph in this process, for the deeds of the admin API: `callchart start` gives its own. */
  readonly world?: World | undefined
  /** What to do with a live call nobody knows: take it up (`adopt`, default), or `refuse` it. */
  readonly unknownCalls?: 'adopt' | 'refuse'
  /** Calls kept in memory; the longest idle beyond this are passivated. Default 10,000. */
  readonly hotCalls?: number
  /** Days after which ended calls are removed for good. Default: the configuration's, or never. */
  readonly retentionDays?: number
  /** Notifications taken in at once; more are answered 503 with Retry-After. Default 10,000. */
  readonly intakeLimit?: number
  /** Requests to Graph at once, not counting those that are slow to be answered. Default 64. */
  readonly parallel?: number
  /**
   * Requests a second that only ask Graph how calls stand, as all do after a restart; what calls are about
   * does not wait for them. Default 500, of the 3,333 that Graph takes from an application in a tenant.
   */
  readonly reconcilingPerSecond?: number
  /**
   * Whether an effect the token's roles do not allow fails before it is sent, naming the permission.
   * Default true; false where a tenant allows what Graph's pages do not say.
   */
  readonly checkPermissions?: boolean
  /** Allows the effects that only Graph's beta knows: updateMetadata, muteAll … Default false. */
  readonly beta?: boolean
  /** How long to look for evidence of a request in doubt. Default 30 s. */
  readonly evidenceMs?: number
  /** Whether an effect that stayed in doubt is sent again or given up, where its own rule shall not hold. */
  readonly unresolved?: { readonly [Name in EffectName]?: 'resend' | 'drop' }
}
