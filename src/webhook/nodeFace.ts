/** Notifications at Node's own server: head and body are read where they are. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { TimedOutError, TooLongError } from '../graph/body.ts'
import type { Answer, BodyLimits, Post, Posted } from './notifications.ts'

/**
 * A listener that answers notifications itself and leaves everything else to `others`. A web request and
 * response made for each notification would cost as much as the turn it causes.
 */
export function answering(post: Post, basePath: string, others: RequestListener): RequestListener {
  const path = `${basePath.replace(/\/$/, '')}/api/calls`
  return (incoming, outgoing) => {
    const key = incoming.method === 'POST' ? keyIn(incoming.url ?? '', path) : false
    if (key === false) {
      others(incoming, outgoing)
      return
    }
    const posted: Posted = {
      header: (name) => incoming.headers[name],
      text: (limits) => textFrom(incoming, limits),
    }
    void post(posted, key).then((answer) => reply(incoming, outgoing, answer))
  }
}

/** The key in the path of a notification, `undefined` where it has none; `false` for any other path. */
function keyIn(url: string, path: string): string | undefined | false {
  if (url === path) return undefined
  if (!url.startsWith(`${path}/`)) return false
  const key = url.slice(path.length + 1)
  return /^[A-Za-z0-9_-]+$/.test(key) ? key : false
}

function reply(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { status, body, headers }: Answer,
): void {
  outgoing.statusCode = status
  for (const name in headers) outgoing.setHeader(name, headers[name] ?? '')
  // Who was answered before the end of what they send is not listened to any longer.
  if (!incoming.complete) outgoing.setHeader('Connection', 'close')
  if (body === undefined) {
    outgoing.end()
    return
  }
  outgoing.setHeader('Content-Type', 'application/json')
  outgoing.end(JSON.stringify(body))
}

async function textFrom(incoming: IncomingMessage, limits: BodyLimits): Promise<string> {
  // Most bodies have come with their head, by the time the token has been checked.
  if (!incoming.complete) return textArriving(incoming, limits)
  const whole: unknown = incoming.read()
  const body = whole instanceof Buffer ? whole : Buffer.alloc(0)
  if (body.byteLength > limits.mostBytes) throw tooLong(limits)
  return body.toString('utf8')
}

function tooLong({ mostBytes }: BodyLimits): TooLongError {
  return new TooLongError(`The body is longer than ${mostBytes} bytes.`)
}

function textArriving(incoming: IncomingMessage, limits: BodyLimits): Promise<string> {
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
      else fail(tooLong(limits))
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
