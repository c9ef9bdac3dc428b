/** Where everything in a chart's picture stands: worked out beside the engine, and once. */
import { Worker } from 'node:worker_threads'
import type { AnyStateMachine } from 'xstate'
import { type Box, type Detail, planPicture } from '../../snapshots/picture/plan.ts'
import type { Geometry } from './protocol.ts'

/** Pictures that are kept: every chart whole and some of its states. */
const MOST_KEPT = 50

/** Compiled or not, the thread runs what stands beside this file. */
const worker = new URL(
  import.meta.url.endsWith('.ts') ? './layoutWorker.ts' : './layoutWorker.js',
  import.meta.url,
)

export class Drawings {
  readonly #kept = new Map<string, Promise<Geometry>>()
  #last: Promise<unknown> = Promise.resolve()

  /** The picture of a chart, or of the state at `path` alone; nothing where there is no such state. */
  async of(machine: AnyStateMachine, path: string, detail: Detail): Promise<Geometry | undefined> {
    const name = JSON.stringify([machine.id, machine.version, path, detail])
    const kept = this.#kept.get(name)
    if (kept) return kept
    const box = planPicture(machine, path, detail)
    if (!box) return undefined
    // One at a time, however many ask.
    const drawn = this.#last.then(() => layOutBeside(box))
    this.#last = drawn.catch(() => {})
    this.#kept.set(name, drawn)
    const [oldest] = this.#kept.keys()
    if (oldest !== undefined && this.#kept.size > MOST_KEPT) this.#kept.delete(oldest)
    drawn.catch(() => this.#kept.delete(name))
    return drawn
  }
}

function layOutBeside(box: Box): Promise<Geometry> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(worker, { workerData: box })
    thread.unref()
    thread.once('message', resolve)
    thread.once('error', reject)
    thread.once('exit', () => reject(new Error('The layout ended without a result.')))
  })
}
