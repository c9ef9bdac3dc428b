/** The fault seam: asked about every notification and request, it says what goes wrong with it. */
import type { RandomBytes } from '../random.ts'

/** What is done to one notification. */
export type NotificationFault =
  | { readonly kind: 'duplicate' }
  /** Sent after the one that follows it, or after `holdMs` when none follows. */
  | { readonly kind: 'reorder'; readonly holdMs: number }
  | { readonly kind: 'delay'; readonly delayMs: number }
  | { readonly kind: 'drop' }

/** Whether a request goes wrong before it changed anything, or after. */
export type FaultMoment = 'before' | 'after'

/** What is done to one request. */
export type RequestFault =
  | {
      readonly kind: 'refuse'
      readonly status: number
      readonly retryAfterSeconds?: number | undefined
      readonly moment: FaultMoment
    }
  | { readonly kind: 'slow'; readonly delayMs: number; readonly moment: FaultMoment }
  | { readonly kind: 'cut'; readonly moment: FaultMoment }

/** What the seam is told of a notification. */
export type NotificationSight = {
  readonly callId: string
  readonly changeType: string
  readonly what: string
  readonly state?: string | undefined
}

/** What the seam is told of a request. */
export type RequestSight = {
  readonly method: string
  readonly callId?: string | undefined
}

/** Decides what goes wrong; `undefined` means nothing does. */
export interface Faults {
  onNotification?(sight: NotificationSight): NotificationFault | undefined
  onRequest?(sight: RequestSight): RequestFault | undefined
}

/** How often each fault happens, from 0 (never) to 1 (always), and how long it takes. */
export type FaultDials = {
  readonly duplicate: number
  readonly reorder: number
  readonly delay: number
  readonly drop: number
  readonly throttle: number
  readonly fail: number
  readonly slow: number
  readonly cut: number
  /** The share of failed and cut requests that took effect all the same. */
  readonly afterEffect: number
  /** The longest a notification is delayed or held back. */
  readonly delayMs: number
  /** The longest a request is slowed down. */
  readonly slowMs: number
  readonly retryAfterSeconds: number
}

/** All dials at rest. */
export const noFaults: FaultDials = {
  duplicate: 0,
  reorder: 0,
  delay: 0,
  drop: 0,
  throttle: 0,
  fail: 0,
  slow: 0,
  cut: 0,
  afterEffect: 0.5,
  delayMs: 2_000,
  slowMs: 5_000,
  retryAfterSeconds: 1,
}

const FAILURES = [500, 502, 503, 504] as const

/** Faults drawn from `random` as often as the dials say; one seed replays them. */
export function seededFaults(random: RandomBytes, dials: Partial<FaultDials>): Faults {
  const set = { ...noFaults, ...dials }
  const draw = () => fraction(random)
  const moment = (): FaultMoment => (draw() < set.afterEffect ? 'after' : 'before')

  const notificationFaults: readonly (readonly [number, () => NotificationFault])[] = [
    [set.duplicate, () => ({ kind: 'duplicate' })],
    [set.reorder, () => ({ kind: 'reorder', holdMs: set.delayMs })],
    [set.delay, () => ({ kind: 'delay', delayMs: Math.ceil(draw() * set.delayMs) })],
    [set.drop, () => ({ kind: 'drop' })],
  ]
  const requestFaults: readonly (readonly [number, () => RequestFault])[] = [
    [set.throttle, () => throttling(set.retryAfterSeconds)],
    [set.fail, () => ({ kind: 'refuse', status: pick(draw(), FAILURES), moment: moment() })],
    [set.slow, () => ({ kind: 'slow', delayMs: Math.ceil(draw() * set.slowMs), moment: moment() })],
    [set.cut, () => ({ kind: 'cut', moment: moment() })],
  ]
  return {
    onNotification: () => firstHit(notificationFaults, draw),
    onRequest: () => firstHit(requestFaults, draw),
  }
}

function throttling(retryAfterSeconds: number): RequestFault {
  return { kind: 'refuse', status: 429, retryAfterSeconds, moment: 'before' }
}

function firstHit<Fault>(
  table: readonly (readonly [number, () => Fault])[],
  draw: () => number,
): Fault | undefined {
  for (const [chance, make] of table) if (draw() < chance) return make()
  return undefined
}

function pick(at: number, statuses: readonly number[]): number {
  return statuses[Math.floor(at * statuses.length)] ?? 500
}

function fraction(random: RandomBytes): number {
  const [high = 0, low = 0] = random(new Uint8Array(2))
  return (high * 256 + low) / 65_536
}
