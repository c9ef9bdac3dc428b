/** Turns shown one after the other, though several arrive at once: each long enough to be seen. */
import { signal } from '@preact/signals'
import type { LadderEntry } from '../../../admin/protocol.ts'
import type { Step } from '../chart/lit.ts'

const SHOWN_MS = 450
/** With more than this waiting, nobody could follow: the last state is shown at once. */
const MOST_WAITING = 12

export type Playing = { readonly states: readonly string[]; readonly step?: Step | undefined }

/** What the live chart shows now. */
export const playing = signal<Playing>({ states: [] })

let waiting: Step[] = []
let wake: ReturnType<typeof setTimeout> | undefined

/** Shows a call as it stands, at once. */
export function playFrom(states: readonly string[]): void {
  clearTimeout(wake)
  wake = undefined
  waiting = []
  playing.value = { states }
}

/** Plays what moved the call; `states` is where it ends. */
export function play(entries: readonly LadderEntry[], states: readonly string[]): void {
  let before = waiting.at(-1)?.after ?? playing.value.states
  for (const { id, entered, left, taken = [] } of entries) {
    if (entered.length + left.length + taken.length === 0) continue
    const after = [...before.filter((state) => !left.includes(state)), ...entered]
    waiting.push({ id, before, after, ...(taken.length > 0 && { taken }) })
    before = after
  }
  const last = waiting.at(-1)
  if (!last || document.hidden || waiting.length > MOST_WAITING) {
    playFrom(states)
    return
  }
  // What entries tell adds up to how the call stands; if it ever did not, the engine's word holds.
  waiting = [...waiting.slice(0, -1), { ...last, after: states }]
  if (wake === undefined) next()
}

function next(): void {
  const step = waiting.shift()
  if (!step) {
    wake = undefined
    return
  }
  playing.value = { states: step.after, step }
  wake = setTimeout(next, SHOWN_MS / Math.max(1, waiting.length / 2))
}
