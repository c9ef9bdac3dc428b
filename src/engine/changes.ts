/** Work on a call, made durable, and what follows once it is: requests, invocations and timers. */
import { isCallEffect } from '../../machines/effects.ts'
import type { Clock } from '../clock.ts'
import type { Call } from './call.ts'
import type { Carrier } from './carrier.ts'
import type { Change, OpenEffect } from './change.ts'
import type { Committer } from './committer.ts'
import type { Invocations } from './invocations.ts'
import type { Outbound } from './outbound.ts'
import type { Timers } from './timers.ts'

export type ChangesOptions = {
  readonly clock: Clock
  readonly committer: Committer
  readonly timers: Timers
  readonly invocations: Invocations
  readonly carrier: Carrier
  /** Undefined before the engine has started and after it was let go of. */
  readonly outbound: () => Outbound | undefined
  /** Told, once it is durable, that a call which was left behind is taken up, and how much it owed. */
  readonly takenUp: (key: string, effects: number) => void
  /** Told, once it is durable, that a call has ended. */
  readonly ended: () => void
}

/** Stages work on calls and sees to what it asked for. */
export class Changes {
  readonly #options: ChangesOptions

  constructor(options: ChangesOptions) {
    this.#options = options
  }

  /**
   * Does the work and resolves once it is durable. A call that a process before this one left behind first
   * hears that memory was lost, and what it owed is owed again.
   */
  async make(call: Call, work: (change: Change) => void): Promise<void> {
    const asked: OpenEffect[] = []
    const closed: string[] = []
    let dueMs: number | undefined
    let left: readonly OpenEffect[] | undefined
    await this.#options.committer.stage(call, (change) => {
      const { effects, effectChanges, timers } = change
      const [firstEffect, firstChange] = [effects.length, effectChanges.length]
      if (call.isLeftBehind) left = this.#takeUp(call, change)
      work(change)
      for (let index = firstEffect; index < effects.length; index++) {
        const open = call.open.get(effects[index]?.id ?? '')
        if (open) asked.push({ ...open })
      }
      for (let index = firstChange; index < effectChanges.length; index++) {
        const changed = effectChanges[index]
        if (changed && !call.open.has(changed.id)) closed.push(changed.id)
      }
      for (const timer of timers) dueMs = Math.min(dueMs ?? timer.dueMs, timer.dueMs)
    })
    if (dueMs !== undefined) this.#options.timers.arm(dueMs)
    if (left) this.#options.takenUp(call.key, left.length)
    this.#follow(call, left ? [...left, ...asked] : asked, closed)
  }

  #takeUp(call: Call, change: Change): readonly OpenEffect[] {
    const left = [...call.open.values()].map((open) => ({ ...open }))
    call.takeUp(this.#options.clock.now(), change)
    return left.filter(({ id }) => call.open.has(id))
  }

  #follow(call: Call, asked: readonly OpenEffect[], closed: readonly string[]): void {
    const { invocations, carrier } = this.#options
    const outbound = this.#options.outbound()
    for (const id of closed) {
      invocations.abort(id)
      outbound?.closed(call.key, id)
    }
    outbound?.addressed(call.key, call.address)
    for (const open of asked) {
      if (open.effect === 'invoke') invocations.run(call.key, call.chart, open)
      else if (isCallEffect(open.effect)) carrier.owe(call.key, open)
      else outbound?.owe({ ...open, effect: open.effect, key: call.key }, call.address)
    }
    if (call.status !== 'ended') return
    outbound?.ended(call.key)
    this.#options.ended()
  }
}
