/** Randomness as a parameter: secure in production, seeded where a run must be replayable. */
import { randomFillSync } from 'node:crypto'
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/** Fills the bytes given with random values and returns them. */
export type RandomBytes = (bytes: Uint8Array) => Uint8Array

/** Randomness that nobody can foretell. */
export const secureRandom: RandomBytes = (bytes) => randomFillSync(bytes)

/** Randomness that one seed replays. */
export function seededRandom(seed: number): RandomBytes {
  const generator = xoroshiro128plus(seed)
  return (bytes) => {
    for (let index = 0; index < bytes.length; index++) bytes[index] = uniformInt(generator, 0, 255)
    return bytes
  }
}

/** A version-4 UUID, lower case with hyphens. */
export function uuid(random: RandomBytes): string {
  const bytes = random(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Buffer.from(bytes).toString('hex')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-')
}
