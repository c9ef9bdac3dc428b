/** The keys Graph signs its tokens with: fetched by OpenID discovery, kept, and fetched again with restraint. */
import { createLocalJWKSet, errors, type JWTVerifyGetKey } from 'jose'
import { z } from 'zod'
import type { Clock } from '../clock.ts'
import { textOf, within } from '../graph/body.ts'
import { isLoopback, isSafe, safeUrl } from '../loopback.ts'

/** Thrown when the keys cannot be fetched and none are kept. */
export class KeysUnavailableError extends Error {}

export type KeysOptions = {
  /** The OpenID configuration; https, or http on a loopback host. */
  readonly keysUrl: string
  readonly clock: Clock
  readonly fetch?: typeof fetch | undefined
}

const MAX_AGE_MS = 2 * 60 * 60 * 1000
/** However many unknown key ids arrive, the keys are not asked for more often than this. */
const LEAST_INTERVAL_MS = 10_000
/** A key id that was not found is not looked for again for so long. */
const UNKNOWN_FOR_MS = 5 * 60 * 1000
const MOST_UNKNOWN = 1_000
const TIMEOUT_MS = 10_000
const MOST_BYTES = 1024 * 1024

/** Ages are told by `elapsedMs`: a clock that is set must not put off looking for a new key. */
type Kept = { readonly find: JWTVerifyGetKey; readonly fetchedAtMs: number }

/** Finds the key of a token for `jose`; throws `KeysUnavailableError` when there are none to search. */
export function createKeys(options: KeysOptions): JWTVerifyGetKey {
  const { clock } = options
  safeUrl(options.keysUrl, 'keysUrl')
  const unknown = new Map<string, number>()
  let kept: Kept | undefined
  let triedAtMs = Number.NEGATIVE_INFINITY
  let refreshing: Promise<Kept> | undefined

  function refresh(): Promise<Kept> {
    triedAtMs = clock.elapsedMs()
    refreshing ??= fetchKeys(options)
      .then((find) => {
        kept = { find, fetchedAtMs: clock.elapsedMs() }
        return kept
      })
      .finally(() => {
        refreshing = undefined
      })
    return refreshing
  }

  async function current(): Promise<Kept> {
    if (kept && clock.elapsedMs() - kept.fetchedAtMs < MAX_AGE_MS) return kept
    const stale = kept
    if (stale && clock.elapsedMs() - triedAtMs < LEAST_INTERVAL_MS) return stale
    return refresh().catch((error: unknown) => {
      // Keys a little too old beat refusing every call while the key server is away.
      if (stale) return stale
      throw error
    })
  }

  function mayLookFor(kid: string): boolean {
    const missedAtMs = unknown.get(kid) ?? Number.NEGATIVE_INFINITY
    const nowMs = clock.elapsedMs()
    return nowMs - missedAtMs >= UNKNOWN_FOR_MS && nowMs - triedAtMs >= LEAST_INTERVAL_MS
  }

  function miss(kid: string): void {
    if (unknown.size >= MOST_UNKNOWN) unknown.clear()
    unknown.set(kid, clock.elapsedMs())
  }

  return async (header, token) => {
    const keys = await current()
    try {
      return await keys.find(header, token)
    } catch (error) {
      const kid = header.kid ?? ''
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error
      if (!refreshing && !mayLookFor(kid)) throw error
      // Keys that cannot be fetched say nothing of the key: only fetched ones without it make it unknown.
      const fresh = await refresh()
      miss(kid)
      const key = await fresh.find(header, token)
      unknown.delete(kid)
      return key
    }
  }
}

const discovery = z.object({ jwks_uri: z.string() })
const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) })

async function fetchKeys(options: KeysOptions) {
  return createLocalJWKSet(await readKeys(options))
}

/** The keys as they are published now; throws `KeysUnavailableError`, its cause saying why. */
export async function readKeys({ keysUrl, clock, fetch = globalThis.fetch }: KeysOptions) {
  try {
    const { jwks_uri } = discovery.parse(await getJson(clock, fetch, keysUrl))
    if (!isTrusted(jwks_uri, keysUrl)) throw new Error(`jwks_uri is not https: ${jwks_uri}`)
    return keySet.parse(await getJson(clock, fetch, jwks_uri))
  } catch (cause) {
    throw new KeysUnavailableError(`The signing keys cannot be read from ${keysUrl}.`, { cause })
  }
}

/** Keys are taken over https; over http only where their description came from this machine too. */
function isTrusted(jwksUri: string, keysUrl: string): boolean {
  const keys = new URL(jwksUri)
  return keys.protocol === 'https:' || (isSafe(keys) && isLoopback(new URL(keysUrl)))
}

function getJson(clock: Clock, fetcher: typeof fetch, url: string): Promise<unknown> {
  return within(clock, TIMEOUT_MS, async (signal) => {
    const response = await fetcher(url, { signal, redirect: 'error' })
    if (!response.ok) throw new Error(`${url} answered ${response.status}.`)
    return JSON.parse(await textOf(response.body, MOST_BYTES))
  })
}
