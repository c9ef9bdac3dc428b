/** Graph's side of the webhook: signing keys served over HTTP, and tokens signed with them. */
import { CompactSign, exportJWK, generateKeyPair } from 'jose'
import { json, serve } from '../graph/server.ts'

export const APP = '6f1e2d3c-4b5a-4697-8877-665544332211'
export const TENANT = '7a8b9c0d-1e2f-4a3b-8c4d-5e6f708192a3'
export const ISSUER = 'https://graph.microsoft.com'

export type Claims = Readonly<Record<string, unknown>>
type Pair = Awaited<ReturnType<typeof generateKeyPair>>

const made = new Map<string, Promise<Pair>>()

/** One key pair for one key id: making them is what takes time. */
function pairOf(kid: string): Promise<Pair> {
  const pair = made.get(kid) ?? generateKeyPair('RS256', { extractable: true })
  made.set(kid, pair)
  return pair
}

/** A token signed by Graph's key of that id, whether the key is published or not. */
export async function sign(kid: string, claims: Claims, header: object = {}): Promise<string> {
  const { privateKey } = await pairOf(kid)
  return new CompactSign(Buffer.from(JSON.stringify(claims)))
    .setProtectedHeader({ alg: 'RS256', kid, ...header })
    .sign(privateKey)
}

/** A key server on this machine: publishes keys and counts how often it is asked for them. */
export async function keyServer(jwksUri?: string) {
  const published = new Set<string>()
  const publicKey = async (kid: string) => ({
    ...(await exportJWK((await pairOf(kid)).publicKey)),
    kid,
  })
  let isAway = false
  const server = await serve(async ({ url }, response) => {
    const keys = await Promise.all([...published].map(publicKey))
    const discovery = { jwks_uri: jwksUri ?? `${server.url}/keys`, issuer: ISSUER }
    json(response, isAway ? 500 : 200, url === '/keys' ? { keys } : discovery)
  })

  return {
    keysUrl: `${server.url}/openid`,
    asked: () => server.heard.filter(({ url }) => url === '/keys').length,
    tried: () => server.heard.filter(({ url }) => url === '/openid').length,
    setAway: (away: boolean) => {
      isAway = away
    },
    publish: (kid: string) => published.add(kid),
    [Symbol.asyncDispose]: server.close,
  }
}

/** Claims as Graph sends them, valid from five minutes before `nowMs` until an hour after. */
export function claimsAt(nowMs: number) {
  const now = Math.floor(nowMs / 1000)
  return { iss: ISSUER, aud: APP, tid: TENANT, nbf: now - 300, iat: now - 300, exp: now + 3_600 }
}
