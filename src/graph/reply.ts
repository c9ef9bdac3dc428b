/** What is known of a request's fate: done, not done, or open. */
import type { GraphFault, Json } from '../../machines/words.ts'
import { TimedOutError, TooLongError, textOf } from './body.ts'
import { faultOf, ownFault } from './faults.ts'
import { jsonOf } from './json.ts'

/** The fate of one try. Only `unknown` leaves open whether Graph did what was asked. */
export type Reply =
  | {
      readonly kind: 'answered'
      readonly status: number
      readonly body: Json | undefined
      readonly location?: string
      readonly requestId?: string
    }
  /** Graph said no: not done. */
  | { readonly kind: 'refused'; readonly fault: GraphFault; readonly retryAfterMs?: number }
  /** The request never reached Graph: not done. */
  | { readonly kind: 'notSent'; readonly fault: GraphFault }
  /** It may have been done: the answer was lost, late or a failure of the service. */
  | { readonly kind: 'unknown'; readonly fault: GraphFault }

/** The fate of a try that did not succeed. */
export type Failure = Exclude<Reply, { readonly kind: 'answered' }>

/** Answers longer than this are not read. */
const MOST_BYTES = 16 * 1024 * 1024

/** The fate of a request that was answered, its body read. */
export async function replyOf(response: Response, nowMs: number): Promise<Reply> {
  if (!response.ok) return refusalOf(response, nowMs)
  const { status, headers } = response
  const location = headers.get('location') ?? undefined
  const requestId = headers.get('request-id') ?? undefined
  return {
    kind: 'answered',
    status,
    body: bodyOf(await textOf(response.body, MOST_BYTES)),
    ...(location === undefined ? {} : { location }),
    ...(requestId === undefined ? {} : { requestId }),
  }
}

/** The fate of a request that was answered with an error. */
export async function refusalOf(response: Response, nowMs: number): Promise<Failure> {
  const { status, headers } = response
  const body = bodyOf(await textOf(response.body, MOST_BYTES))
  const fault = faultOf(status, body, headers.get('request-id') ?? undefined)
  const retryAfterMs = retryAfterMsOf(headers.get('retry-after'), nowMs)
  const isNotDone = status < 500 || (status === 503 && retryAfterMs !== undefined)
  if (!isNotDone) return { kind: 'unknown', fault }
  return retryAfterMs === undefined
    ? { kind: 'refused', fault }
    : { kind: 'refused', fault, retryAfterMs }
}

/** JSON, or nothing: a success needs no body, and a proxy's page is none of Graph's. */
function bodyOf(text: string): Json | undefined {
  try {
    return text === '' ? undefined : jsonOf(JSON.parse(text))
  } catch {
    return undefined
  }
}

/** `Retry-After` in both of its forms: seconds, or a date. */
function retryAfterMsOf(value: string | null, nowMs: number): number | undefined {
  if (value === null) return undefined
  const waitMs = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - nowMs
  return Number.isNaN(waitMs) ? undefined : Math.max(0, waitMs)
}

/** Failures that happen before the first byte is sent. */
const NOT_CONNECTED =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_.*|ERR_TLS_.*|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_.*)$/

/** The fate of a request whose sending, or whose answer's reading, threw. */
export function failureOf(error: unknown, commandId: string): Failure {
  const message = `Command ${commandId}: ${reasonOf(error)}`
  const causes = causesOf(error)
  if (causes.some((cause) => 'code' in cause && NOT_CONNECTED.test(String(cause.code))))
    return { kind: 'notSent', fault: ownFault('notConnected', message) }
  const is = (kind: new () => Error) => causes.some((cause) => cause instanceof kind)
  const code = is(TimedOutError) ? 'timedOut' : is(TooLongError) ? 'unreadable' : 'cutOff'
  return { kind: 'unknown', fault: ownFault(code, message) }
}

function causesOf(error: unknown): readonly Error[] {
  // Of several addresses tried each has failed, as a rule in the same way.
  if (error instanceof AggregateError) return causesOf(error.errors[0])
  return error instanceof Error ? [error, ...causesOf(error.cause)] : []
}

/** An error and its causes in one line. */
export function reasonOf(error: unknown): string {
  return causesOf(error)
    .map(({ message }) => message)
    .join(': ')
}
