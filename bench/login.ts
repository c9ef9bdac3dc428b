/** The tokens that notifications carry, and where their keys are found. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import { APP_ID, TENANT_ID } from './traffic.ts'

export const ISSUER = 'https://graph.microsoft.com'

/** A token as Graph signs it, and the key to check it with. */
export type Login = { readonly token: string; readonly jwk: JWK }

export async function createLogin(): Promise<Login> {
  const { privateKey, publicKey } = await generateKeyPair('RS256')
  const token = await new SignJWT({ tid: TENANT_ID })
    .setProtectedHeader({ alg: 'RS256', kid: 'bench' })
    .setIssuer(ISSUER)
    .setAudience(APP_ID)
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(privateKey)
  return { token, jwk: { ...(await exportJWK(publicKey)), kid: 'bench', alg: 'RS256', use: 'sig' } }
}

/** Serves the key by OpenID discovery. */
export async function serveKeys({ jwk }: Login): Promise<{ url: string; close: () => void }> {
  const server = createServer((request, response) => {
    const document =
      request.url === '/keys' ? { keys: [jwk] } : { issuer: ISSUER, jwks_uri: `${url}keys` }
    response.setHeader('content-type', 'application/json').end(JSON.stringify(document))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}/`
  return { url, close: () => server.close() }
}
