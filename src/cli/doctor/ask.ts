/** One question over http, within a deadline; redirects are answers, since Graph's posts follow none. */
import { SystemClock } from '../../clock.ts'
import { within } from '../../graph/body.ts'

const TIMEOUT_MS = 10_000
/** Longest answer that is read: that of the largest prompt. */
const MOST_BYTES = 32 * 1024 * 1024

export type Answered = {
  readonly status: number
  readonly header: (name: string) => string | null
  readonly bytes: Uint8Array
}

/** Asks a URL; rejects where nobody answers in time. */
export function ask(url: string, options: RequestInit = {}): Promise<Answered> {
  return within(new SystemClock(), TIMEOUT_MS, async (signal) => {
    const response = await fetch(url, { redirect: 'manual', ...options, signal })
    const { status, headers } = response
    return { status, header: (name) => headers.get(name), bytes: await bytesOf(response) }
  })
}

/** The JSON object answered, `{}` where it is none. */
export function objectIn({ bytes }: Answered): Readonly<Record<string, unknown>> {
  try {
    const read: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'))
    return typeof read === 'object' && read !== null ? { ...read } : {}
  } catch {
    return {}
  }
}

async function bytesOf({ body }: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body ?? []) {
    length += chunk.byteLength
    if (length > MOST_BYTES) throw new Error(`it answered more than ${MOST_BYTES} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
