/** Reading a body no further than its limit, and no longer than its deadline. */
import type { Clock } from '../clock.ts'

/** Thrown when a body is longer than its limit. */
export class TooLongError extends Error {}

/** What `within` aborts its work with. */
export class TimedOutError extends Error {}

/** The text of a body; throws `TooLongError` beyond `mostBytes`. */
export async function textOf(
  body: ReadableStream<Uint8Array> | null,
  mostBytes: number,
): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength
    if (bytes > mostBytes) throw new TooLongError(`The body is longer than ${mostBytes} bytes.`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** The text of a body that has come whole within `timeoutMs`; throws `TimedOutError` for one that has not. */
export function textInTime(
  clock: Clock,
  timeoutMs: number,
  body: ReadableStream<Uint8Array> | null,
  mostBytes: number,
): Promise<string> {
  return within(clock, timeoutMs, (signal) => {
    const late = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason))
    })
    return Promise.race([textOf(body, mostBytes), late])
  })
}

/** Runs `work` with a signal that is aborted, with `TimedOutError`, after `timeoutMs` on the clock given. */
export async function within<Result>(
  clock: Clock,
  timeoutMs: number,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController()
  const wake = clock.setTimeout(
    () => controller.abort(new TimedOutError(`No answer within ${timeoutMs} ms.`)),
    timeoutMs,
  )
  try {
    return await work(controller.signal)
  } finally {
    clock.clearTimeout(wake)
  }
}
