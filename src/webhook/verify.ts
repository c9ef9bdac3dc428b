/** Who is at the door: the bearer token of a notification, checked against Graph's keys. */
import { hash } from 'node:crypto'
import { errors, type JWTPayload, jwtVerify } from 'jose'
import type { Clock } from '../clock.ts'
import { createKeys, KeysUnavailableError } from './keys.ts'

/** What a token proves. */
export type Verification =
  | { readonly kind: 'allowed'; readonly tenantId: string; readonly appId: string }
  /** No token, or none that proves anything: 401. */
  | { readonly kind: 'unproven'; readonly reason: string }
  /** A genuine token that is not for us: 403. */
  | { readonly kind: 'forbidden'; readonly reason: string }
  /** The keys to check it with cannot be had now: 503. */
  | { readonly kind: 'unavailable'; readonly reason: string }

/** Judges an `Authorization` header; never rejects. */
export type Verify = (authorization: string | undefined) => Promise<Verification>

export type VerifierOptions = {
  /** URL of the OpenID configuration that names the signing keys. */
  readonly keysUrl: string
  readonly issuers: readonly string[]
  /** The ids of the bot's apps. */
  readonly appIds: readonly string[]
  /** Tenants whose calls are taken; absent for every tenant. */
  readonly tenants?: readonly string[] | undefined
  readonly clock: Clock
  readonly fetch?: typeof fetch | undefined
}

/** How far Graph's clock and ours may differ, as in Microsoft's own middleware. */
export const LEEWAY_SECONDS = 300

const MOST_TOKEN_CHARACTERS = 16 * 1024
const MOST_REMEMBERED = 1_000

type Remembered = { readonly verification: Verification; readonly expiresAtMs: number }

/** A verifier of Graph's tokens: RS256 only, keys and verified tokens kept. */
export function createVerifier(options: VerifierOptions): Verify {
  const { clock, issuers, appIds } = options
  const keys = createKeys(options)
  const tenants = options.tenants && new Set(options.tenants.map((id) => id.toLowerCase()))
  const remembered = new Map<string, Remembered>()

  async function check(token: string): Promise<Remembered> {
    const { payload } = await jwtVerify(token, keys, {
      algorithms: ['RS256'],
      issuer: [...issuers],
      audience: [...appIds],
      requiredClaims: ['exp'],
      clockTolerance: LEEWAY_SECONDS,
      currentDate: new Date(clock.now()),
    })
    return {
      verification: admit(tenantIn(payload), tenants, appIn(payload, appIds)),
      expiresAtMs: (payload.exp ?? 0) * 1000,
    }
  }

  function remember(digest: string, entry: Remembered): void {
    const [oldest] = remembered.keys()
    if (oldest !== undefined && remembered.size >= MOST_REMEMBERED) remembered.delete(oldest)
    remembered.set(digest, entry)
  }

  return async (authorization) => {
    const [, token] = /^Bearer +([A-Za-z0-9._-]+)$/i.exec(authorization ?? '') ?? []
    if (token === undefined) return { kind: 'unproven', reason: 'There is no bearer token.' }
    if (token.length > MOST_TOKEN_CHARACTERS)
      return { kind: 'unproven', reason: 'The token is too long.' }
    const digest = hash('sha256', token, 'base64')
    const known = remembered.get(digest)
    if (known && clock.now() < known.expiresAtMs) return known.verification
    remembered.delete(digest)
    try {
      const entry = await check(token)
      remember(digest, entry)
      return entry.verification
    } catch (error) {
      return refusal(error, clock.now())
    }
  }
}

function tenantIn(payload: JWTPayload): string | undefined {
  const claim = payload.tid ?? payload['http://schemas.microsoft.com/identity/claims/tenantid']
  return typeof claim === 'string' && claim !== '' ? claim.toLowerCase() : undefined
}

/** Which of our apps the token is for: it was found to be for one. */
function appIn({ aud = [] }: JWTPayload, appIds: readonly string[]): string | undefined {
  const audiences = [aud].flat()
  return appIds.find((appId) => audiences.includes(appId))
}

function admit(
  tenantId: string | undefined,
  tenants: ReadonlySet<string> | undefined,
  appId: string | undefined,
): Verification {
  if (tenantId === undefined)
    return { kind: 'forbidden', reason: 'The token names no tenant (claim "tid").' }
  if (tenants && !tenants.has(tenantId))
    return { kind: 'forbidden', reason: 'The tenant is not on the allow-list.' }
  if (appId === undefined)
    return { kind: 'forbidden', reason: 'The token is for no app of this bot (claim "aud").' }
  return { kind: 'allowed', tenantId, appId }
}

function refusal(error: unknown, nowMs: number): Verification {
  if (error instanceof KeysUnavailableError) return { kind: 'unavailable', reason: error.message }
  const isForOthers =
    error instanceof errors.JWTClaimValidationFailed && ['iss', 'aud'].includes(error.claim)
  if (isForOthers)
    return { kind: 'forbidden', reason: `The token is not for this bot (claim "${error.claim}").` }
  const untimely = untimelinessOf(error, nowMs)
  if (untimely !== undefined) return { kind: 'unproven', reason: untimely }
  const reason = error instanceof errors.JOSEError ? error.message : 'it cannot be checked'
  return { kind: 'unproven', reason: `The token is not valid: ${reason}.` }
}

/** Of a token that Microsoft signed and that is refused by the clock: the operator's may be wrong. */
function untimelinessOf(error: unknown, nowMs: number): string | undefined {
  const isOver = error instanceof errors.JWTExpired
  const isEarly = error instanceof errors.JWTClaimValidationFailed && error.claim === 'nbf'
  if (!isOver && !isEarly) return undefined
  const atSeconds = isOver ? error.payload.exp : error.payload.nbf
  if (typeof atSeconds !== 'number') return undefined
  const seconds = Math.round(Math.abs(nowMs / 1000 - atSeconds))
  const said = isOver ? `expired ${seconds} s ago` : `is valid only in ${seconds} s`
  return `By this machine's clock the token ${said}.`
}
