/**
 * Graph's notifications at the door: let in, read, taken durably, and only then acknowledged. Knows no web
 * framework: what is posted comes in, what to answer goes out.
 */
import type { Clock } from '../clock.ts'
import type { Intake, Verdict } from '../engine/intake.ts'
import { Bodies } from '../graph/bodies.ts'
import { TimedOutError, TooLongError } from '../graph/body.ts'
import { type ParsedBody, parseNotifications } from '../graph/parse.ts'
import type { Observers } from '../telemetry/observers.ts'
import { Crowd } from './crowd.ts'
import { isLegacy } from './legacy.ts'
import type { Verification, Verify } from './verify.ts'

export type NotificationsOptions = {
  readonly verify: Verify
  readonly intake: Intake
  readonly clock: Clock
  readonly observers: Observers
  readonly mostBytes: number
  /** Posts taken in at once. */
  readonly mostPosts: number
}

/** A POST, whoever holds it. */
export type Posted = {
  readonly header: (name: 'authorization' | 'content-length' | 'content-type') => string | undefined
  /** The body; throws `TooLongError`, `TimedOutError`, or whatever broke it off. */
  readonly text: (limits: BodyLimits) => Promise<string>
}

export type BodyLimits = {
  readonly clock: Clock
  readonly timeoutMs: number
  readonly mostBytes: number
}

/** What to answer; a body is sent as JSON. */
export type Answer = {
  readonly status: 200 | 202 | 204 | 302 | 400 | 401 | 403 | 404 | 408 | 413 | 415 | 500 | 503
  readonly body?: object
  readonly headers?: { readonly [name: string]: string }
  /** Why whoever posted was not let in, for those who watch. */
  readonly reason?: string
}

/** Answers a post to `/api/calls` or, with the key of its path, to `/api/calls/:key`. Never rejects. */
export type Post = (posted: Posted, key?: string) => Promise<Answer>

const KEY = /^[A-Za-z0-9_-]{1,128}$/
const RETRY_AFTER_SECONDS = 1
/** A body still on its way after this is given up: who sends a byte a minute holds no connection. */
const BODY_TIMEOUT_MS = 10_000

type Allowed = Extract<Verification, { kind: 'allowed' }>
type Taking = NotificationsOptions & { readonly bodies: Bodies }

/** What answers Graph's notifications: 202 says that what was sent is durable. */
export function createPost(options: NotificationsOptions): Post {
  const crowd = new Crowd(options.mostPosts)
  const taking: Taking = { ...options, bodies: new Bodies() }
  const full = unavailable(
    `${options.mostPosts} notifications are being taken in.`,
    RETRY_AFTER_SECONDS,
  )
  const post: Post = async (posted, key) => {
    if (key !== undefined && !KEY.test(key)) return refused(404, 'No such path.')
    if (!crowd.enter()) return full
    try {
      return await answer(posted, key, taking)
    } catch (error) {
      // None is known. One that comes costs this post, not the process; its message may quote the body.
      const name = error instanceof Error ? error.name : typeof error
      process.emitWarning(`A notification could not be taken (${name}).`, 'CallchartWarning')
      return refused(500, 'The notification could not be taken.')
    } finally {
      crowd.leave()
    }
  }
  const { clock, observers } = options
  return (posted, key) => {
    if (!observers.isWatched) return post(posted, key)
    return told(() => post(posted, key), clock, observers)
  }
}

/** The answer, told as it goes out. */
async function told(answering: () => Promise<Answer>, clock: Clock, observers: Observers) {
  const beganMs = clock.elapsedMs()
  const answer = await answering()
  const durationMs = clock.elapsedMs() - beganMs
  const { status, reason } = answer
  const why = reason === undefined ? {} : { reason }
  observers.tell({ kind: 'posted', atMs: clock.now(), status, durationMs, ...why })
  return answer
}

async function answer(posted: Posted, key: string | undefined, taking: Taking): Promise<Answer> {
  const { verify, clock, mostBytes, bodies } = taking
  if (Number(posted.header('content-length') ?? 0) > mostBytes) return tooLong(mostBytes)
  const verification = await verify(posted.header('authorization'))
  if (verification.kind !== 'allowed')
    return { ...refusal(verification), reason: verification.reason }
  if (!isJson(posted.header('content-type')))
    return refused(415, 'The body must be application/json.')
  let body: unknown
  try {
    body = bodies.read(key, await posted.text({ clock, timeoutMs: BODY_TIMEOUT_MS, mostBytes }))
  } catch (error) {
    return unreadable(error, mostBytes)
  }
  return take(body, verification, key, taking)
}

async function take(
  body: unknown,
  { tenantId, appId }: Allowed,
  key: string | undefined,
  { intake, clock }: NotificationsOptions,
): Promise<Answer> {
  if (isLegacy(body)) return { status: 204 }
  const parsed = parseNotifications(body)
  const atMs = clock.now()
  const verdicts = await intake(
    parsed.notifications.map((notification) => ({ key, tenantId, appId, notification, atMs })),
  )
  const elsewhere = elsewhereIn(verdicts)
  if (elsewhere) return elsewhere
  const waits = verdicts.filter((verdict) => verdict.kind === 'unavailable')
  if (waits.length > 0) {
    const seconds = Math.max(...waits.map(({ retryAfterSeconds }) => retryAfterSeconds))
    return unavailable(waits[0]?.reason ?? '', seconds)
  }
  const notTaken = [...parsed.refused, ...refusedBy(verdicts, parsed)]
  if (!verdicts.some(({ kind }) => kind === 'accepted')) {
    const error = 'The body holds no notification that can be taken.'
    return { status: 400, body: { error, refused: notTaken } }
  }
  const response = verdicts.find((verdict) => verdict.kind === 'accepted' && verdict.response)
  if (response?.kind === 'accepted' && response.response)
    return { status: 200, body: response.response }
  return notTaken.length > 0 ? { status: 202, body: { refused: notTaken } } : { status: 202 }
}

/** A body goes elsewhere whole: what was taken of it here must not be taken there too. */
function elsewhereIn(verdicts: readonly Verdict[]): Answer | undefined {
  const [url, ...others] = new Set(
    verdicts.map((verdict) => (verdict.kind === 'elsewhere' ? verdict.url : undefined)),
  )
  if (url !== undefined && others.length === 0) return { status: 302, headers: { Location: url } }
  return verdicts.some(({ kind }) => kind === 'elsewhere')
    ? unavailable('Part of it is for another deployment.', RETRY_AFTER_SECONDS)
    : undefined
}

function refusedBy(verdicts: readonly Verdict[], { notifications }: ParsedBody) {
  return verdicts.flatMap((verdict, index) =>
    verdict.kind === 'refused'
      ? [{ callId: notifications[index]?.callId, reason: verdict.reason }]
      : [],
  )
}

function refusal({ kind, reason }: Exclude<Verification, { kind: 'allowed' }>): Answer {
  switch (kind) {
    case 'unproven':
      return refused(401, reason, { 'WWW-Authenticate': 'Bearer' })
    case 'forbidden':
      return refused(403, reason)
    case 'unavailable':
      return unavailable(reason, RETRY_AFTER_SECONDS)
  }
}

function unreadable(error: unknown, mostBytes: number): Answer {
  if (error instanceof TooLongError) return tooLong(mostBytes)
  if (error instanceof TimedOutError)
    return refused(408, 'The body took too long.', { Connection: 'close' })
  return refused(400, `The body ${error instanceof SyntaxError ? 'is not JSON' : 'broke off'}.`)
}

function unavailable(reason: string, seconds: number): Answer {
  return refused(503, reason, { 'Retry-After': String(Math.ceil(seconds)) })
}

function tooLong(mostBytes: number): Answer {
  return refused(413, `The body is longer than ${mostBytes} bytes.`)
}

function refused(status: Answer['status'], error: string, headers?: Answer['headers']): Answer {
  return { status, body: { error }, ...(headers && { headers }) }
}

function isJson(contentType: string | undefined): boolean {
  return /^application\/([a-z.+-]+\+)?json\s*(;|$)/i.test(contentType ?? '')
}
