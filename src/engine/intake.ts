/** The engine's way in: verified, parsed notifications, each answered once it is durable. */
import type { JsonObject } from '../graph/json.ts'
import type { Notification } from '../graph/notification.ts'

/** One notification on its way to a call's mailbox. */
export type Delivery = {
  /** Key from the per-call callback path; absent for the bot's registered webhook. */
  readonly key?: string | undefined
  /** Tenant from the verified token. */
  readonly tenantId: string
  /** App that the verified token is for. */
  readonly appId: string
  readonly notification: Notification
  readonly atMs: number
}

/** What became of a delivery. `accepted` only after it and what it caused are durable. */
export type Verdict =
  | {
      readonly kind: 'accepted'
      /** What the HTTP response must carry: the answer to a joining notification. */
      readonly response?: JsonObject
    }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unavailable'; readonly reason: string; readonly retryAfterSeconds: number }
  /** A new call that another deployment shall take. */
  | { readonly kind: 'elsewhere'; readonly url: string }

/** Takes deliveries in order; resolves to one verdict each, in the same order. Never rejects. */
export type Intake = (deliveries: readonly Delivery[]) => Promise<readonly Verdict[]>
