/** Graph's notifications at the door: let in, read, taken durably, and only then acknowledged. */
import type { Context, Hono } from 'hono'
import type { Clock } from '../clock.ts'
import type { Intake, Verdict } from '../engine/intake.ts'
import { TimedOutError, TooLongError } from '../graph/body.ts'
import { type ParsedBody, parseNotifications } from '../graph/parse.ts'
import { atMost } from './crowd.ts'
import { isLegacy } from './legacy.ts'
import { postedOf } from './posted.ts'
import type { Verification, Verify } from './verify.ts'

export type NotificationsOptions = {
  readonly verify: Verify
  readonly intake: Intake
  readonly clock: Clock
  readonly mostBytes: number
  /** Posts taken in at once. */
  readonly mostPosts: number
}

/** What the last step of a request needs from the ones before. */
type Delivered = { readonly tenantId: string; readonly key?: string | undefined }

const KEY = /^[A-Za-z0-9_-]{1,128}$/
const RETRY_AFTER_SECONDS = 1
/** A body still on its way after this is given up: who sends a byte a minute holds no connection. */
const BODY_TIMEOUT_MS = 10_000

/**
 * `POST /api/calls` and `POST /api/calls/:key`, the per-call callback: 202 says that what was sent is
 * durable. Alone on their paths, so that Hono composes nothing for each request.
 */
export function addNotifications(app: Hono, options: NotificationsOptions): void {
  const { verify, clock, mostBytes, mostPosts } = options
  const admit = atMost(mostPosts)
  const full = (context: Context) =>
    unavailable(context, `${mostPosts} notifications are being taken in.`, RETRY_AFTER_SECONDS)

  async function post(context: Context, key?: string): Promise<Response> {
    const posted = postedOf(context)
    if (Number(posted.header('content-length') ?? 0) > mostBytes) return tooLong(context, mostBytes)
    const verification = await verify(posted.header('authorization'))
    if (verification.kind !== 'allowed') return refusal(context, verification)
    if (!isJson(posted.header('content-type')))
      return context.json({ error: 'The body must be application/json.' }, 415)
    let body: unknown
    try {
      body = JSON.parse(await posted.text({ clock, timeoutMs: BODY_TIMEOUT_MS, mostBytes }))
    } catch (error) {
      return unreadable(context, error, mostBytes)
    }
    return take(context, body, { tenantId: verification.tenantId, key }, options)
  }

  app.post('/api/calls', (context) =>
    admit(
      () => post(context),
      () => full(context),
    ),
  )
  app.post('/api/calls/:key', async (context) => {
    const key = context.req.param('key')
    if (!KEY.test(key)) return context.json({ error: 'No such path.' }, 404)
    return admit(
      () => post(context, key),
      () => full(context),
    )
  })
}

async function take(
  context: Context,
  body: unknown,
  { tenantId, key }: Delivered,
  { intake, clock }: NotificationsOptions,
): Promise<Response> {
  if (isLegacy(body)) return context.body(null, 204)
  const parsed = parseNotifications(body)
  const atMs = clock.now()
  const verdicts = await intake(
    parsed.notifications.map((notification) => ({ key, tenantId, notification, atMs })),
  )
  const waits = verdicts.filter((verdict) => verdict.kind === 'unavailable')
  if (waits.length > 0) {
    const seconds = Math.max(...waits.map(({ retryAfterSeconds }) => retryAfterSeconds))
    return unavailable(context, waits[0]?.reason ?? '', seconds)
  }
  const refused = [...parsed.refused, ...refusedBy(verdicts, parsed)]
  if (!verdicts.some(({ kind }) => kind === 'accepted'))
    return context.json(
      { error: 'The body holds no notification that can be taken.', refused },
      400,
    )
  const response = verdicts.find((verdict) => verdict.kind === 'accepted' && verdict.response)
  if (response?.kind === 'accepted' && response.response)
    return context.json(response.response, 200)
  return refused.length > 0 ? context.json({ refused }, 202) : context.body(null, 202)
}

function refusedBy(verdicts: readonly Verdict[], { notifications }: ParsedBody) {
  return verdicts.flatMap((verdict, index) =>
    verdict.kind === 'refused'
      ? [{ callId: notifications[index]?.callId, reason: verdict.reason }]
      : [],
  )
}

function refusal(
  context: Context,
  { kind, reason }: Exclude<Verification, { kind: 'allowed' }>,
): Response {
  switch (kind) {
    case 'unproven':
      return context.json({ error: reason }, 401, { 'WWW-Authenticate': 'Bearer' })
    case 'forbidden':
      return context.json({ error: reason }, 403)
    case 'unavailable':
      return unavailable(context, reason, RETRY_AFTER_SECONDS)
  }
}

function unreadable(context: Context, error: unknown, mostBytes: number): Response {
  if (error instanceof TooLongError) return tooLong(context, mostBytes)
  if (error instanceof TimedOutError)
    return context.json({ error: 'The body took too long.' }, 408, { Connection: 'close' })
  const isRead = error instanceof SyntaxError
  return context.json({ error: `The body ${isRead ? 'is not JSON' : 'broke off'}.` }, 400)
}

function unavailable(context: Context, reason: string, seconds: number): Response {
  return context.json({ error: reason }, 503, { 'Retry-After': String(Math.ceil(seconds)) })
}

function tooLong(context: Context, mostBytes: number): Response {
  return context.json({ error: `The body is longer than ${mostBytes} bytes.` }, 413)
}

function isJson(contentType: string | undefined): boolean {
  return /^application\/([a-z.+-]+\+)?json\s*(;|$)/i.test(contentType ?? '')
}
