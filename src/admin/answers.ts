/** Answers that are not what was hoped for: every one says what is wrong and what to do. */
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { StoreError } from '../../snapshots/index.ts'
import { CallchartError, reasonOf } from '../errors.ts'
import type { Told } from './protocol.ts'

/** An answer with a status of its own. */
export class Refusal extends CallchartError {
  readonly status: ContentfulStatusCode
  readonly told: Told

  constructor(status: ContentfulStatusCode, told: Told) {
    super(told)
    this.status = status
    this.told = told
  }
}

export function refuse(context: Context, status: ContentfulStatusCode, told: Told): Response {
  return context.json(told, status)
}

export function unknownCall(key: string): Refusal {
  return new Refusal(404, {
    code: 'call.unknown',
    what: `There is no call '${key}'.`,
    fix: 'List the calls, those that have ended too; one that has ended is named by its whole key.',
  })
}

/** What any error is answered with. */
export function answerTo(error: unknown, context: Context): Response {
  if (error instanceof Refusal) return refuse(context, error.status, error.told)
  if (error instanceof CallchartError || error instanceof StoreError) {
    const { code, message, fix } = error
    // The message of ours is the sentence and the remedy together.
    const what = message.endsWith(fix) ? message.slice(0, -fix.length).trimEnd() : message
    return refuse(context, 500, { code, what, fix })
  }
  return refuse(context, 500, {
    code: 'admin.failed',
    what: `The admin API failed: ${reasonOf(error)}`,
    fix: 'Look at the log; calls are not affected.',
  })
}
