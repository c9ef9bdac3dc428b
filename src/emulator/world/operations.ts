/** Operations: what a bot asked for that takes its time, or is merely numbered. */
import type { Resource } from '../notifications.ts'
import type { Switches } from '../switches.ts'
import type { Call } from './call.ts'
import type { ResultInfo } from './results.ts'

export type OperationStatus = 'running' | 'completed' | 'failed'

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
    return this.status === 'running'
  }

  /** Ends it and tells the bot, once; a call that has ended tells nothing more. */
  finish(ending: Ending): void {
    if (!this.running) return
    this.status = ending.status
    this.#result = ending.result
    this.#extras = { ...this.#extras, ...ending.extras }
    if (!this.#call.live) return
    const { holdMusicUrl } = this.#call.world.switches
    const tail = `/operations/${this.id}`
    this.#call.post({
      changeType: 'deleted',
      tail,
      what: this.type,
      slashless: this.type === 'startHoldMusicOperation' && holdMusicUrl === 'slashless',
      resource: {
        ...this.resource(),
        '@odata.id': `/communications/calls/${this.#call.id}${tail}`,
      },
    })
  }

  resource(): Resource {
    const { operationStatusCase } = this.#call.world.switches
    return {
      '@odata.type': `#microsoft.graph.${this.type}`,
      id: this.id,
      status: operationStatusCase === 'lower' ? this.status : capitalised(this.status),
      clientContext: this.clientContext ?? null,
      resultInfo: this.#result ? resultResource(this.#result, this.#call.world.switches) : null,
      ...this.#extras,
    }
  }
}

/** A resultInfo as it goes over the wire: the examples differ on how its numbers are written. */
export function resultResource(
  { code, message, subcode }: ResultInfo,
  look: Pick<Switches, 'resultInfoCodes' | 'resultInfoSubcode'>,
): Resource {
  const written = look.resultInfoCodes === 'numbers' ? Number : String
  return {
    '@odata.type': '#microsoft.graph.resultInfo',
    code: written(code),
    [look.resultInfoSubcode]: written(subcode),
    message,
  }
}

/** As the metadata writes an operation's status. */
function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
