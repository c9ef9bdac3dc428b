/** What the routes share: who asks, over which connection, and what they work on. */
import type { Http2Bindings, HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import type { Deliveries } from '../deliveries.ts'
import type { Emulator } from '../emulator.ts'
import type { Faults } from '../faults.ts'
import type { KeyRing } from '../keys.ts'
import type { AccessTokens } from '../tokens.ts'
import type { World } from '../world/world.ts'
import type { Throttle } from './throttle.ts'

/** Node's own request and response; absent when there is no server. */
export type Connection = Partial<HttpBindings | Http2Bindings>

/** Who is asked, and over which connection. */
export type Env = {
  Bindings: Connection & { readonly emulator: Emulator; readonly service: Service }
}

/** What the service is made of, as its routes see it. */
export type Service = {
  readonly world: World
  readonly deliveries: Deliveries
  readonly accessTokens: AccessTokens
  /** Signs access tokens. */
  readonly loginKeys: KeyRing
  /** Signs notifications. */
  readonly notificationKeys: KeyRing
  /** Counts requests. */
  readonly throttle: Throttle
  faults: Faults
  /** Replaces the key that signs notifications. */
  readonly rotateKeys: () => Promise<void>
}

/** Where the asker reached us, e.g. `http://127.0.0.1:9300`. */
export function originOf(c: Context<Env>): string {
  return new URL(c.req.url).origin
}

/** Calls `act` once the response has left, or its connection has gone. */
export function afterResponse(c: Context<Env>, act: () => void): void {
  const outgoing = c.env.outgoing
  if (outgoing && !outgoing.closed) outgoing.once('close', act)
  else setImmediate(act)
}
