import { SignJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import { SimulatedClock } from '../../src/clock.ts'
import { ConfigurationError } from '../../src/errors.ts'
import { createVerifier, type VerifierOptions } from '../../src/webhook/verify.ts'
import { SettableClock } from '../settableClock.ts'
import { APP, type Claims, claimsAt, ISSUER, keyServer, sign, TENANT } from './graph.ts'

const HOUR_MS = 60 * 60 * 1000

async function world(options: Partial<VerifierOptions> = {}) {
  const keys = await keyServer()
  keys.publish('k1')
  const clock = new SettableClock()
  const verify = createVerifier({
    keysUrl: keys.keysUrl,
    issuers: [ISSUER, 'https://api.botframework.com'],
    appIds: [APP],
    clock,
    ...options,
  })
  const token = (claims: Claims = {}, kid = 'k1') =>
    sign(kid, { ...claimsAt(clock.now()), ...claims })
  return {
    ...keys,
    clock,
    verify,
    token,
    judge: async (claims?: Claims, kid?: string) => verify(`Bearer ${await token(claims, kid)}`),
  }
}

const allowed = { kind: 'allowed', tenantId: TENANT, appId: APP }

describe('allowed is a token', () => {
  const now = claimsAt(new SimulatedClock().now()).iat ?? 0
  test.each<[string, Claims]>([
    ['as Graph sends it', {}],
    ['of the other issuer', { iss: 'https://api.botframework.com' }],
    ['for several audiences, ours among them', { aud: ['other', APP] }],
    ['with its tenant in another case', { tid: TENANT.toUpperCase() }],
    [
      "with its tenant under .NET's name",
      { tid: undefined, 'http://schemas.microsoft.com/identity/claims/tenantid': TENANT },
    ],
    ['that expired within the leeway', { exp: now + 300 - 299 }],
    ['that begins within the leeway', { nbf: now + 300 + 299 }],
  ])('%s', async (_, claims) => {
    await using graph = await world()
    expect(await graph.judge(claims)).toEqual(allowed)
  })

  test('for any of the bot’s apps, and the one it is for is told', async () => {
    await using graph = await world({ appIds: ['the-first', APP] })
    expect(await graph.judge()).toEqual(allowed)
    expect(await graph.judge({ aud: 'the-first' })).toEqual({ ...allowed, appId: 'the-first' })
    expect(await graph.judge({ aud: 'the-third' })).toMatchObject({ kind: 'forbidden' })
  })

  test('of a tenant on the allow-list, whatever its case there', async () => {
    await using graph = await world({ tenants: [TENANT.toUpperCase()] })
    expect(await graph.judge()).toEqual(allowed)
  })
})

describe('forbidden is a genuine token', () => {
  test.each<[string, Claims]>([
    ['of another issuer', { iss: 'https://login.example' }],
    ['of an issuer with a slash more', { iss: `${ISSUER}/` }],
    ['without an issuer', { iss: undefined }],
    ['for another bot', { aud: 'another' }],
    ['for nobody', { aud: undefined }],
    ['without a tenant', { tid: undefined }],
    ['with an empty tenant', { tid: '' }],
    ['with a tenant that is no text', { tid: 7 }],
  ])('%s', async (_, claims) => {
    await using graph = await world()
    expect(await graph.judge(claims)).toMatchObject({ kind: 'forbidden' })
  })

  test('of a tenant that is not on the allow-list', async () => {
    await using graph = await world({ tenants: ['another'] })
    expect(await graph.judge()).toMatchObject({ kind: 'forbidden' })
  })
})

describe('unproven is', () => {
  const now = claimsAt(new SimulatedClock().now()).iat ?? 0
  test.each<[string, Claims]>([
    ['an expired token', { exp: now + 300 - 301 }],
    ['a token of the future', { nbf: now + 300 + 301 }],
    ['a token for ever', { exp: undefined }],
    ['a token whose end is no number', { exp: 'x' }],
  ])('%s', async (_, claims) => {
    await using graph = await world()
    expect(await graph.judge(claims)).toMatchObject({ kind: 'unproven' })
  })

  test.each<[string, Claims]>([
    ['expired 301 s ago', { exp: now + 300 - 301 }],
    ['is valid only in 421 s', { nbf: now + 300 + 421 }],
  ])('a token that %s, and the reason says so', async (reason, claims) => {
    await using graph = await world()
    expect(await graph.judge(claims)).toEqual({
      kind: 'unproven',
      reason: `By this machine's clock the token ${reason}.`,
    })
  })

  test.each([
    ['no header', undefined],
    ['another scheme', 'Basic YTpi'],
    ['no token', 'Bearer '],
    ['text', 'Bearer hello'],
    ['two dots', 'Bearer ..'],
    ['a token without end', `Bearer ${'a'.repeat(16 * 1024 + 1)}`],
    ['two tokens', 'Bearer a.b.c d.e.f'],
  ])('%s', async (_, authorization) => {
    await using graph = await world()
    expect(await graph.verify(authorization)).toMatchObject({ kind: 'unproven' })
  })

  test('a token nobody signed', async () => {
    await using graph = await world()
    const [, payload] = (await graph.token()).split('.')
    const header = Buffer.from('{"alg":"none","kid":"k1"}').toString('base64url')
    expect(await graph.verify(`Bearer ${header}.${payload}.`)).toMatchObject({ kind: 'unproven' })
  })

  test('a token whose payload was changed', async () => {
    await using graph = await world()
    const [header, , signature] = (await graph.token()).split('.')
    const payload = Buffer.from(JSON.stringify(claimsAt(graph.clock.now()))).toString('base64url')
    const forged = payload.replace(/.$/, '') // the same claims, cut short
    expect(await graph.verify(`Bearer ${header}.${forged}.${signature}`)).toMatchObject({
      kind: 'unproven',
    })
  })

  test("a token signed with another key under Graph's key id", async () => {
    await using graph = await world()
    const forged = await sign('stranger', claimsAt(graph.clock.now()), { kid: 'k1' })
    expect(await graph.verify(`Bearer ${forged}`)).toMatchObject({ kind: 'unproven' })
  })

  test('a token signed with a public key as if it were a secret', async () => {
    await using graph = await world()
    const forged = await new SignJWT(claimsAt(graph.clock.now()))
      .setProtectedHeader({ alg: 'HS256', kid: 'k1' })
      .sign(new Uint8Array(32))
    expect(await graph.verify(`Bearer ${forged}`)).toMatchObject({ kind: 'unproven' })
  })
})

describe('the keys', () => {
  test('are fetched once for many tokens at once, and kept for two hours', async () => {
    await using graph = await world()
    await Promise.all([1, 2, 3, 4].map((jti) => graph.judge({ jti: String(jti) })))
    graph.clock.moveTo(graph.clock.now() + 2 * HOUR_MS - 1)
    await graph.judge()
    expect(graph.asked()).toBe(1)
    graph.clock.moveTo(graph.clock.now() + 1)
    await graph.judge()
    expect(graph.asked()).toBe(2)
  })

  test('are fetched again for a new key id, and the token is allowed', async () => {
    await using graph = await world()
    await graph.judge()
    graph.publish('k2')
    graph.clock.moveTo(graph.clock.now() + 10_000)
    const judged = await Promise.all([1, 2, 3].map((jti) => graph.judge({ jti: `${jti}` }, 'k2')))
    expect(judged).toEqual([allowed, allowed, allowed])
    expect(graph.asked()).toBe(2)
  })

  test('are looked for as soon after the clock was set back', async () => {
    await using graph = await world()
    await graph.judge()
    graph.clock.aheadMs = -HOUR_MS
    graph.publish('k2')
    graph.clock.moveTo(graph.clock.elapsedMs() + 10_000)
    expect(await graph.judge({}, 'k2')).toEqual(allowed)
  })

  test('are found within ten seconds of being published, however often they were used before', async () => {
    await using graph = await world()
    await graph.judge()
    for (let second = 0; second < 25; second++) {
      expect(await graph.judge({ jti: `${second}` }, 'k2')).toMatchObject({ kind: 'unproven' })
      graph.clock.moveTo(graph.clock.now() + 1_000)
    }
    expect(graph.asked()).toBe(3)
    graph.publish('k2')
    graph.clock.moveTo(graph.clock.now() + 5_000)
    expect(await graph.judge({}, 'k2')).toEqual(allowed)
    expect(graph.asked()).toBe(4)
  })

  test('are not fetched more often than every ten seconds, however many key ids are unknown', async () => {
    await using graph = await world()
    await graph.judge()
    graph.clock.moveTo(graph.clock.now() + 10_000)
    for (let flood = 0; flood < 20; flood++) {
      const token = await sign('stranger', claimsAt(graph.clock.now()), { kid: `flood-${flood}` })
      expect(await graph.verify(`Bearer ${token}`)).toMatchObject({ kind: 'unproven' })
    }
    expect(graph.asked()).toBe(2)
  })

  test('that cannot be had are no reason to refuse a token', async () => {
    await using graph = await world()
    graph.setAway(true)
    expect(await graph.judge()).toMatchObject({ kind: 'unavailable' })
    graph.setAway(false)
    graph.clock.moveTo(graph.clock.now() + 1_000)
    expect(await graph.judge()).toEqual(allowed)
  })

  test('that cannot be had are asked for once a second at most, and new ones refuse no token meanwhile', async () => {
    await using graph = await world()
    const flood = async (kid: string) => {
      for (let jti = 0; jti < 30; jti++) {
        expect(await graph.judge({ jti: `${jti}` }, kid)).toMatchObject({ kind: 'unavailable' })
        graph.clock.moveTo(graph.clock.now() + 100)
      }
    }
    graph.setAway(true)
    await flood('k1')
    expect(graph.tried()).toBe(3)
    graph.setAway(false)
    expect(await graph.judge()).toEqual(allowed)
    graph.publish('k2')
    graph.setAway(true)
    graph.clock.moveTo(graph.clock.now() + 10_000)
    await flood('k2')
    expect(graph.tried()).toBe(3 + 1 + 3)
    graph.setAway(false)
    expect(await graph.judge({}, 'k2')).toEqual(allowed)
  })

  test('that are too old still serve while new ones cannot be had', async () => {
    await using graph = await world()
    await graph.judge()
    graph.setAway(true)
    graph.clock.moveTo(graph.clock.now() + 3 * HOUR_MS)
    expect(await graph.judge()).toEqual(allowed)
  })

  test.each(['http://keys.example/keys', 'ftp://127.0.0.1/keys', 'nonsense'])(
    'are not taken from %s',
    async (jwksUri) => {
      await using keys = await keyServer(jwksUri)
      keys.publish('k1')
      const clock = new SimulatedClock()
      const verify = createVerifier({
        keysUrl: keys.keysUrl,
        issuers: [ISSUER],
        appIds: [APP],
        clock,
      })
      const token = await sign('k1', claimsAt(clock.now()))
      expect(await verify(`Bearer ${token}`)).toMatchObject({ kind: 'unavailable' })
    },
  )

  test('are never described over plain http by another machine', () => {
    const options = { issuers: [], appIds: [APP], clock: new SimulatedClock() }
    expect(() => createVerifier({ ...options, keysUrl: 'http://keys.example' })).toThrow(
      ConfigurationError,
    )
  })
})

describe('a token once verified', () => {
  test('is remembered until it ends, and no longer', async () => {
    await using graph = await world()
    const token = await graph.token()
    expect(await graph.verify(`Bearer ${token}`)).toEqual(allowed)
    graph.setAway(true)
    graph.clock.moveTo(graph.clock.now() + HOUR_MS - 1)
    expect(await graph.verify(`Bearer ${token}`)).toEqual(allowed)
    graph.clock.moveTo(graph.clock.now() + 301_000)
    expect(await graph.verify(`Bearer ${token}`)).toMatchObject({ kind: 'unproven' })
  })

  test('is forgotten in favour of a thousand newer ones, and verified again', async () => {
    await using graph = await world()
    const first = await graph.token()
    await graph.verify(`Bearer ${first}`)
    for (let jti = 0; jti < 1_000; jti++) await graph.judge({ jti: String(jti) })
    expect(await graph.verify(`Bearer ${first}`)).toEqual(allowed)
  })
})
