/** Durable invocations: promise logic a chart invoked, run after the commit, at least once. */
import type { AnyEventObject } from 'xstate'
import type { Clock } from '../clock.ts'
import type { Observers } from '../telemetry/observers.ts'
import { invocationOf, type OpenEffect } from './change.ts'
import type { Chart } from './chart.ts'
import type { Watching } from './told.ts'

/** How long to wait before giving in again a result that the store could not take. */
const STORE_RETRY_MS = 1_000

/** Takes the result of an invocation as the event XState would send. */
export type Resulted = (key: string, commandId: string, event: AnyEventObject) => Promise<void>

export class Invocations {
  readonly #clock: Clock
  readonly #observers: Observers
  readonly #resulted: Resulted
  #stopped = false
  readonly #running = new Map<
    string,
    { readonly aborter: AbortController; readonly done: Promise<void> }
  >()

  constructor({ clock, observers }: Watching, resulted: Resulted) {
    this.#clock = clock
    this.#observers = observers
    this.#resulted = resulted
  }

  /** Runs one of a call's chart; it comes back as `xstate.done.actor.<id>` or `xstate.error.actor.<id>`. */
  run(key: string, chart: Chart, open: OpenEffect): void {
    if (this.#running.has(open.id)) return
    this.#tellInvoked(key, open)
    const aborter = new AbortController()
    const done = resultOf(chart, open, aborter.signal)
      .then((event) => this.#giveIn(key, open.id, event, aborter.signal))
      .finally(() => this.#running.delete(open.id))
    this.#running.set(open.id, { aborter, done })
  }

  #tellInvoked(key: string, open: OpenEffect): void {
    if (!this.#observers.isWatched) return
    const atMs = this.#clock.now()
    const { src } = invocationOf(open)
    this.#observers.tell({ kind: 'invoked', atMs, key, effect: 'invoke', command: open.id, src })
  }

  /** Aborts one whose state was left. */
  abort(commandId: string): void {
    this.#running.get(commandId)?.aborter.abort()
  }

  /** Aborts all; each stays owed and is run again by the next process. */
  stop(): void {
    this.#stopped = true
    for (const { aborter } of this.#running.values()) aborter.abort()
  }

  get running(): number {
    return this.#running.size
  }

  /** Gives a result in; again after a while, for as long as the store cannot take it. */
  async #giveIn(key: string, id: string, event: AnyEventObject, signal: AbortSignal) {
    if (signal.aborted || this.#stopped) return
    await this.#resulted(key, id, event).catch(() => {
      this.#clock.setTimeout(() => void this.#giveIn(key, id, event, signal), STORE_RETRY_MS)
    })
  }
}

async function resultOf(
  chart: Chart,
  open: OpenEffect,
  signal: AbortSignal,
): Promise<AnyEventObject> {
  const { id, src, input, lacksPrivate } = invocationOf(open)
  try {
    if (lacksPrivate) throw new Error(`The private input of '${src}' was lost with the process.`)
    const output = asJson(await chart.invoke(src, input, signal))
    return { type: `xstate.done.actor.${id}`, actorId: id, output }
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error))
    return { type: `xstate.error.actor.${id}`, actorId: id, error: { name, message } }
  }
}

/** A result as it will read after a restart, so that both runs see the same. */
function asJson(output: unknown): unknown {
  return output === undefined ? undefined : JSON.parse(JSON.stringify(output))
}
