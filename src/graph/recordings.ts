/** The download of what recordResponse recorded: by its own token, in limited size, as a stream. */
import type { Operation } from '../../machines/words.ts'
import { type Clock, SystemClock } from '../clock.ts'
import { CallchartError } from '../errors.ts'
import { safeUrl } from '../loopback.ts'
import { TooLongError, within } from './body.ts'
import { faultOf } from './faults.ts'
import { GraphRequestError } from './method.ts'
import { failureOf } from './reply.ts'

export type DownloadOptions = {
  /** Default 64 MiB; Graph records two minutes at most. */
  readonly mostBytes?: number
  /** Until the first byte. Default 30 s. */
  readonly timeoutMs?: number
  readonly clock?: Clock
}

const MOST_BYTES = 64 * 1024 * 1024

/**
 * The recording of a finished recordResponse: GET `recordingLocation` with `recordingAccessToken`. Do it
 * promptly: Graph drops the file soon after the call ends. The stream fails with `TooLongError` beyond
 * `mostBytes`. Throws `CallchartError` (`recording.none`) and `GraphRequestError`.
 */
export async function downloadRecording(
  operation: Pick<Operation, 'recordingLocation' | 'recordingAccessToken'>,
  { mostBytes = MOST_BYTES, timeoutMs = 30_000, clock = new SystemClock() }: DownloadOptions = {},
): Promise<ReadableStream<Uint8Array>> {
  const { recordingLocation, recordingAccessToken } = operation
  if (!recordingLocation || !recordingAccessToken) throw noRecording()
  const url = safeUrl(recordingLocation, 'recordingLocation')
  const request = { method: 'GET', path: url.pathname } as const
  const headers = { Authorization: `Bearer ${recordingAccessToken}` }
  const response = await within(clock, timeoutMs, (signal) =>
    // The token must not follow a redirect to another host.
    fetch(url, { headers, signal, redirect: 'error' }),
  ).catch((error: unknown) => {
    throw new GraphRequestError(request, failureOf(error, 'downloadRecording').fault)
  })
  if (!response.ok || !response.body) {
    await response.body?.cancel()
    throw new GraphRequestError(request, faultOf(response.status, undefined))
  }
  return response.body.pipeThrough(limitedTo(mostBytes))
}

function limitedTo(mostBytes: number): TransformStream<Uint8Array, Uint8Array> {
  let bytes = 0
  return new TransformStream({
    transform(chunk, controller) {
      bytes += chunk.byteLength
      if (bytes <= mostBytes) controller.enqueue(chunk)
      else controller.error(new TooLongError(`The recording is longer than ${mostBytes} bytes.`))
    },
  })
}

function noRecording(): CallchartError {
  return new CallchartError({
    code: 'recording.none',
    what: 'The operation has no recordingLocation or no recordingAccessToken.',
    fix: 'Take the operation of `recording.completed` while the process that heard it runs: the token is never stored.',
  })
}
