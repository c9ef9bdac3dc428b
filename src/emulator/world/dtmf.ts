/** sendDtmfTones: the bot presses keys, one after another, outside the media queue. */
import type { Wake } from '../../clock.ts'
import type { Call } from './call.ts'
import { Operation } from './operations.ts'

export class Dtmf {
  readonly operation: Operation
  readonly #call: Call
  readonly #wake: Wake

  constructor(call: Call, durationMs: number, clientContext: string | null | undefined) {
    this.#call = call
    this.operation = new Operation(call, 'sendDtmfTonesOperation', 'running', clientContext)
    this.#wake = call.world.clock.setTimeout(() => this.#end('completedSuccessfully'), durationMs)
    call.dtmf.add(this)
  }

  /** Errors of this operation carry the status `completed` too. */
  cancel(): void {
    this.#end('mediaOperationCanceled')
  }

  stop(): void {
    this.#call.world.clock.clearTimeout(this.#wake)
    this.#call.dtmf.delete(this)
  }

  #end(completionReason: string): void {
    this.stop()
    this.operation.finish({ status: 'completed', extras: { completionReason } })
  }
}
