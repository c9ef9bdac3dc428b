/** What an event held, as it may be shown: what may not be kept was never stored, and is said to be missing. */
import { privateParts } from '../../machines/privacy.ts'
import type { Json, JsonObject } from './protocol.ts'

/** Stands where something private was. */
const HIDDEN = '(private)'

/** Members that are private wherever they stand: a second lock, should one ever be stored. */
const PRIVATE: ReadonlySet<string> = new Set(['tone', 'tones', 'recordingAccessToken', 'private'])

/** Any value as JSON that may be shown. */
export function shown(value: unknown): Json {
  if (Array.isArray(value)) return value.map(shown)
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined)
    return Object.fromEntries(
      members.map(([name, member]) => [name, PRIVATE.has(name) ? HIDDEN : shown(member)]),
    )
  }
  if (typeof value === 'string' || typeof value === 'boolean') return value
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

/** An event's payload: all but its type, and a word in the place of every private part. */
export function payloadOf(event: { readonly type: string }): Json {
  const { type, ...rest } = event
  const paths = privateParts[type] ?? []
  return paths.reduce((payload, path) => marked(payload, path.split('.')), shown(rest))
}

function marked(value: Json, [name, ...deeper]: readonly string[]): Json {
  if (name === undefined || !isObject(value)) return value
  if (deeper.length === 0) return { ...value, [name]: HIDDEN }
  const inner = value[name]
  return inner === undefined ? value : { ...value, [name]: marked(inner, deeper) }
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
