/** JSON from outside, made safe to keep: bounded in depth, free of keys that could poison an object. */
import type { Json } from '../../machines/words.ts'

export type JsonObject = { readonly [member: string]: Json | undefined }

/** Deeper nesting than this is refused, so that nothing later recurses without end. */
const DEEPEST = 64

/** Thrown by `jsonOf` when a value nests deeper than 64 levels. */
export class TooDeepError extends Error {}

/**
 * Any value as plain JSON: itself where it is that already, else a copy in which what JSON cannot hold is
 * null. Throws `TooDeepError`.
 */
export function jsonOf(value: unknown): Json {
  return isSafe(value, DEEPEST) ? value : copyOf(value, DEEPEST)
}

/** What was found to be plain JSON before and is kept, so that it need not be looked through again. */
const proven = new WeakSet<object>()

/** An object as `jsonOf` gives it, known to be so from then on. */
export function provenJson(value: object): object {
  const json = jsonOf(value)
  const object = typeof json === 'object' && json !== null ? json : {}
  proven.add(object)
  return object
}

/** Nearly everything that comes is, and a roster of thousands need then not be copied to know it. */
function isSafe(value: unknown, levelsLeft: number): value is Json {
  if (typeof value === 'string' || typeof value === 'boolean') return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value !== 'object') return false
  if (value === null) return true
  if (levelsLeft === 0) return false
  if (Array.isArray(value)) return isSafeList(value, levelsLeft - 1)
  if (!isPlain(value)) return false
  for (const key in value) {
    if (isPoisonous(key)) return false
    const member = value[key]
    if (typeof member !== 'string' && !isSafe(member, levelsLeft - 1)) return false
  }
  return true
}

function isSafeList(list: readonly unknown[], levelsLeft: number): boolean {
  // Counted, since a list with holes has fewer members than its length and `every` passes over them.
  for (let index = 0; index < list.length; index++) {
    const item = list[index]
    if (typeof item === 'object' && item !== null && proven.has(item)) continue
    if (!isSafe(item, levelsLeft)) return false
  }
  return true
}

function isPlain(value: object): value is { readonly [member: string]: unknown } {
  return Object.getPrototypeOf(value) === Object.prototype
}

function isPoisonous(key: string): boolean {
  return key === '__proto__' || key === 'constructor' || key === 'prototype'
}

function copyOf(value: unknown, levelsLeft: number): Json {
  if (typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value !== 'object' || value === null) return null
  if (levelsLeft === 0) throw new TooDeepError()
  if (Array.isArray(value)) return value.map((item) => copyOf(item, levelsLeft - 1))
  const copy: Record<string, Json> = {}
  for (const [key, member] of Object.entries(value)) {
    if (!isPoisonous(key)) copy[key] = copyOf(member, levelsLeft - 1)
  }
  return copy
}

/** Whether two values are the same JSON; a member that is undefined counts as none. */
export function sameJson(one: Json | undefined, other: Json | undefined): boolean {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object') return false
  if (one === null || other === null) return false
  if (isList(one)) return isList(other) && sameLists(one, other)
  return !isList(other) && sameMembers(one, other)
}

function sameLists(one: readonly Json[], other: readonly Json[]): boolean {
  if (one.length !== other.length) return false
  for (let index = 0; index < one.length; index++) {
    if (!sameJson(one[index], other[index])) return false
  }
  return true
}

function sameMembers(one: JsonObject, other: JsonObject): boolean {
  let surplus = 0
  for (const key in one) {
    const member = one[key]
    const same = typeof member === 'string' ? member === other[key] : sameJson(member, other[key])
    if (!same) return false
    if (member !== undefined) surplus++
  }
  for (const key in other) if (other[key] !== undefined) surplus--
  return surplus === 0
}

/** Whether a JSON value is a list. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

/** Whether a JSON value is an object. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The object without the members that are undefined. */
export function present(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, member]) => member !== undefined))
}
