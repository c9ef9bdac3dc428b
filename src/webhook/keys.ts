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
/** Nor sooner than this after they could not be had: Graph, told to wait as long, tells us again. */
const FAILED_REST_MS = 1_000
const TIMEOUT_MS = 10_000
const MOST_BYTES = 1024 * 1024

/** Ages are told by `elapsedMs`: a clock that is set must not put off looking for a new key. */
type Kept = { readonly find: JWTVerifyGetKey; readonly fetchedAtMs: number }

/** Finds the key of a token for `jose`; throws `KeysUnavailableError` when there are none to search. */
export function createKeys(options: KeysOptions): JWTVerifyGetKey {
  const { clock } = options
  safeUrl(options.keysUrl, 'keysUrl')
  let kept: Kept | undefined
  let triedAtMs = Number.NEGATIVE_INFINITY
  /** Why the last try failed. */
  let failure: unknown
  let refreshing: Promise<Kept> | undefined

  async function fetched(): Promise<Kept> {
    triedAtMs = clock.elapsedMs()
    try {
      kept = { find: await fetchKeys(options), fetchedAtMs: clock.elapsedMs() }
      failure = undefined
      return kept
    } catch (error) {
      triedAtMs = clock.elapsedMs()
      failure = error
      throw error
    } finally {
      refreshing = undefined
    }
  }

  function refresh(): Promise<Kept> {
    refreshing ??= fetched()
    return refreshing
  }

  const hasRested = (ms: number) => clock.elapsedMs() - triedAtMs >= ms

  async function current(): Promise<Kept> {
    if (kept && clock.elapsedMs() - kept.fetchedAtMs < MAX_AGE_MS) return kept
    const stale = kept
    if (!stale) {
      if (failure !== undefined && !hasRested(FAILED_REST_MS)) throw failure
      return refresh()
    }
    // Keys a little too old beat refusing every call while the key server is away.
    return hasRested(LEAST_INTERVAL_MS) ? refresh().catch(() => stale) : stale
  }

  return async (header, token) => {
    const keys = await current()
    try {
      return await keys.find(header, token)
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error
      const hasFailed = failure !== undefined
      const mayAsk = refreshing || hasRested(hasFailed ? FAILED_REST_MS : LEAST_INTERVAL_MS)
      // Keys that cannot be fetched say nothing of the key.
      if (!mayAsk) throw hasFailed ? failure : error
      const fresh = await refresh()
      return await fresh.find(header, token)
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
