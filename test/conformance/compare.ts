/**
 * How a body of ours is held against a documented one. They must be deep-equal, but for these rules:
 * - null and absent are the same (facts: both occur);
 * - an `@odata.type` of ours where the example leaves it out is welcome, a wrong or missing one is not;
 * - `callbackUri` and `clientContext` are the engine's own: their values differ, and ours may be there
 *   where the example leaves it out, for both are optional;
 * - ids are the same in any case, with hyphens or without.
 */
import type { Json } from '../../machines/words.ts'
import { sameId } from '../../src/graph/ids.ts'
import { isObject, type JsonObject } from '../../src/graph/json.ts'

const ENGINES_OWN: ReadonlySet<string> = new Set(['callbackUri', 'clientContext'])

/** Where ours differs from the documented value, in words; `undefined` where it does not. */
export function difference(
  documented: Json | undefined,
  ours: Json | undefined,
  path = 'body',
): string | undefined {
  if (isNothing(documented) && isNothing(ours)) return undefined
  if (Array.isArray(documented) && Array.isArray(ours))
    return differenceInLists(documented, ours, path)
  if (isObject(documented) && isObject(ours)) return differenceInObjects(documented, ours, path)
  if (typeof documented === 'string' && typeof ours === 'string')
    return sameId(documented) === sameId(ours) ? undefined : says(path, documented, ours)
  return documented === ours ? undefined : says(path, documented, ours)
}

function differenceInLists(documented: readonly Json[], ours: readonly Json[], path: string) {
  if (documented.length !== ours.length)
    return `${path} has ${ours.length} entries, not ${documented.length}`
  return firstOf(
    documented.map((entry, index) => difference(entry, ours[index], `${path}.${index}`)),
  )
}

function differenceInObjects(documented: JsonObject, ours: JsonObject, path: string) {
  const members = new Set([...Object.keys(documented), ...Object.keys(ours)])
  return firstOf(
    [...members].map((member) => {
      const [theirs, own] = [documented[member], ours[member]]
      const isAdded = isNothing(theirs) && !isNothing(own)
      if (isAdded && (member === '@odata.type' || ENGINES_OWN.has(member))) return undefined
      if (!isNothing(theirs) && !isNothing(own) && ENGINES_OWN.has(member)) return undefined
      return difference(theirs, own, `${path}.${member}`)
    }),
  )
}

/**
 * What of a documented value is not in what was read of it, in words. Reading may spell words and ids
 * its own way, read numbers out of texts, and leave nulls out; it may lose nothing else.
 */
export function lost(
  documented: Json | undefined,
  read: Json | undefined,
  path = 'body',
): string | undefined {
  if (isNothing(documented)) return undefined
  if (Array.isArray(documented)) {
    const entries: readonly Json[] = Array.isArray(read) ? read : []
    return firstOf(
      documented.map((entry, index) => lost(entry, entries[index], `${path}.${index}`)),
    )
  }
  if (isObject(documented)) {
    if (!isObject(read)) return `${path} was lost`
    return firstOf(
      Object.entries(documented).map(([member, value]) => {
        if (member === 'resultInfo') return lostResult(value, read[member], `${path}.${member}`)
        if (member === 'toneInfo') return lost(untyped(value), read[member], `${path}.${member}`)
        return lost(value, read[member], `${path}.${member}`)
      }),
    )
  }
  if (isNothing(read)) return `${path} was lost`
  return plain(documented) === plain(read) ? undefined : says(path, documented, read)
}

function lostResult(documented: Json | undefined, read: Json | undefined, path: string) {
  if (!isObject(documented)) return undefined
  const { code, subcode, subCode, message } = documented
  return lost(
    { code: code ?? null, subcode: subcode ?? subCode ?? null, message: message ?? null },
    read,
    path,
  )
}

/** A value that is read whole needs no type. */
function untyped(value: Json | undefined): Json | undefined {
  if (!isObject(value)) return value
  const { '@odata.type': _type, ...members } = value
  return members
}

function plain(value: Json | undefined): string {
  return sameId(String(value)).toLowerCase()
}

function isNothing(value: Json | undefined): value is null | undefined {
  return value === null || value === undefined
}

function firstOf(found: readonly (string | undefined)[]): string | undefined {
  return found.find((each) => each !== undefined)
}

function says(path: string, documented: Json | undefined, ours: Json | undefined): string {
  return `${path} is ${short(ours)}, documented is ${short(documented)}`
}

function short(value: Json | undefined): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}
