/** Who may come in: the admin token, or a cookie made of it, and no page of another origin. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { z } from 'zod'
import { refuse } from './answers.ts'
import { readBody } from './asked.ts'

export type DoorOptions = {
  readonly token: string
  /** Where the bot is reached, path and all. */
  readonly publicUrl: () => string
}

const COOKIE = 'callchart_admin'
const COOKIE_SECONDS = 12 * 60 * 60

/** Lets in who has the token; everybody may try to log in. To be mounted before all else. */
export function createDoor({ token, publicUrl }: DoorOptions): Hono {
  const ticket = createHmac('sha256', token).update('callchart admin cookie').digest('base64url')
  const door = new Hono()

  const cookie = () =>
    ({
      path: `${new URL(publicUrl()).pathname.replace(/\/$/, '')}/admin`,
      httpOnly: true,
      sameSite: 'Strict',
      secure: publicUrl().startsWith('https:'),
      maxAge: COOKIE_SECONDS,
    }) as const

  door.use(async (context, next) => {
    context.header('Cache-Control', 'no-store')
    const origin = context.req.header('Origin')
    if (origin !== undefined && !isOwn(origin, context, publicUrl())) return foreign(context)
    return next()
  })

  door.post('/login', async (context) => {
    const wish = await readBody(context, z.strictObject({ token: z.string().max(1_000) }))
    if (!isSame(wish.token, token)) return unknown(context)
    setCookie(context, COOKIE, ticket, cookie())
    return context.body(null, 204)
  })

  door.post('/logout', (context) => {
    deleteCookie(context, COOKIE, cookie())
    return context.body(null, 204)
  })

  door.use(async (context, next) => {
    const bearer = /^Bearer (.+)$/i.exec(context.req.header('Authorization') ?? '')?.[1]
    if (bearer !== undefined) return isSame(bearer, token) ? next() : unknown(context)
    const shown = getCookie(context, COOKIE)
    if (shown === undefined || !isSame(shown, ticket)) return unknown(context)
    // A browser says where a request that changes something comes from; one that does not is not asked for.
    if (!isReading(context) && context.req.header('Origin') === undefined) return foreign(context)
    return next()
  })
  return door
}

function isReading({ req }: Context): boolean {
  return req.method === 'GET' || req.method === 'HEAD'
}

/** Compared as digests: neither length nor content can be timed. */
function isSame(shown: string, expected: string): boolean {
  return timingSafeEqual(digest(shown), digest(expected))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/** The page is ours if it came from where we are reached, by the public name or the one asked for. */
function isOwn(origin: string, { req }: Context, publicUrl: string): boolean {
  return origin === new URL(publicUrl).origin || origin === new URL(req.url).origin
}

function unknown(context: Context): Response {
  context.header('WWW-Authenticate', 'Bearer realm="callchart admin"')
  return refuse(context, 401, {
    code: 'admin.unknown',
    what: 'The admin API was asked without its token, or with a wrong one.',
    fix: 'Set CALLCHART_ADMIN_TOKEN to the bot\'s own. Over HTTP it is sent as "Authorization: Bearer …"; the console asks for it.',
  })
}

function foreign(context: Context): Response {
  return refuse(context, 403, {
    code: 'admin.foreignOrigin',
    what: 'A page of another origin, or one that hides its origin, asked the admin API.',
    fix: 'Use the console that this engine serves, or a script with the token.',
  })
}
