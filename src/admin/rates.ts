/** How much happens a second: counted in ten slots of a second each, so that old ones fall out. */
import type { EngineRecord } from '../telemetry/index.ts'
import type { Rates } from './protocol.ts'

const SLOTS = 10
const SLOT_MS = 1_000

type Counted = keyof Rates
type Slot = { second: number; readonly counts: { [Kind in Counted]: number } }

const countedAs: { readonly [Kind in EngineRecord['kind']]?: Counted } = {
  notified: 'notifications',
  turned: 'turns',
  asked: 'effects',
  ended: 'ended',
}

export class RateMeter {
  #beganMs = 0

  readonly #slots: readonly Slot[] = Array.from({ length: SLOTS }, () => ({
    second: -1,
    counts: nothing(),
  }))

  /** Counts from now on, and no longer what was before. */
  begin(nowMs: number): void {
    this.#beganMs = nowMs
    for (const slot of this.#slots) slot.second = -1
  }

  note(record: EngineRecord): void {
    const kind = countedAs[record.kind]
    if (kind) this.#slotAt(record.atMs).counts[kind] += 1
    if (record.kind === 'turned' && record.event === 'call.started')
      this.#slotAt(record.atMs).counts.started += 1
  }

  /** Of the last ten seconds, or of those since it began, a second. */
  rates(nowMs: number): Rates {
    const since = Math.floor(nowMs / SLOT_MS) - SLOTS
    const sum = nothing()
    for (const { second, counts } of this.#slots) {
      if (second <= since) continue
      for (const kind of kinds) sum[kind] += counts[kind]
    }
    const seconds = Math.min(SLOTS, Math.ceil((nowMs - this.#beganMs) / SLOT_MS) || 1)
    for (const kind of kinds) sum[kind] = Math.round((sum[kind] / seconds) * 10) / 10
    return sum
  }

  #slotAt(atMs: number): Slot {
    const second = Math.floor(atMs / SLOT_MS)
    const slot = this.#slots[second % SLOTS]
    if (!slot) throw new RangeError(`No slot for ${atMs}.`)
    if (slot.second !== second) {
      slot.second = second
      Object.assign(slot.counts, nothing())
    }
    return slot
  }
}

const kinds = ['notifications', 'turns', 'effects', 'started', 'ended'] as const

function nothing(): { [Kind in Counted]: number } {
  return { notifications: 0, turns: 0, effects: 0, started: 0, ended: 0 }
}
