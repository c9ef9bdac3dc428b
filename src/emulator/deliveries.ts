/** Delivers notifications: signed, one at a time and in order for each call, again until taken. */
import type { Clock } from '../clock.ts'
import type { Activity } from './activity.ts'
import type { Faults } from './faults.ts'
import type { Ledger, NotificationEntry } from './ledger.ts'
import type { Addressed, Resource } from './notifications.ts'
import { graphFormat, legacyFormat } from './notifications.ts'
import type { Postman, Receipt } from './postman.ts'
import type { Switches } from './switches.ts'

/** What became of a notification. */
export type Delivery = {
  readonly acknowledged: boolean
  /** The HTTP status of the last attempt, if there was a response. */
  readonly status?: number | undefined
  readonly attempts: number
  /** What the bot answered with, when that was JSON. */
  readonly body?: unknown
}

/** Who a notification is for. */
export type Recipient = {
  readonly appId: string
  readonly tenantId: string
  readonly address: string
  readonly chainId: string
}

type Letter = {
  readonly notice: Addressed
  readonly to: Recipient
  readonly settle: (delivery: Delivery) => void
  entry: NotificationEntry
  /** Already held back once by a reorder fault. */
  held: boolean
}

type Line = { readonly letters: Letter[]; holds: number; running: boolean }

export type DeliveryParts = {
  readonly clock: Clock
  readonly switches: Switches
  readonly activity: Activity
  readonly ledger: Ledger
  readonly postman: Postman
  readonly faults: () => Faults
}

export class Deliveries {
  readonly #parts: DeliveryParts
  readonly #lines = new Map<string, Line>()
  #collecting: Map<string, Line> | undefined
  #closed = false

  constructor(parts: DeliveryParts) {
    this.#parts = parts
  }

  /** Puts a notification in its call's line; resolves when it was taken or given up. */
  post(notice: Addressed, to: Recipient): Promise<Delivery> {
    const line = this.#line(notice.callId)
    const entry = this.#parts.ledger.notification({
      ...sightOf(notice),
      atMs: this.#parts.clock.now(),
      address: to.address,
      attempts: 0,
      outcome: 'pending',
    })
    const settled = new Promise<Delivery>((settle) => {
      line.letters.push({ notice, to, settle, entry, held: false })
    })
    if (this.#collecting && !this.#collecting.has(notice.callId)) {
      this.#collecting.set(notice.callId, line)
      line.holds++
    }
    this.#start(notice.callId, line)
    return settled
  }

  /** Runs `act`, holding back what it posts until the function returned is called. */
  holding<Result>(act: () => Result): readonly [Result, () => void] {
    const lines = new Map<string, Line>()
    this.#collecting = lines
    try {
      return [act(), () => this.#release(lines)]
    } catch (refusal) {
      this.#release(lines)
      throw refusal
    } finally {
      this.#collecting = undefined
    }
  }

  /** Stops delivering; what is still owed stays pending in the ledger. */
  close(): void {
    this.#closed = true
    this.#parts.postman.close()
  }

  #line(callId: string): Line {
    const line = this.#lines.get(callId) ?? { letters: [], holds: 0, running: false }
    this.#lines.set(callId, line)
    return line
  }

  #release(lines: ReadonlyMap<string, Line>): void {
    for (const [callId, line] of lines) {
      line.holds--
      this.#start(callId, line)
    }
  }

  #start(callId: string, line: Line): void {
    if (line.running || line.holds > 0 || this.#closed) return
    line.running = true
    void this.#run(callId, line)
  }

  async #run(callId: string, line: Line): Promise<void> {
    const { activity } = this.#parts
    activity.begin()
    for (let letter = next(line, this.#closed); letter; letter = next(line, this.#closed)) {
      await this.#deliver(line, letter)
    }
    line.running = false
    if (line.letters.length === 0) this.#lines.delete(callId)
    activity.end()
  }

  async #deliver(line: Line, letter: Letter): Promise<void> {
    const { activity, clock, faults, ledger } = this.#parts
    const fault = letter.held ? undefined : faults().onNotification?.(sightOf(letter.notice))
    if (fault?.kind === 'drop') {
      ledger.settle(letter.entry, { outcome: 'dropped' })
      letter.settle({ acknowledged: false, attempts: 0 })
      return
    }
    if (fault?.kind === 'reorder') {
      letter.held = true
      if (line.letters.length === 0) await activity.sleep(clock, fault.holdMs)
      line.letters.splice(1, 0, letter)
      return
    }
    if (fault?.kind === 'delay') await activity.sleep(clock, fault.delayMs)
    await this.#insist(letter)
    if (fault?.kind === 'duplicate') await this.#attempt(letter, 'graph')
  }

  /** Tries until the bot takes it or the time for it is up. */
  async #insist(letter: Letter): Promise<void> {
    const { activity, clock, switches } = this.#parts
    const giveUpMs = clock.now() + switches.redeliveryTotalMs
    let pauseMs = switches.redeliveryFirstMs
    let receipt = await this.#first(letter)
    while (!receipt.taken && !this.#closed) {
      const waitMs = Math.max(pauseMs, receipt.retryAfterMs)
      if (clock.now() + waitMs > giveUpMs) break
      await activity.sleep(clock, waitMs)
      pauseMs = Math.min(pauseMs * 2, switches.redeliveryLongestMs)
      receipt = await this.#attempt(letter, 'graph')
    }
    if (receipt.taken || !this.#closed) this.#settle(letter, receipt)
  }

  /** A 204 to an incoming call means "say it in Graph's format". */
  async #first(letter: Letter): Promise<Receipt> {
    const incoming = letter.notice.changeType === 'created'
    const format = incoming ? this.#parts.switches.firstNotification : 'graph'
    const receipt = await this.#attempt(letter, format)
    if (!incoming || receipt.status !== 204) return receipt
    return this.#attempt(letter, 'graph')
  }

  async #attempt(letter: Letter, format: 'graph' | 'legacy'): Promise<Receipt> {
    const { ledger, postman } = this.#parts
    const { notificationIds } = this.#parts.switches
    const { notice } = letter
    const body = format === 'graph' ? graphFormat(notice, notificationIds) : legacyFormat(notice)
    const receipt = await postman.deliver(letter.to, body)
    letter.entry = ledger.settle(letter.entry, {
      attempts: letter.entry.attempts + 1,
      status: receipt.status,
      outcome: letter.entry.outcome,
    })
    return receipt
  }

  #settle(letter: Letter, receipt: Receipt): void {
    const outcome = receipt.taken ? 'acknowledged' : 'abandoned'
    letter.entry = this.#parts.ledger.settle(letter.entry, { outcome })
    letter.settle({
      acknowledged: receipt.taken,
      status: receipt.status,
      attempts: letter.entry.attempts,
      body: receipt.body,
    })
  }
}

function next(line: Line, closed: boolean): Letter | undefined {
  return closed || line.holds > 0 ? undefined : line.letters.shift()
}

function sightOf(notice: Addressed) {
  const resource = isEntity(notice.resource) ? notice.resource : {}
  const result = resource.resultInfo
  return {
    callId: notice.callId,
    changeType: notice.changeType,
    what: notice.what,
    state: text(resource.state ?? resource.status),
    result: resultText(result),
    tone: resource.toneInfo ? ('•' as const) : undefined,
  }
}

function isEntity(resource: Addressed['resource']): resource is Resource {
  return resource !== undefined && !Array.isArray(resource)
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function resultText(result: unknown): string | undefined {
  if (typeof result !== 'object' || result === null || !('code' in result)) return undefined
  if ('subcode' in result) return `${result.code}/${result.subcode}`
  return 'subCode' in result ? `${result.code}/${result.subCode}` : undefined
}
