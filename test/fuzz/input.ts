/** One thing sent to the door: a mutated body, and everything else a request has, mostly as it should be. */
import fc from 'fast-check'
import type { Json } from '../../machines/words.ts'
import { OTHER_TENANT, TENANT } from '../security/door.ts'
import { anyMutation, mutate } from './mutation.ts'
import { anyNotification, KNOWN } from './notification.ts'

export type Input = {
  readonly body: Json
  /** What is done to the bytes on their way. */
  readonly harm: Harm
  readonly path: string
  readonly method: string
  readonly type: string
  readonly tenant: string | null
}

type Harm =
  | { readonly kind: 'none' }
  | { readonly kind: 'cut'; readonly at: number }
  | { readonly kind: 'byte'; readonly at: number; readonly byte: number }
  | { readonly kind: 'text'; readonly text: string }

/** Mostly the first: what is wrong in every way at once only ever meets the first check. */
function mostly<Value>(usual: Value, ...others: readonly Value[]): fc.Arbitrary<Value> {
  return fc.oneof(
    { weight: 20, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  )
}

const harm = fc.oneof<fc.WeightedArbitrary<Harm>[]>(
  { weight: 12, arbitrary: fc.constant({ kind: 'none' }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cut'), at: fc.nat() }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('byte'), at: fc.nat(), byte: fc.nat(255) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('text'),
      text: fc.constantFrom(
        '',
        '\uFEFF{}',
        '{"value":[],"value":[{}]}',
        '['.repeat(50_000),
        '{"a":'.repeat(50_000),
        '1e999999',
        'null',
        '{"callState":"incoming"}',
      ),
    }),
  },
)

const items = fc
  .array(fc.tuple(anyNotification, fc.array(anyMutation, { maxLength: 3 })), {
    minLength: 1,
    maxLength: 4,
  })
  .map((mutated) => mutated.map(([item, mutations]) => mutations.reduce(mutate, item)))
const body = fc
  .tuple(items, fc.option(anyMutation, { freq: 5, nil: undefined }))
  .map(([value, mutation]) => {
    const whole = { '@odata.type': '#microsoft.graph.commsNotifications', value }
    return mutation ? mutate(whole, mutation) : whole
  })

export const anyInput: fc.Arbitrary<Input> = fc.record({
  body,
  harm,
  path: fc.oneof(
    mostly('/api/calls', `/api/calls/${KNOWN}`, '/api/calls/stranger-1'),
    mostly('/api/calls', '/api/calls/', '/api/calls/%2e%2e', '/api/calls/a/b', '/admin', '//x'),
  ),
  method: mostly('POST', 'PUT', 'GET', 'OPTIONS', 'DELETE'),
  type: mostly(
    'application/json',
    'application/json; charset=utf-16',
    'text/plain',
    'application/xml',
  ),
  tenant: mostly<string | null>(TENANT, OTHER_TENANT, null),
})

/** The bytes as they are sent, `KNOWN` made the id of the call that is under way. */
export function bytesOf({ body, harm }: Input, callId: string): Uint8Array<ArrayBuffer> {
  const text = harm.kind === 'text' ? harm.text : JSON.stringify(body)
  const bytes = new TextEncoder().encode(text.replaceAll(KNOWN, callId))
  if (harm.kind === 'cut') return bytes.slice(0, harm.at % bytes.length)
  if (harm.kind === 'byte') bytes[harm.at % bytes.length] = harm.byte
  return bytes
}
