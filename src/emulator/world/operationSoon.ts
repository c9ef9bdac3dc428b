/** Operations that only take a moment: told as running, done a little later. */
import type { Call } from './call.ts'
import type { Ending } from './operations.ts'
import { Operation } from './operations.ts'

export type Soon = {
  readonly type: string
  readonly clientContext: string | null | undefined
  /** Done just before the bot is told; what it returns becomes the ending. */
  readonly work?: () => Promise<Ending> | Ending
  /** Done once the bot has been told of success. */
  readonly afterwards?: () => void
}

/** Begins the operation and, unless the call ends first, finishes it after the usual moment. */
export function operationSoon(call: Call, soon: Soon): Operation {
  const { activity, clock, switches } = call.world
  const operation = new Operation(call, soon.type, 'running', soon.clientContext)
  const finish = async () => {
    activity.begin()
    const ending = (await soon.work?.()) ?? { status: 'completed' }
    operation.finish(ending)
    if (call.live && ending.status === 'completed') soon.afterwards?.()
    activity.end()
  }
  clock.setTimeout(() => {
    if (call.live) void finish()
  }, switches.operationMs)
  return operation
}
