/** Fetches prompts the way the service does before it plays them, and checks their format. */
import type { Clock } from '../clock.ts'
import type { Activity } from './activity.ts'
import type { Switches } from './switches.ts'
import { readWav } from './wav.ts'
import type { ResultInfo } from './world/results.ts'
import { because, results } from './world/results.ts'

/** Where a prompt lies and the key it is cached under. */
export type MediaInfo = { readonly uri: string; readonly resourceId?: string | null | undefined }

/** A prompt ready to play, or why it is not. */
export type Prompt = { readonly durationMs: number } | { readonly result: ResultInfo }

export type PromptParts = {
  readonly clock: Clock
  readonly activity: Activity
  readonly switches: Switches
  readonly fetch: typeof fetch
}

export class PromptStore {
  readonly #parts: PromptParts
  readonly #cached = new Map<string, Promise<Prompt>>()
  readonly #closing = new AbortController()

  constructor(parts: PromptParts) {
    this.#parts = parts
  }

  /** Fetches a prompt, from the call's cache when its `resourceId` was seen there before. */
  load(callId: string, media: MediaInfo): Promise<Prompt> {
    if (!media.resourceId) return this.#fetch(media.uri)
    const key = `${callId} ${media.resourceId}`
    const cached = this.#cached.get(key) ?? this.#fetch(media.uri)
    this.#cached.set(key, cached)
    return cached
  }

  /** Forgets what was cached for a call. */
  forget(callId: string): void {
    for (const key of this.#cached.keys()) {
      if (key.startsWith(`${callId} `)) this.#cached.delete(key)
    }
  }

  close(): void {
    this.#closing.abort()
  }

  async #fetch(uri: string): Promise<Prompt> {
    const { activity, clock, fetch, switches } = this.#parts
    const timeout = new AbortController()
    const deadline = clock.setTimeout(() => timeout.abort(), switches.promptTimeoutMs)
    activity.begin()
    try {
      const signal = AbortSignal.any([timeout.signal, this.#closing.signal])
      const response = await fetch(uri, { signal })
      return await readPrompt(response, switches.promptBytesMax)
    } catch (cause) {
      return { result: because(results.promptUnreachable, reasonOf(cause)) }
    } finally {
      clock.clearTimeout(deadline)
      activity.end()
    }
  }
}

async function readPrompt(response: Response, bytesMax: number): Promise<Prompt> {
  if (!response.ok) {
    await response.body?.cancel()
    return { result: because(results.promptUnreachable, `its host answered ${response.status}`) }
  }
  const bytes = await readAtMost(response, bytesMax)
  if (!bytes)
    return { result: because(results.promptInvalid, `it is larger than ${bytesMax} bytes`) }
  const reading = readWav(bytes)
  if ('fault' in reading) return { result: because(results.promptInvalid, reading.fault) }
  return reading
}

async function readAtMost(response: Response, bytesMax: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength
    if (length > bytesMax) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  return cause.cause instanceof Error ? cause.cause.message : cause.message
}
