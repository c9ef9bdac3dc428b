/** What this service throws: at the code that drives it, and at bots as Graph would. */
import { CallchartError } from '../errors.ts'

/** Thrown when the emulator is asked, in code or over its control API, for something it cannot do. */
export class EmulatorError extends CallchartError {}

/** A refusal in Graph's manner; `code` is Graph's error code. */
export class GraphError extends CallchartError {
  readonly status: number
  readonly retryAfterSeconds: number | undefined

  constructor(status: number, code: string, what: string, fix: string, retryAfterSeconds?: number) {
    super({ code, what, fix })
    this.status = status
    this.retryAfterSeconds = retryAfterSeconds
  }
}

export function badRequest(what: string, fix: string): GraphError {
  return new GraphError(400, 'BadRequest', what, fix)
}

export function notFound(what: string): GraphError {
  return new GraphError(404, 'NotFound', what, 'Drop what you hold of it.')
}

export function conflict(what: string, fix: string): GraphError {
  return new GraphError(409, 'Conflict', what, fix)
}

export function forbidden(what: string, fix: string): GraphError {
  return new GraphError(403, '7504', what, fix)
}
