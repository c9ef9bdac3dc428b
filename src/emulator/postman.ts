/** Carries one notification to a bot over HTTP, with a signed token, once. */
import type { Clock } from '../clock.ts'
import type { RandomBytes } from '../random.ts'
import { uuid } from '../random.ts'
import type { Recipient } from './deliveries.ts'
import type { Resource } from './notifications.ts'
import type { Switches } from './switches.ts'
import type { NotificationTokens } from './tokens.ts'

/** What one attempt came to. */
export type Receipt = {
  readonly taken: boolean
  readonly status?: number | undefined
  /** How long the bot asked us to wait, in milliseconds; 0 when it did not. */
  readonly retryAfterMs: number
  /** What the bot answered with, when that was JSON. */
  readonly body?: unknown
}

export type PostmanParts = {
  readonly clock: Clock
  readonly random: RandomBytes
  readonly switches: Switches
  readonly tokens: NotificationTokens
  readonly fetch: typeof fetch
}

export class Postman {
  readonly #parts: PostmanParts
  readonly #closing = new AbortController()

  constructor(parts: PostmanParts) {
    this.#parts = parts
  }

  /** Posts once; a connection that fails is a receipt too. */
  async deliver(to: Recipient, body: Resource): Promise<Receipt> {
    const { clock, switches } = this.#parts
    const timeout = new AbortController()
    const deadline = clock.setTimeout(() => timeout.abort(), switches.deliveryTimeoutMs)
    try {
      const signal = AbortSignal.any([timeout.signal, this.#closing.signal])
      const response = await this.#post(to, body, signal)
      return receiptOf(response, await response.text())
    } catch {
      return { taken: false, retryAfterMs: 0 }
    } finally {
      clock.clearTimeout(deadline)
    }
  }

  close(): void {
    this.#closing.abort()
  }

  async #post(to: Recipient, body: Resource, signal: AbortSignal): Promise<Response> {
    const request: RequestInit = {
      method: 'POST',
      headers: await this.#headers(to),
      body: JSON.stringify(body),
      redirect: 'manual',
      signal,
    }
    const { fetch } = this.#parts
    const response = await fetch(to.address, request)
    const elsewhere = response.status === 302 ? response.headers.get('location') : null
    if (!elsewhere) return response
    await response.arrayBuffer()
    return fetch(new URL(elsewhere, to.address), request)
  }

  async #headers(to: Recipient): Promise<Record<string, string>> {
    return {
      Authorization: `Bearer ${await this.#parts.tokens.issue(to.appId, to.tenantId)}`,
      'Content-Type': 'application/json',
      'Client-Request-Id': uuid(this.#parts.random),
      'Scenario-Id': to.chainId,
      'X-Microsoft-Skype-Chain-ID': to.chainId,
      'X-Microsoft-Tenant': to.tenantId,
    }
  }
}

function receiptOf(response: Response, text: string): Receipt {
  const seconds = Number(response.headers.get('retry-after') ?? 0)
  return {
    taken: response.ok,
    status: response.status,
    retryAfterMs: Number.isFinite(seconds) ? seconds * 1_000 : 0,
    body: jsonOf(text),
  }
}

function jsonOf(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
