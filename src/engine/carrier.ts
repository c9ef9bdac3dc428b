/**
 * Carries what calls ask of other calls, each call's own in order: the next goes when the fate of the one
 * before is on disk, so that whatever a crash repeats is known again by the last that was heard.
 */
import { setImmediate } from 'node:timers/promises'
import type { Clock } from '../clock.ts'
import type { OpenEffect } from './change.ts'
import type { Settlement } from './settlement.ts'

/** How long to wait before trying again what the store, or a full mailbox, could not take. */
const RETRY_MS = 1_000

export type CarrierOptions = {
  readonly clock: Clock
  /** Does what a call asks; resolves, once durable, to what became of it. */
  readonly carryOut: (key: string, open: OpenEffect) => Promise<Settlement>
  /** Tells the call that asked. */
  readonly settle: (key: string, id: string, settlement: Settlement) => Promise<unknown>
}

export class Carrier {
  readonly #options: CarrierOptions
  /** What each call has asked for and is not yet settled, oldest first. */
  readonly #lanes = new Map<string, OpenEffect[]>()
  #running = 0
  #isStopped = false

  constructor(options: CarrierOptions) {
    this.#options = options
  }

  /** Takes over what a call asks; must not wait. */
  owe(key: string, open: OpenEffect): void {
    const lane = this.#lanes.get(key)
    if (!lane) {
      const begun = [open]
      this.#lanes.set(key, begun)
      void this.#run(key, begun)
    } else if (!lane.some(({ id }) => id === open.id)) lane.push(open)
  }

  /** How many calls are being carried for; what waits to try again is not counted. */
  get running(): number {
    return this.#running
  }

  /** Carries nothing more; what is owed stays stored. */
  stop(): void {
    this.#isStopped = true
  }

  async #run(key: string, lane: OpenEffect[]): Promise<void> {
    this.#running += 1
    // The turn that asked is heard to its end before another call answers it.
    await setImmediate()
    for (let [open] = lane; open && !this.#isStopped; [open] = lane) {
      if (await this.#carry(key, open)) lane.shift()
      else await this.#rest()
    }
    this.#running -= 1
    if (!this.#isStopped) this.#lanes.delete(key)
  }

  async #carry(key: string, open: OpenEffect): Promise<boolean> {
    try {
      const settlement = await this.#options.carryOut(key, open)
      await this.#options.settle(key, open.id, settlement)
      return true
    } catch {
      return false
    }
  }

  #rest(): Promise<void> {
    this.#running -= 1
    return new Promise((resolve) => {
      this.#options.clock.setTimeout(() => {
        this.#running += 1
        resolve()
      }, RETRY_MS)
    })
  }
}
