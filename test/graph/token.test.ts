import { X509Certificate } from 'node:crypto'
import { importX509, jwtVerify, SignJWT } from 'jose'
import { expect, test } from 'vitest'
import { freePort } from '../../src/cli/freePort.ts'
import { SimulatedClock, SystemClock } from '../../src/clock.ts'
import { ConfigurationError } from '../../src/errors.ts'
import { certificateOf } from '../../src/graph/certificate.ts'
import { type Credential, createTokens } from '../../src/graph/token.ts'
import { certificatePem } from './certificatePem.ts'
import { ANNA as APP, BEN as OTHER_TENANT, CALL as TENANT } from './fixtures.ts'
import { json, serve } from './server.ts'

const secret: Credential = { secret: 's3cret' }
const roles = ['Calls.Initiate.All', 'Calls.JoinGroupCall.All']

const jwt = (claims: Record<string, unknown>) =>
  new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(new Uint8Array(32))

async function login(credential = secret, tokenOf = (count: number) => jwt({ roles, count })) {
  let count = 0
  const server = await serve(async (_, response) => {
    const access_token = await tokenOf(++count)
    json(response, 200, { token_type: 'Bearer', expires_in: 3599, access_token })
  })
  const tokens = createTokens({
    appId: APP,
    credential,
    loginUrl: server.url,
    graphUrl: 'http://127.0.0.1:1',
    clock: new SimulatedClock(),
  })
  return { ...server, tokens }
}

test('a token is asked for at the login given, for Graph, with the secret', async () => {
  await using server = await login()
  expect(await server.tokens.get(TENANT)).toEqual({ token: expect.any(String), roles })
  expect(server.heard).toMatchObject([
    { method: 'POST', url: expect.stringContaining(`/${TENANT}/oauth2/v2.0/token`) },
  ])
  const form = new URLSearchParams(server.heard[0]?.body)
  expect(form.get('grant_type')).toBe('client_credentials')
  expect(form.get('client_id')).toBe(APP)
  expect(form.get('client_secret')).toBe('s3cret')
  expect(form.get('scope')).toBe('https://graph.microsoft.com/.default')
})

test('a tenant is asked for once, however many ask and however often', async () => {
  await using server = await login()
  const { tokens } = server
  await Promise.all([tokens.get(TENANT), tokens.get(TENANT), tokens.warm(TENANT)])
  await tokens.get(TENANT)
  expect(server.heard).toHaveLength(1)
  await tokens.get(OTHER_TENANT)
  expect(server.heard).toHaveLength(2)
})

test('a forgotten token is asked for again, once', async () => {
  await using server = await login()
  const { tokens } = server
  const first = await tokens.get(TENANT)
  tokens.forget(TENANT)
  const second = await tokens.get(TENANT)
  expect(second.token).not.toBe(first.token)
  expect(await tokens.get(TENANT)).toEqual(second)
  expect(server.heard).toHaveLength(2)
})

test('a token that cannot be read has no roles', async () => {
  await using server = await login(secret, async () => 'opaque')
  expect(await server.tokens.get(TENANT)).toEqual({ token: 'opaque', roles: [] })
})

test('a refusal rejects with what the login said, and warming up says that it failed', async () => {
  const error_description = 'AADSTS7000215: Invalid client secret provided.'
  await using server = await serve((_, response) =>
    json(response, 401, { error: 'invalid_client', error_description }),
  )
  const tokens = createTokens({
    appId: APP,
    credential: secret,
    loginUrl: server.url,
    graphUrl: 'https://graph.microsoft.com',
    clock: new SimulatedClock(),
  })
  await expect(tokens.get(TENANT)).rejects.toThrow(/AADSTS7000215/)
  expect(await tokens.warm(TENANT)).toBe(false)
})

test('a login that stays silent is given up on the clock given', async () => {
  const clock = new SimulatedClock()
  await using server = await serve(() => clock.moveTo(clock.now() + 10_000))
  const tokens = createTokens({
    appId: APP,
    credential: secret,
    loginUrl: server.url,
    graphUrl: 'https://graph.microsoft.com',
    clock,
  })
  expect(await tokens.warm(TENANT)).toBe(false)
})

test('a certificate signs the request that asks for the token', async () => {
  await using server = await login({ certificatePem })
  await server.tokens.get(TENANT)
  const form = new URLSearchParams(server.heard[0]?.body)
  const assertion = form.get('client_assertion') ?? ''
  const key = await importX509(
    certificatePem.slice(certificatePem.indexOf('-----BEGIN CERT')),
    'PS256',
  )
  const { payload, protectedHeader } = await jwtVerify(assertion, key, { clockTolerance: 60 })
  expect(payload).toMatchObject({ iss: APP, sub: APP })
  const { fingerprint256 } = new X509Certificate(certificatePem)
  const thumbprint = Buffer.from(fingerprint256.replaceAll(':', ''), 'hex').toString('base64url')
  expect(protectedHeader['x5t#S256']).toBe(thumbprint)
})

test.each([
  ['no key', certificatePem.slice(certificatePem.indexOf('-----BEGIN CERT'))],
  ['no certificate', certificatePem.slice(0, certificatePem.indexOf('-----BEGIN CERT'))],
  ['a certificate that is none', certificatePem.replace(/CERTIFICATE-----\n/, '$&AAAA')],
  ['nothing', ''],
])('a PEM with %s says what it lacks, not what it holds', (_, pem) => {
  expect(() => certificateOf(pem)).toThrow(ConfigurationError)
  expect(() => certificateOf(pem)).not.toThrow(/MII/)
})

/** Where nobody listens. */
const nobody = `http://127.0.0.1:${await freePort()}`

/** Tokens of a login that is reached, or not, in this way. */
const tokensFrom = (loginUrl: string, fetching?: typeof fetch) =>
  createTokens({
    appId: APP,
    credential: secret,
    loginUrl,
    graphUrl: 'http://127.0.0.1:1',
    clock: new SystemClock(),
    timeoutMs: 50,
    ...(fetching && { fetch: fetching }),
  })

const answering = (status: number, body: string) => async () => new Response(body, { status })
const refusing = JSON.stringify({
  error: 'invalid_client',
  error_description:
    "AADSTS7000215: Invalid client secret provided. Ensure it is the value, not the id, for app 'x'. Trace ID: t Correlation ID: c Timestamp: 2026-11-26 06:00:00Z",
  error_codes: [7000215],
})
const unreachable = (code: string, message: string) => async () => {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error(message), { code }) })
}

test.each([
  ['nobody listens', undefined, /^fetch failed: connect ECONNREFUSED 127\.0\.0\.1:\d+$/],
  [
    'its name is not known',
    unreachable('ENOTFOUND', 'getaddrinfo ENOTFOUND login.example'),
    /^fetch failed: getaddrinfo ENOTFOUND login\.example$/,
  ],
  [
    'its certificate is not trusted',
    unreachable('SELF_SIGNED_CERT_IN_CHAIN', 'self-signed certificate in certificate chain'),
    /^fetch failed: self-signed certificate in certificate chain$/,
  ],
  ['it never answers', hanging, /^No answer within 50 ms\.$/],
  ['a proxy answers', answering(502, '<html>bad'), /^The answer, 502, is not JSON$/],
  [
    'it refuses',
    answering(401, refusing),
    /^AADSTS7000215: Invalid client secret provided\. Ensure it is the value, not the id, for app 'x'\.$/,
  ],
] as const)('why there is no token is told when %s, without the secret', async (_, way, reason) => {
  const asked = tokensFrom(nobody, way).get(TENANT)
  await expect(asked).rejects.toMatchObject({
    name: 'NoTokenError',
    message: expect.stringMatching(reason),
  })
  await expect(asked).rejects.not.toMatchObject({ message: expect.stringContaining('s3cret') })
})

test('two tenants asked for at once are each told why they got none', async () => {
  const tokens = tokensFrom(nobody, async (url) => {
    throw new Error(`${String(url).includes(TENANT) ? 'first' : 'second'} way down`)
  })
  const reasons = await Promise.allSettled([tokens.get(TENANT), tokens.get(OTHER_TENANT)])
  expect(reasons).toMatchObject([
    { reason: { message: 'first way down' } },
    { reason: { message: 'second way down' } },
  ])
})

/** An exchange that only its signal ends. */
function hanging(_: unknown, init?: RequestInit): Promise<Response> {
  return new Promise((_, reject) => {
    init?.signal?.addEventListener('abort', () => reject(init.signal?.reason))
  })
}
