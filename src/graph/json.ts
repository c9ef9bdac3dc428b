/** JSON from outside, made safe to keep: bounded in depth, free of keys that could poison an object. */
import type { Json } from '../../machines/words.ts'

export type JsonObject = { readonly [member: string]: Json | undefined }

/** Deeper nesting than this is refused, so that nothing later recurses without end. */
const DEEPEST = 64

const POISONOUS_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

/** Thrown by `jsonOf` when a value nests deeper than 64 levels. */
export class TooDeepError extends Error {}

/** A copy of any value as plain JSON; what JSON cannot hold becomes null. Throws `TooDeepError`. */
export function jsonOf(value: unknown, levelsLeft = DEEPEST): Json {
  if (typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value !== 'object' || value === null) return null
  if (levelsLeft === 0) throw new TooDeepError()
  if (Array.isArray(value)) return value.map((item) => jsonOf(item, levelsLeft - 1))
  const copy: Record<string, Json> = {}
  for (const [key, member] of Object.entries(value)) {
    if (!POISONOUS_KEYS.has(key)) copy[key] = jsonOf(member, levelsLeft - 1)
  }
  return copy
}

/** Whether a JSON value is an object. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The object without the members that are undefined. */
export function present(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, member]) => member !== undefined))
}
