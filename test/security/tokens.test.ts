/** Forged, borrowed and replayed tokens, at the door of a whole bot. */
import { exportJWK, exportSPKI, generateKeyPair, importJWK, type JWTPayload, SignJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import { type Door, keys, openDoor, TENANT } from './door.ts'
import { established } from './told.ts'

async function publishedKey() {
  const [key] = (await keys.published()).keys
  if (!key) throw new Error('The ring publishes a key.')
  return key
}

/** A token signed by somebody who is not Graph, under whatever header they like. */
async function forged(door: Door, header: object): Promise<string> {
  const { privateKey } = await stranger
  return new SignJWT(door.claimsOf())
    .setProtectedHeader({ alg: 'RS256', ...header })
    .sign(privateKey)
}
const stranger = generateKeyPair('RS256', { extractable: true })

const unsigned = (door: Door, header: object) =>
  [header, door.claimsOf()]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .concat('')
    .join('.')

/** HMAC over the public key, which everybody knows: taken by whoever lets the token choose. */
async function withPublicKeyAsSecret(door: Door, secretOf: (jwk: object) => Promise<string>) {
  const jwk = await publishedKey()
  return new SignJWT(door.claimsOf())
    .setProtectedHeader({ alg: 'HS256', kid: jwk.kid ?? '' })
    .sign(new TextEncoder().encode(await secretOf(jwk)))
}

const pemOf = async (jwk: object) => {
  const key = await importJWK({ kty: 'RSA', ...jwk }, 'RS256', { extractable: true })
  if (key instanceof Uint8Array) throw new Error('An RSA key is no secret.')
  return exportSPKI(key)
}

describe('a forged token is refused, and nothing is stored', () => {
  test.each<[number, string, (door: Door) => string | Promise<string>]>([
    [401, 'nobody signed (alg none)', (door) => unsigned(door, { alg: 'none' })],
    [401, 'nobody signed (alg NoNe)', (door) => unsigned(door, { alg: 'NoNe' })],
    [401, 'HS256 with the public key as PEM', (door) => withPublicKeyAsSecret(door, pemOf)],
    [
      401,
      'HS256 with the public key as JWK',
      (door) => withPublicKeyAsSecret(door, async (jwk) => JSON.stringify(jwk)),
    ],
    [401, "a stranger's key", (door) => forged(door, {})],
    [
      401,
      "a stranger's key under Graph's key id",
      async (door) => forged(door, { kid: (await publishedKey()).kid }),
    ],
    [
      401,
      'a key that the token brings along',
      async (door) => forged(door, { jwk: await exportJWK((await stranger).publicKey) }),
    ],
    [
      401,
      'a key that the token links to',
      (door) =>
        forged(door, { kid: 'x', jku: 'https://evil.example/keys', x5u: 'https://evil.example' }),
    ],
    [
      403,
      'another issuer',
      (door) => keys.sign({ ...door.claimsOf(), iss: 'https://evil.example' }),
    ],
    [403, 'another audience', (door) => keys.sign({ ...door.claimsOf(), aud: 'another-bot' })],
    [403, 'no tenant', (door) => keys.sign({ ...door.claimsOf(), tid: '' })],
    [401, 'expired', (door) => keys.sign({ ...door.claimsOf(), exp: 1 })],
    [401, 'not yet valid', (door) => keys.sign({ ...door.claimsOf(), nbf: 4_000_000_000 })],
    [401, 'valid for ever', (door) => keys.sign(withoutEnd(door))],
    [401, 'huge', async (door) => `${await door.tokenOf(TENANT)}${'a'.repeat(16 * 1024)}`],
  ])('%i: %s', async (status, _, make) => {
    await using door = await openDoor()
    const { id } = await door.ring()
    const before = door.image()
    expect((await door.post(established(id), { token: await make(door) })).status).toBe(status)
    expect(door.image().equals(before)).toBe(true)
    expect(door.asked.filter(({ url }) => url.includes('evil'))).toEqual([])
  })
})

test('a genuine token that our clock refuses says so in the record, and by how much', async () => {
  await using door = await openDoor()
  const { id } = await door.ring()
  const nbf = Math.round(door.clock.now() / 1000) + 400
  const token = await keys.sign({ ...door.claimsOf(), nbf })
  expect((await door.post(established(id), { token })).status).toBe(401)
  expect(door.records.findLast(({ kind }) => kind === 'posted')).toMatchObject({
    status: 401,
    reason: "By this machine's clock the token is valid only in 400 s.",
  })
})

function withoutEnd(door: Door): JWTPayload {
  const { exp: _exp, ...claims } = door.claimsOf()
  return claims
}

const keyFetches = (door: Door) => door.asked.filter(({ url }) => url.endsWith('/keys')).length

test('a flood of unknown key ids fetches the keys at most once in ten seconds', async () => {
  await using door = await openDoor()
  const { id } = await door.ring()
  const before = keyFetches(door)
  for (let flood = 0; flood < 60; flood++) {
    door.clock.moveTo(door.clock.now() + 1_000)
    const token = await forged(door, { kid: `flood-${flood}` })
    expect((await door.post(established(id), { token })).status).toBe(401)
  }
  expect(keyFetches(door) - before).toBeLessThanOrEqual(6)
  expect((await door.post(established(id))).status).toBe(202)
})

test('keys that rotate during traffic cost no notification', async () => {
  await using door = await openDoor()
  const { id } = await door.ring()
  const old = await keys.sign(door.claimsOf())
  for (let round = 0; round < 2; round++) {
    await keys.rotate()
    // As long as it takes until the keys may be asked for anew.
    door.clock.moveTo(door.clock.now() + 10_000)
    const fresh = await keys.sign({ ...door.claimsOf(), jti: String(round) })
    const posts = [old, fresh, old, fresh].map((token) => door.post(established(id), { token }))
    expect((await Promise.all(posts)).map(({ status }) => status)).toEqual([202, 202, 202, 202])
  }
})

test('a token replayed with its notification changes nothing', async () => {
  await using door = await openDoor()
  const { id } = await door.ring()
  const token = await door.tokenOf(TENANT)
  await door.post(established(id), { token })
  const before = door.image()
  const asked = door.asked.length
  for (let replay = 0; replay < 20; replay++)
    expect((await door.post(established(id), { token })).status).toBe(202)
  expect(door.image().equals(before)).toBe(true)
  expect(door.asked).toHaveLength(asked)
})
