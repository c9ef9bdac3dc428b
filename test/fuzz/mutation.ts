/** Changes to a JSON text that keep most of its structure: what breaks one assumption at a time. */
import fc from 'fast-check'
import type { Json } from '../../machines/words.ts'

/** One change, at a place counted through the whole tree. */
export type Mutation = { readonly at: number; readonly deed: Deed }

type Deed =
  | { readonly kind: 'remove' }
  | { readonly kind: 'replace'; readonly by: Json }
  | { readonly kind: 'repeat'; readonly times: number }
  | { readonly kind: 'nest'; readonly levels: number }
  | { readonly kind: 'rename'; readonly to: string }

/** Addresses that would lead elsewhere, were they followed. */
const trickyUrls = [
  'https://evil.example/communications/calls/known-call',
  '//evil.example/communications/calls/known-call',
  '/communications/calls/../../users/me',
  '/communications/calls/%2e%2e%2fusers',
  '/communications/calls/known-call/../../../beta/users',
  '/communications/calls/known-call/operations/..%2f..%2fusers',
  '/communications/calls/known-call?$expand=participants',
  '/communications/calls/known-call#',
  '/communications/calls/known-call@evil.example',
  '/communications/calls/known-call\\..\\users',
  '/communications/calls/known-call\r\nHost: evil.example',
]
/** Rare: writing and reading them is what takes the time. */
const huge = fc.constantFrom<Json[]>('a'.repeat(100_000), Array(10_001).fill({}))
const small = fc.oneof<fc.Arbitrary<Json>[]>(
  fc.constantFrom<Json[]>(
    null,
    true,
    0,
    -1,
    1e308,
    '',
    '..',
    '\u0000',
    '\uD800',
    '{"error":{}}',
    [],
    {},
    [[]],
    [null],
  ),
  fc.constantFrom(...trickyUrls),
  fc.string(),
  fc.jsonValue({ maxDepth: 3 }).map(plain),
)
const strange = fc.oneof({ weight: 100, arbitrary: small }, { weight: 1, arbitrary: huge })
const poison = fc.constantFrom(
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'then',
  'length',
)

export const anyMutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat(),
  deed: fc.oneof<fc.Arbitrary<Deed>[]>(
    fc.constant({ kind: 'remove' }),
    fc.record({ kind: fc.constant('replace'), by: strange }),
    fc.record({ kind: fc.constant('repeat'), times: fc.constantFrom(2, 3, 40) }),
    fc.record({ kind: fc.constant('nest'), levels: fc.constantFrom(1, 70, 500) }),
    fc.record({ kind: fc.constant('rename'), to: fc.oneof(poison, fc.string({ maxLength: 8 })) }),
  ),
})

/** The value with the change made; `at` counts round the tree, so that it is always somewhere. */
export function mutate(value: Json, { at, deed }: Mutation): Json {
  const counter = { left: at % sizeOf(value) }
  return walk(value, counter, deed) ?? null
}

function sizeOf(value: Json): number {
  return childrenOf(value).reduce<number>((sum, child) => sum + sizeOf(child), 1)
}

function childrenOf(value: Json): readonly Json[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).map((child) => child ?? null)
}

/** Walks in the order `sizeOf` counts; the value at nought is changed, `undefined` when removed. */
function walk(value: Json, counter: { left: number }, deed: Deed): Json | undefined {
  if (counter.left-- === 0) return changed(value, deed)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.flatMap((child) => walkMember(child, counter, deed))
  const members = Object.entries(value).flatMap(([key, child]) => {
    const isHere = counter.left === 0
    const next = walk(child ?? null, counter, deed)
    const name = isHere && deed.kind === 'rename' ? deed.to : key
    return next === undefined ? [] : [[name, next] as const]
  })
  // Not assigned one by one: `__proto__` shall be a member like any other.
  return Object.fromEntries(members)
}

function walkMember(child: Json, counter: { left: number }, deed: Deed): readonly Json[] {
  const next = walk(child, counter, deed)
  return next === undefined ? [] : [next]
}

function changed(value: Json, deed: Deed): Json | undefined {
  switch (deed.kind) {
    case 'remove':
      return undefined
    case 'replace':
      return deed.by
    case 'repeat':
      return Array<Json>(deed.times).fill(value)
    case 'nest':
      return nested(value, deed.levels)
    case 'rename':
      return value
  }
}

function nested(value: Json, levels: number): Json {
  let outer = value
  for (let level = 0; level < levels; level++) outer = level % 2 === 0 ? [outer] : { in: outer }
  return outer
}

/** fast-check's own JSON type, read as ours. */
function plain(value: unknown): Json {
  return JSON.parse(JSON.stringify(value))
}
