/**
 * How an answer of the emulator is held against the documented one. Every member the example shows, and
 * not as null, must be there with the same kind of value, and its type, state and status must say the
 * same. What an example cannot settle is left open:
 * - which kind of identity somebody has, and what an open identity carries besides;
 * - whom a list names: entries are compared where both lists have one, and a collection must have one;
 * - what of a mediaConfig is given back, beyond its type;
 * - annotations but `@odata.type`, and members that no table of the metadata has.
 */
import { identityKinds } from '../../machines/party.ts'
import type { Json } from '../../machines/words.ts'
import { isObject, type JsonObject } from '../../src/graph/json.ts'
import { propertiesOf } from './surface.ts'

/** Members whose values are words of Graph rather than choices of an example. */
const SAYS_THE_SAME: ReadonlySet<string> = new Set(['@odata.type', 'state', 'status', 'direction'])

/** Where the shape differs, in words; `undefined` where it does not. */
export function misshapen(
  documented: Json | undefined,
  ours: Json | undefined,
  path = 'body',
): string | undefined {
  if (documented === undefined || documented === null) return undefined
  if (ours === undefined || ours === null) return `it lacks ${path}`
  if (Array.isArray(documented)) return misshapenList(documented, ours, path)
  if (isObject(documented)) return misshapenObject(documented, ours, path)
  return typeof documented === typeof ours
    ? undefined
    : `${path} is a ${typeof ours}, documented is a ${typeof documented}`
}

function misshapenList(documented: readonly Json[], ours: Json, path: string) {
  if (!Array.isArray(ours)) return `${path} is no list`
  const [[first], [own]] = [documented, ours]
  if (own === undefined)
    return path === 'body.value' && first ? 'the collection is empty' : undefined
  return misshapen(first, own, `${path}.0`)
}

function misshapenObject(documented: JsonObject, ours: Json, path: string): string | undefined {
  if (!isObject(ours)) return `${path} is no object`
  return Object.entries(documented)
    .filter(([member]) => isSettled(member, documented))
    .map(([member, value]) => misshapenMember(member, value, ours[member], `${path}.${member}`))
    .find((found) => found !== undefined)
}

function misshapenMember(
  member: string,
  documented: Json | undefined,
  ours: Json | undefined,
  path: string,
) {
  if (SAYS_THE_SAME.has(member) && typeof documented === 'string' && ours !== undefined)
    return otherWord(documented, ours, path)
  if (isIdentitySet(documented)) return isIdentitySet(ours) ? undefined : `it lacks ${path}`
  if (member === 'mediaConfig' && isObject(documented))
    return misshapen({ '@odata.type': documented['@odata.type'] }, ours, path)
  return misshapen(documented, ours, path)
}

function isIdentitySet(value: Json | undefined): boolean {
  return isObject(value) && identityKinds.some((kind) => isObject(value[kind]))
}

/** Whether the metadata knows the member: of the object's own type where the example tells it. */
function isSettled(member: string, { '@odata.type': type }: JsonObject): boolean {
  if (member.startsWith('@')) return member === '@odata.type'
  const properties = propertiesOf(typeof type === 'string' ? type : undefined)
  return member === 'value' || properties.has(member)
}

function otherWord(documented: string, ours: Json | undefined, path: string): string | undefined {
  return documented.toLowerCase() === String(ours).toLowerCase()
    ? undefined
    : `${path} is ${JSON.stringify(ours)}, documented is "${documented}"`
}
