/** Operations: what a bot asked for that takes its time, or is merely numbered. */
import type { Resource } from '../notifications.ts'
import type { Call } from './call.ts'
import type { ResultInfo } from './results.ts'

export type OperationStatus = 'running' | 'Running' | 'completed' | 'failed'

/** What an operation ends with. */
export type Ending = {
  readonly status: OperationStatus
  readonly result?: ResultInfo | undefined
  /** Fields of its own, such as a recording's location. */
  readonly extras?: Resource | undefined
}

export class Operation {
  readonly id: string
  /** The type's name in Graph, e.g. `playPromptOperation`. */
  readonly type: string
  readonly clientContext: string | undefined
  status: OperationStatus
  readonly #call: Call
  #result: ResultInfo | undefined
  #extras: Resource

  constructor(
    call: Call,
    type: string,
    status: OperationStatus,
    clientContext: string | null | undefined,
    extras: Resource = {},
  ) {
    this.#call = call
    this.id = call.world.newId()
    this.type = type
    this.status = status
    this.clientContext = clientContext ?? undefined
    this.#extras = extras
    call.operations.set(this.id, this)
  }

  get running(): boolean {
    return this.status === 'running' || this.status === 'Running'
  }

  /** Ends it and tells the bot, once; a call that has ended tells nothing more. */
  finish(ending: Ending): void {
    if (!this.running) return
    this.status = ending.status
    this.#result = ending.result
    this.#extras = { ...this.#extras, ...ending.extras }
    if (!this.#call.live) return
    const tail = `/operations/${this.id}`
    this.#call.post({
      changeType: 'deleted',
      tail,
      what: this.type,
      resource: {
        ...this.resource(),
        '@odata.id': `/communications/calls/${this.#call.id}${tail}`,
      },
    })
  }

  resource(): Resource {
    return {
      '@odata.type': `#microsoft.graph.${this.type}`,
      id: this.id,
      status: this.status,
      clientContext: this.clientContext ?? null,
      resultInfo: this.#result ? resultResource(this.#result) : null,
      ...this.#extras,
    }
  }
}

export function resultResource(result: ResultInfo): Resource {
  return { '@odata.type': '#microsoft.graph.resultInfo', ...result }
}
