/** Signatures at once: in the thread pool, chance would decide which of two is done first, and when. */
import { createSign, createVerify, KeyObject, type webcrypto } from 'node:crypto'

const { subtle } = globalThis.crypto
const inThePool = { sign: subtle.sign.bind(subtle), verify: subtle.verify.bind(subtle) }

const HASH = 'RSA-SHA256'

/** How many signatures are remembered: the same key gives the same text the same one, in every world. */
const KNOWN_MAX = 1_000

const signed = new WeakMap<webcrypto.CryptoKey, Map<string, Uint8Array>>()

// Not `crypto.sign` and `verify`: theirs is a job whose end is told only when it is collected.
const atOnce: Pick<typeof subtle, 'sign' | 'verify'> = {
  sign: async (algorithm, key, text) =>
    isRs256(key)
      ? new Uint8Array(signatureOf(key, bytesOf(text))).buffer
      : inThePool.sign(algorithm, key, text),
  verify: async (algorithm, key, signature, text) =>
    isRs256(key)
      ? createVerify(HASH).update(bytesOf(text)).verify(KeyObject.from(key), bytesOf(signature))
      : inThePool.verify(algorithm, key, signature, text),
}

function signatureOf(key: webcrypto.CryptoKey, bytes: Uint8Array): Uint8Array {
  const known = signed.get(key) ?? new Map<string, Uint8Array>()
  signed.set(key, known)
  const text = Buffer.from(bytes).toString('latin1')
  const signature = known.get(text) ?? createSign(HASH).update(bytes).sign(KeyObject.from(key))
  if (known.size >= KNOWN_MAX) known.clear()
  known.set(text, signature)
  return signature
}

/** From now on tokens are signed and verified in the moment in which that is asked for. */
export function signAtOnce(): void {
  Object.assign(subtle, atOnce)
}

/** From now on the thread pool does it again. */
export function signInThePool(): void {
  Object.assign(subtle, inThePool)
}

function isRs256({ algorithm }: webcrypto.CryptoKey): boolean {
  return (
    algorithm.name === 'RSASSA-PKCS1-v1_5' &&
    'hash' in algorithm &&
    JSON.stringify(algorithm.hash) === '{"name":"SHA-256"}'
  )
}

function bytesOf(source: webcrypto.BufferSource): Uint8Array {
  return ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source)
}
