/** The engine's clock, as far as the page knows it, told once a second to whatever shows how long ago. */
import { signal } from '@preact/signals'

/** Now by the engine's clock, to the second. */
export const nowMs = signal(Date.now())

let aheadMs = 0

/** The engine's clock may run ahead of this machine's: an emulated world's can be moved. */
export function setClock(engineMs: number): void {
  aheadMs = engineMs - Date.now()
  tick()
}

/** Ticks for as long as the page lives. */
export function followClock(): void {
  setInterval(tick, 1_000)
}

function tick(): void {
  nowMs.value = Date.now() + aheadMs
}
