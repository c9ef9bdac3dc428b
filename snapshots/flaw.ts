/** What JSON would lose or change in a value, and where. */

/** One value that JSON cannot hold. */
export type Flaw = {
  /** Where it is: `context.menu[2].until`. */
  readonly path: string
  /** What it is: `a Date`. */
  readonly found: string
  /** What to keep instead. */
  readonly fix: string
}

/** Deeper than any sensible context; also the end of an object that contains itself. */
const DEEPEST = 200

/** The first value that would not come back from JSON as it was, or `undefined` when all would. */
export function flawIn(value: unknown): Flaw | undefined {
  return search(value, 0)
}

function search(value: unknown, depth: number): Flaw | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return undefined
    case 'number':
      return Number.isFinite(value) ? undefined : flaw(`${value}`, 'Keep null instead')
    case 'object':
      return value === null ? undefined : searchObject(value, depth)
    default:
      return flaw(withArticle(typeof value), replacements[typeof value] ?? 'Leave it out')
  }
}

function searchObject(value: object, depth: number): Flaw | undefined {
  if (depth > DEEPEST) {
    return flaw(`an object that contains itself, or ${DEEPEST} levels`, 'Keep an id instead')
  }
  if (Array.isArray(value)) return searchList(value, depth)
  return isPlain(value) ? searchProperties(value, depth) : flawOfClass(value)
}

function isPlain(value: object): value is Properties {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** A property that is `undefined` may be lost: to a chart, absent is the same. */
function searchProperties(value: Properties, depth: number): Flaw | undefined {
  for (const name in value) {
    const member = value[name]
    if (member === undefined) continue
    const inner = search(member, depth + 1)
    if (inner !== undefined) return { ...inner, path: joined(name, inner.path) }
  }
  return undefined
}

type Properties = { readonly [name: string]: unknown }

function searchList(list: readonly unknown[], depth: number): Flaw | undefined {
  for (let index = 0; index < list.length; index++) {
    const inner = search(list[index], depth + 1)
    if (inner !== undefined) return { ...inner, path: joined(`[${index}]`, inner.path) }
  }
  return undefined
}

function joined(step: string, rest: string): string {
  return rest === '' || rest.startsWith('[') ? step + rest : `${step}.${rest}`
}

function flawOfClass(value: object): Flaw {
  const name = className(value)
  return flaw(withArticle(name), replacements[name] ?? 'Keep its properties in a plain object')
}

function className(value: object): string {
  const maker: unknown = value.constructor
  return typeof maker === 'function' && maker.name !== '' ? maker.name : 'class instance'
}

function withArticle(noun: string): string {
  return `${/^[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun}`
}

const replacements: { readonly [found: string]: string } = {
  bigint: 'Keep a string instead',
  function: 'Keep the name of an action or guard instead',
  symbol: 'Keep a string instead',
  undefined: 'Keep null in lists instead',
  Date: 'Keep its time in milliseconds instead',
  Map: 'Keep a plain object instead',
  Set: 'Keep a list instead',
  Error: 'Keep its message instead',
}

function flaw(found: string, fix: string): Flaw {
  return { path: '', found, fix }
}
