/** The engine's way out: effects that are durable and now owed to Graph. */
import type { EffectName } from '../../machines/effects.ts'
import type { EffectStatus } from '../../snapshots/store.ts'

/** One effect to be sent, or resumed after a restart. */
export type Owed = {
  readonly key: string
  readonly id: string
  readonly effect: EffectName
  readonly params: unknown
  readonly status: EffectStatus
  readonly askedMs: number
}

/** How Graph knows a call. */
export type CallAddress = {
  readonly graphId: string | undefined
  readonly tenantId: string | undefined
  /** The app whose call it is: its chart's, when it began. */
  readonly appId: string | undefined
  /** The chart that it runs on. */
  readonly chartId: string | undefined
}

/** Takes effects over, in the order each call asked for them. Must not wait or throw. */
export type Outbound = {
  readonly owe: (owed: Owed, address: CallAddress) => void
  /** How Graph knows the call, told after each change of it. */
  readonly addressed: (key: string, address: CallAddress) => void
  /** The effect's fate is known from elsewhere (its operation was reported, the call ended). */
  readonly closed: (key: string, commandId: string) => void
  /** The call has ended: nothing more is owed. */
  readonly ended: (key: string) => void
}
