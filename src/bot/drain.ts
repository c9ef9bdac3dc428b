/** Draining: no new calls, and time for the live ones. */
import { pause } from '../clock.ts'
import type { Health } from '../webhook/index.ts'
import type { Parts } from './parts.ts'

export type DrainOptions = {
  /** How long live calls are waited for. */
  readonly forMs: number
  /**
   * The https URL of another deployment's `/api/calls`: Graph is told to send new calls there (302). Absent:
   * Graph is told to send them again (503), for whoever takes over.
   */
  readonly elsewhere?: string | undefined
}

/** How often a bot that is drained counts its calls. */
const COUNT_EVERY_MS = 250

/** Takes no new calls from now on; resolves, once none is live or the time is up, to how many still are. */
export async function drain(parts: Parts, { forMs, elsewhere }: DrainOptions): Promise<number> {
  const { clock, engine, observers, presence, store } = parts
  const untilMs = clock.now() + forMs
  engine.turnAway(elsewhere)
  let { live: calls } = await store.counts()
  observers.tell({ kind: 'draining', atMs: clock.now(), calls, untilMs })
  while (calls > 0 && clock.now() < untilMs) {
    presence.health = draining(calls, untilMs)
    await pause(clock, Math.min(COUNT_EVERY_MS, untilMs - clock.now()))
    calls = (await store.counts()).live
  }
  observers.tell({ kind: 'drained', atMs: clock.now(), calls })
  return calls
}

function draining(calls: number, untilMs: number): Health {
  const until = new Date(untilMs).toISOString()
  const reason = `The bot is being drained: it takes no new calls, and keeps its own until ${until}.`
  return { ready: false, reason, calls }
}
