/** Tones and recording tokens may not be kept, and nobody knows where an unknown shape hides them. */
import type { Json } from '../../machines/words.ts'
import { isObject } from './json.ts'

const PRIVATE_MEMBERS: ReadonlySet<string> = new Set(['toneInfo', 'recordingAccessToken'])

/** The value without its private parts, however deep they lie. */
export function withoutPrivateParts(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutPrivateParts)
  if (!isObject(value)) return value
  const kept = Object.entries(value).filter(([key]) => !PRIVATE_MEMBERS.has(key))
  return Object.fromEntries(kept.map(([key, member]) => [key, withoutPrivateParts(member ?? null)]))
}
