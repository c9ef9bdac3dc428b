/** Timers while the store is unwell: what is due is late, but nothing is lost and nobody is harmed. */
import { expect, test } from 'vitest'
import type { DueTimer } from '../../snapshots/index.ts'
import { Timers } from '../../src/engine/timers.ts'
import { SettableClock } from '../settableClock.ts'

const soon: DueTimer = { key: 'a', id: 'soon', dueMs: 1_000, event: '{"type":"soon"}' }
const later: DueTimer = { key: 'b', id: 'later', dueMs: 1_300, event: '{"type":"later"}' }

/** A store of timers that may be unreadable, and calls that may not be able to hear. */
class Unwell {
  readonly clock = new SettableClock(0)
  readonly fired: string[] = []
  tried = 0
  isUnreadable = false
  readonly deaf = new Set<string>()
  readonly #stored: DueTimer[]
  readonly timers: Timers

  constructor(...stored: readonly DueTimer[]) {
    this.#stored = [...stored]
    this.timers = new Timers({ store: this, clock: this.clock, fire: (timer) => this.#fire(timer) })
  }

  async dueTimers(nowMs: number, limit: number, fromMs = Number.NEGATIVE_INFINITY, skip = 0) {
    this.#read()
    const due = this.#stored.filter(({ dueMs }) => fromMs <= dueMs && dueMs <= nowMs)
    return due.slice(skip, skip + limit)
  }

  async nextDueMs(afterMs = Number.NEGATIVE_INFINITY) {
    this.#read()
    return this.#stored.map(({ dueMs }) => dueMs).find((dueMs) => dueMs > afterMs)
  }

  async passUntil(toMs: number) {
    for (;;) {
      const dueMs = this.clock.nextDueMs()
      if (dueMs === undefined || dueMs > toMs) break
      this.clock.moveTo(dueMs)
      await this.timers.settled()
    }
    this.clock.moveTo(toMs)
  }

  set(timer: DueTimer) {
    this.#stored.push(timer)
    this.timers.arm(timer.dueMs)
  }

  #read() {
    if (this.isUnreadable) throw new Error('disk I/O error')
  }

  async #fire(timer: DueTimer) {
    this.tried += 1
    if (this.deaf.has(timer.key)) throw new Error('it cannot be read')
    this.#stored.splice(this.#stored.indexOf(timer), 1)
    this.fired.push(`${timer.id} at ${this.clock.now()}`)
  }
}

test('timers that cannot be read when they are due fire once they can', async () => {
  const store = new Unwell(soon, later)
  await store.timers.start()
  store.isUnreadable = true
  await store.passUntil(4_500)
  expect(store.fired).toEqual([])
  store.isUnreadable = false
  await store.passUntil(6_000)
  expect(store.fired).toEqual(['soon at 5000', 'later at 5000'])
})

test('a call that cannot hear its timer delays no other', async () => {
  const store = new Unwell(soon, later)
  store.deaf.add('a')
  await store.timers.start()
  await store.passUntil(1_300)
  expect(store.fired).toEqual(['later at 1300'])
  store.deaf.clear()
  await store.passUntil(10_000)
  expect(store.fired).toEqual(['later at 1300', 'soon at 2000'])
})

test('however many timers cannot be heard, the others are on time, and a page is tried a second', async () => {
  const stuck = Array.from({ length: 1_700 }, (_, index) => ({ ...soon, id: `stuck ${index}` }))
  const store = new Unwell(...stuck, { ...later, id: 'with them', dueMs: soon.dueMs }, later)
  store.deaf.add('a')
  await store.timers.start()
  await store.passUntil(1_300)
  expect(store.fired).toEqual(['with them at 1000', 'later at 1300'])
  expect(store.tried).toBe(1_702)
  await store.passUntil(9_000)
  expect(store.tried).toBe(1_702 + 2 * 1_700)
  store.deaf.clear()
  await store.passUntil(13_000)
  expect(store.fired).toHaveLength(1_702)
})

test('after the clock is set ahead no deadline waits longer than it asks', async () => {
  const store = new Unwell({ ...soon, dueMs: 900_000 })
  await store.timers.start()
  store.clock.aheadMs = 1_000_000
  store.set({ ...later, dueMs: store.clock.now() + 15_000 })
  await store.passUntil(15_000)
  expect(store.fired).toEqual(['soon at 1000000', 'later at 1015000'])
})
