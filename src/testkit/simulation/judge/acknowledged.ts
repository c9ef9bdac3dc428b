/** Nothing acknowledged is lost: what was answered 202 is on the disk by then, and stays there. */

import { emptyChange } from '../../../engine/change.ts'
import type { Charts } from '../../../engine/charts.ts'
import { encodeActors } from '../../../engine/group.ts'
import { hearNotification } from '../../../engine/hear.ts'
import { type Notification, parseNotifications } from '../../../graph/index.ts'
import type { SimulatedDisk } from '../disk.ts'
import type { Host } from '../network.ts'
import { revive, sameActors } from './stored.ts'

export class Acknowledged {
  readonly #charts: () => Charts
  readonly #disk: SimulatedDisk
  readonly #lost: string[] = []

  constructor(charts: () => Charts, disk: SimulatedDisk) {
    this.#charts = charts
    this.#disk = disk
  }

  /** Looks, at each acknowledgement, whether the disk holds what it is for. */
  hearing(serve: Host): Host {
    return async (request) => {
      const heard = request.method === 'POST' ? await request.clone().text() : undefined
      const response = await serve(request)
      if (heard !== undefined && response.status === 202) await this.#check(request.url, heard)
      return response
    }
  }

  /** What was lost. */
  lost(): readonly string[] {
    return this.#lost
  }

  async #check(url: string, heard: string): Promise<void> {
    for (const notification of parseNotifications(JSON.parse(heard)).notifications) {
      const { callId, subject, changeType } = notification
      if (await this.#holds(url, notification)) continue
      this.#lost.push(
        `${changeType} ${subject} of call ${callId} was answered 202, but is not kept.`,
      )
    }
  }

  /** Hearing again what is kept changes nothing. */
  async #holds(url: string, notification: Notification): Promise<boolean> {
    const { store } = this.#disk
    const [, own] = /\/api\/calls\/([^/]+)$/.exec(new URL(url).pathname) ?? []
    const key = own ?? (await store.find(notification.callId)) ?? notification.callId
    const stored = await store.load(key)
    if (!stored) return notification.changeType === 'deleted'
    if (stored.status === 'ended') return true
    const call = revive(this.#charts(), stored)
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
