/** Nothing acknowledged is lost: what was answered 202 is on the disk by then, and stays there. */
import type { StoredCall } from '../../../../snapshots/index.ts'
import { emptyChange } from '../../../engine/change.ts'
import type { Charts } from '../../../engine/charts.ts'
import { encodeActors } from '../../../engine/group.ts'
import { hearNotification } from '../../../engine/hear.ts'
import { type Notification, parseNotifications } from '../../../graph/index.ts'
import type { SimulatedDisk } from '../disk.ts'
import type { Host } from '../network.ts'
import { Followed, sameActors } from './stored.ts'

/** One notification that was answered 202, and what the disk held of its call by then. */
type Receipt = {
  readonly notification: Notification
  readonly stored: StoredCall | undefined
  readonly charts: Charts
}

export class Acknowledged {
  readonly #charts: () => Charts
  readonly #disk: SimulatedDisk
  readonly #followed = new Followed()
  readonly #lost: string[] = []
  #receipts: Receipt[] = []

  constructor(charts: () => Charts, disk: SimulatedDisk) {
    this.#charts = charts
    this.#disk = disk
  }

  /** Takes note, at each acknowledgement, of what the disk holds. */
  hearing(serve: Host): Host {
    return async (request, text) => {
      const response = await serve(request, text)
      if (request.method === 'POST' && response.status === 202) await this.#note(request.url, text)
      return response
    }
  }

  /** What was lost. Found out when somebody asks: most worlds of a test are never judged. */
  lost(): readonly string[] {
    const receipts = this.#receipts
    this.#receipts = []
    for (const receipt of receipts) {
      if (this.#holds(receipt)) continue
      const { callId, subject, changeType } = receipt.notification
      this.#lost.push(
        `${changeType} ${subject} of call ${callId} was answered 202, but is not kept.`,
      )
    }
    return this.#lost
  }

  async #note(url: string, heard: string): Promise<void> {
    const [, own] = /\/api\/calls\/([^/]+)$/.exec(new URL(url).pathname) ?? []
    for (const notification of parseNotifications(JSON.parse(heard)).notifications) {
      const key = own ?? (await this.#disk.store.find(notification.callId)) ?? notification.callId
      const stored = await this.#disk.look(key)
      this.#receipts.push({ notification, stored, charts: this.#charts() })
    }
  }

  /** Hearing again what is kept changes nothing. */
  #holds({ notification, stored, charts }: Receipt): boolean {
    if (!stored) return notification.changeType === 'deleted'
    if (stored.status === 'ended') return true
    const call = this.#followed.revive(charts, stored)
    const before = call.group
    const change = emptyChange()
    hearNotification(call, notification, 0, change)
    // What moves nothing leaves the group itself as it was: only then is writing it down for comparing saved.
    return (
      call.group === before ||
      sameActors(encodeActors(call.chart, call.group), encodeActors(call.chart, before))
    )
  }
}
