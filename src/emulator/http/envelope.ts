/** Graph's error envelope and the headers on every response of its. */

import type { Clock } from '../../clock.ts'
import { reasonOf } from '../../errors.ts'
import { GraphError } from '../errors.ts'

/** The ids of one request. */
export type RequestIds = { readonly requestId: string; readonly clientRequestId: string }

export function errorResponse(error: unknown, ids: RequestIds, clock: Clock): Response {
  const refusal = error instanceof GraphError ? error : ownFault(error)
  const headers: Record<string, string> = {}
  if (refusal.retryAfterSeconds !== undefined) {
    headers['Retry-After'] = String(refusal.retryAfterSeconds)
  }
  if (refusal.status === 401) headers['WWW-Authenticate'] = 'Bearer'
  return Response.json(envelope(refusal, ids, clock), { status: refusal.status, headers })
}

function envelope(refusal: GraphError, ids: RequestIds, clock: Clock) {
  return {
    error: {
      code: refusal.code,
      message: refusal.message,
      innerError: {
        date: new Date(clock.now()).toISOString().slice(0, 19),
        'request-id': ids.requestId,
        'client-request-id': ids.clientRequestId,
      },
    },
  }
}

function ownFault(error: unknown): GraphError {
  const what = reasonOf(error)
  return new GraphError(
    500,
    'InternalServerError',
    `The emulator itself failed: ${what}`,
    'Please report it.',
  )
}
