/** A ring of RSA signing keys: the newest signs, all of them are published. */
import type { CryptoKey, JSONWebKeySet, JWTPayload, JWTVerifyGetKey } from 'jose'
import {
  calculateJwkThumbprint,
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  SignJWT,
} from 'jose'

/** One signing key and what is published of it. */
export type Key = {
  readonly kid: string
  readonly privateKey: CryptoKey
  readonly published: JSONWebKeySet['keys'][number]
}

/** Older keys stay published this long in count, so tokens already sent still verify. */
const KEYS_PUBLISHED_MAX = 3

// A finder reads each key once: reading it for every token costs as much as checking the signature.
const finders = new WeakMap<readonly Key[], JWTVerifyGetKey>()

export class KeyRing {
  readonly #make: () => Promise<Key>
  #keys: Promise<readonly Key[]> | undefined

  /** `make` makes each new key; making a fresh one takes longer than many a simulated call. */
  constructor(make: () => Promise<Key> = makeKey) {
    this.#make = make
  }

  /** Replaces the signing key; the ones before it stay published for a while. */
  async rotate(): Promise<void> {
    const before = this.#keys
    this.#keys = Promise.all([this.#make(), before ?? []]).then(([newest, older]) =>
      [newest, ...older].slice(0, KEYS_PUBLISHED_MAX),
    )
    await this.#keys
  }

  /** Signs claims with RS256, naming the key in `kid`. */
  async sign(claims: JWTPayload): Promise<string> {
    const [newest] = await this.#all()
    if (!newest) throw new TypeError('A key ring is never empty.')
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: newest.kid })
      .sign(newest.privateKey)
  }

  /** The public halves, as a JSON web key set. */
  async published(): Promise<JSONWebKeySet> {
    return { keys: (await this.#all()).map((key) => key.published) }
  }

  /** Finds the public half that a token names, as `jwtVerify` asks for it. */
  async finder(): Promise<JWTVerifyGetKey> {
    const keys = await this.#all()
    const finder = finders.get(keys) ?? createLocalJWKSet(await this.published())
    finders.set(keys, finder)
    return finder
  }

  #all(): Promise<readonly Key[]> {
    this.#keys ??= this.#make().then((key) => [key])
    return this.#keys
  }
}

/** Makes a fresh RSA key. */
export async function makeKey(): Promise<Key> {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true })
  const jwk = await exportJWK(publicKey)
  const kid = await calculateJwkThumbprint(jwk)
  return { kid, privateKey, published: { ...jwk, kid, x5t: kid, use: 'sig', alg: 'RS256' } }
}
