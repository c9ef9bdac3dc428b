/**
 * A POST as the web server holds it. Behind Node's server its head and body are read where they are: a web
 * Request with its stream, made for each notification, would cost more than the turn it causes.
 */
import type { IncomingMessage } from 'node:http'
import type { Context } from 'hono'
import type { Clock } from '../clock.ts'
import { TimedOutError, TooLongError, textInTime } from '../graph/body.ts'

export type Posted = {
  readonly header: (name: 'authorization' | 'content-length' | 'content-type') => string | undefined
  /** The body; throws `TooLongError`, `TimedOutError`, or whatever broke it off. */
  readonly text: (limits: BodyLimits) => Promise<string>
}

export type BodyLimits = {
  readonly clock: Clock
  readonly timeoutMs: number
  readonly mostBytes: number
}

/** The POST that a context is about. */
export function postedOf({ env, req }: Context): Posted {
  const incoming: unknown = env?.incoming
  if (isIncoming(incoming)) {
    return {
      header: (name) => incoming.headers[name],
      text: (limits) => textFrom(incoming, limits),
    }
  }
  return {
    header: (name) => req.header(name),
    text: ({ clock, timeoutMs, mostBytes }) =>
      textInTime(clock, timeoutMs, req.raw.body, mostBytes),
  }
}

function isIncoming(value: unknown): value is IncomingMessage {
  return typeof value === 'object' && value !== null && 'headers' in value && 'on' in value
}

function textFrom(incoming: IncomingMessage, limits: BodyLimits): Promise<string> {
  const { clock, timeoutMs, mostBytes } = limits
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let bytes = 0
    const wake = clock.setTimeout(
      () => fail(new TimedOutError(`No body within ${timeoutMs} ms.`)),
      timeoutMs,
    )
    const fail = (error: Error) => {
      clock.clearTimeout(wake)
      reject(error)
    }
    incoming.on('data', (chunk: Buffer) => {
      bytes += chunk.byteLength
      if (bytes <= mostBytes) chunks.push(chunk)
      else fail(new TooLongError(`The body is longer than ${mostBytes} bytes.`))
    })
    incoming.on('end', () => {
      clock.clearTimeout(wake)
      const [only] = chunks
      resolve((chunks.length === 1 && only ? only : Buffer.concat(chunks)).toString('utf8'))
    })
    incoming.on('error', fail)
    incoming.on('close', () => {
      if (!incoming.complete) fail(new Error('The body broke off.'))
    })
  })
}
