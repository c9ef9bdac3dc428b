/** Snapshots and events as text: all of them JSON, nothing of them private. */
import type { AnyEventObject, Snapshot } from 'xstate'
import { flawIn } from './flaw.ts'

/** Which properties of which events may not be kept: paths such as `toneInfo.tone`, by event type. */
export type PrivatePaths = {
  /** The key is an event's type, or its first word and a star: `recording.*`. */
  readonly [eventType: string]: readonly string[]
}

/** An event as text, and whether something had to be left out of it. */
export type EncodedEvent = { readonly text: string; readonly hadPrivate: boolean }

/** Thrown when a bot put something into its context that text cannot hold. */
export class CodecError extends Error {
  readonly code: 'snapshot.notJson' | 'text.unreadable'
  /** One sentence: what to do about it. */
  readonly fix: string

  constructor(code: CodecError['code'], what: string, fix: string, cause?: unknown) {
    super(`${what} ${fix}`, cause === undefined ? undefined : { cause })
    this.name = 'CodecError'
    this.code = code
    this.fix = fix
  }
}

/**
 * An actor's persisted snapshot as JSON, `context.private` emptied; throws `CodecError` naming the path
 * of the first value that JSON would lose.
 */
export function encodeSnapshot(persisted: object): string {
  const open = withoutInputs(withoutPrivateContext(persisted))
  refuseLoss(open)
  return JSON.stringify(open)
}

/** Throws `CodecError` naming the path of the first value in a snapshot, or in a part of one, that JSON would lose. */
export function refuseLoss(snapshot: object): void {
  const flaw = flawIn(snapshot)
  if (flaw === undefined) return
  throw new CodecError(
    'snapshot.notJson',
    `The chart keeps ${flaw.found} in ${flaw.path}, which would be lost when the call is stored.`,
    `${flaw.fix}, or keep it under context.private, which never leaves memory.`,
  )
}

function withoutPrivateContext(persisted: object): object {
  if (!('context' in persisted) || !isObject(persisted.context)) return persisted
  if (!('private' in persisted.context)) return persisted
  return { ...persisted, context: { ...persisted.context, private: {} } }
}

/** An invocation's input may be private, and is kept where the invocation is owed: in the outbox. */
function withoutInputs(persisted: object): object {
  if (!('children' in persisted) || !isObject(persisted.children)) return persisted
  const children = Object.entries(persisted.children)
  if (children.length === 0) return persisted
  return {
    ...persisted,
    children: Object.fromEntries(
      children.map(([id, child]) => [id, without(child, ['snapshot', 'input'])]),
    ),
  }
}

/** The snapshot that `encodeSnapshot` wrote, its `context.private` empty. */
export function decodeSnapshot(text: string): Snapshot<unknown> {
  const value = parse(text)
  if (isSnapshot(value)) return value
  throw unreadable('snapshot', text, value)
}

/** An event as JSON without its private parts. */
export function encodeEvent(event: AnyEventObject, privatePaths: PrivatePaths): EncodedEvent {
  const { type } = event
  const dot = type.indexOf('.')
  const exact = pathsUnder(type, privatePaths)
  const byNoun = dot < 0 ? none : pathsUnder(`${type.slice(0, dot)}.*`, privatePaths)
  if (exact === none && byNoun === none) return { text: JSON.stringify(event), hadPrivate: false }
  const open = [...exact, ...byNoun].reduce<unknown>(
    (rest, path) => without(rest, path.split('.')),
    event,
  )
  return { text: JSON.stringify(open), hadPrivate: open !== event }
}

const none: readonly string[] = []

function pathsUnder(eventType: string, privatePaths: PrivatePaths): readonly string[] {
  return Object.hasOwn(privatePaths, eventType) ? (privatePaths[eventType] ?? none) : none
}

/** A copy that lacks the property at a path, or the value itself if it has none; lists count entry by entry. */
function without(value: unknown, path: readonly string[]): unknown {
  if (Array.isArray(value)) {
    const entries = value.map((entry) => without(entry, path))
    return entries.some((entry, index) => entry !== value[index]) ? entries : value
  }
  const [name, ...deeper] = path
  if (name === undefined || !isObject(value) || !Object.hasOwn(value, name)) return value
  const { [name]: found, ...rest } = value
  if (deeper.length === 0) return rest
  const kept = without(found, deeper)
  return kept === found ? value : { ...value, [name]: kept }
}

/** The event that `encodeEvent` wrote. */
export function decodeEvent(text: string): AnyEventObject {
  const value = parse(text)
  if (isEvent(value)) return value
  throw unreadable('event', text, value)
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null
}

function isSnapshot(value: unknown): value is Snapshot<unknown> {
  return isObject(value) && statuses.has(value.status)
}

const statuses: ReadonlySet<unknown> = new Set(['active', 'done', 'error', 'stopped'])

function isEvent(value: unknown): value is AnyEventObject {
  return isObject(value) && typeof value.type === 'string'
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Its text is not quoted: people's names may stand there. */
function unreadable(kind: string, text: string, value: unknown): CodecError {
  const flaw = value === undefined ? 'are not JSON' : `are JSON, but no ${kind}`
  return new CodecError(
    'text.unreadable',
    `A stored ${kind} cannot be read: its ${text.length} characters ${flaw}.`,
    'The database was changed by something else; restore it from a backup.',
  )
}
