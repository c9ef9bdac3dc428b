/** Keys of a dial pad and Graph's names for them. */
import type { Tone } from './schemas.ts'
import { tones } from './schemas.ts'

const keyOf: Partial<Readonly<Record<Tone, string>>> = { star: '*', pound: '#' }

/** The key as it is printed, e.g. `1`, `#`. */
export function dialPadKey(tone: Tone): string {
  return keyOf[tone] ?? tone.replace(/^tone/, '').toUpperCase()
}

/** Graph's name for a key, given as printed or as that name. */
export function toneOf(key: string): Tone | undefined {
  const wanted = key.trim().toLowerCase()
  return tones.find((tone) => tone === wanted || dialPadKey(tone).toLowerCase() === wanted)
}
