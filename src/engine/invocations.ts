/** Durable invocations: promise logic a chart invoked, run after the commit, at least once. */
import type { AnyEventObject } from 'xstate'
import { invocationOf, type OpenEffect } from './call.ts'
import type { Chart } from './chart.ts'

/** Takes the result of an invocation as the event XState would send. */
export type Resulted = (key: string, commandId: string, event: AnyEventObject) => Promise<void>

export class Invocations {
  readonly #chart: Chart
  readonly #resulted: Resulted
  readonly #running = new Map<
    string,
    { readonly aborter: AbortController; readonly done: Promise<void> }
  >()

  constructor(chart: Chart, resulted: Resulted) {
    this.#chart = chart
    this.#resulted = resulted
  }

  /** Runs one; its result comes back as `xstate.done.actor.<id>` or `xstate.error.actor.<id>`. */
  run(key: string, open: OpenEffect): void {
    if (this.#running.has(open.id)) return
    const aborter = new AbortController()
    const done = this.#resultOf(open, aborter.signal)
      .then((event) => (aborter.signal.aborted ? undefined : this.#resulted(key, open.id, event)))
      .catch(() => {
        // The store could not take the result: it is still owed, and is run again after a restart.
      })
      .finally(() => this.#running.delete(open.id))
    this.#running.set(open.id, { aborter, done })
  }

  /** Aborts one whose state was left. */
  abort(commandId: string): void {
    this.#running.get(commandId)?.aborter.abort()
  }

  /** Aborts all; each stays owed and is run again by the next process. */
  stop(): void {
    for (const { aborter } of this.#running.values()) aborter.abort()
  }

  get running(): number {
    return this.#running.size
  }

  async #resultOf(open: OpenEffect, signal: AbortSignal): Promise<AnyEventObject> {
    const { id, src, input } = invocationOf(open)
    try {
      const output = asJson(await this.#chart.invoke(src, input, signal))
      return { type: `xstate.done.actor.${id}`, actorId: id, output }
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error))
      return { type: `xstate.error.actor.${id}`, actorId: id, error: { name, message } }
    }
  }
}

/** A result as it will read after a restart, so that both runs see the same. */
function asJson(output: unknown): unknown {
  return output === undefined ? undefined : JSON.parse(JSON.stringify(output))
}
