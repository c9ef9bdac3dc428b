/** Counts what an application asks in one tenant, and refuses what is too much, as Graph does. */
import type { Clock } from '../../clock.ts'
import { GraphError } from '../errors.ts'
import type { Switches } from '../switches.ts'
import type { Caller } from '../tokens.ts'

type Window = { readonly endMs: number; requests: number }

export class Throttle {
  readonly #clock: Clock
  readonly #switches: Switches
  readonly #windows = new Map<string, Window>()

  constructor(clock: Clock, switches: Switches) {
    this.#clock = clock
    this.#switches = switches
  }

  /** Counts one request; throws Graph's 429 when its window is full. */
  count({ appId, tenantId }: Caller): void {
    const { throttlingRequestsMax } = this.#switches
    const window = this.#window(`${appId} ${tenantId}`)
    window.requests++
    if (window.requests <= throttlingRequestsMax) return
    const retryAfterSeconds = Math.ceil((window.endMs - this.#clock.now()) / 1_000)
    const what = `The application has made more than ${throttlingRequestsMax} requests.`
    const fix = 'Wait as long as Retry-After says.'
    throw new GraphError(429, 'TooManyRequests', what, fix, retryAfterSeconds)
  }

  #window(key: string): Window {
    const nowMs = this.#clock.now()
    const current = this.#windows.get(key)
    if (current && nowMs < current.endMs) return current
    const fresh = { endMs: nowMs + this.#switches.throttlingWindowMs, requests: 0 }
    this.#windows.set(key, fresh)
    return fresh
  }
}
