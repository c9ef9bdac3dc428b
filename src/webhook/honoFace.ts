/** Notifications at a Hono app, as web requests and responses. */
import type { Context, Hono } from 'hono'
import { textInTime } from '../graph/body.ts'
import type { Answer, Post, Posted } from './notifications.ts'

/** Adds `POST /api/calls` and `POST /api/calls/:key`, the per-call callback. */
export function addNotifications(app: Hono, post: Post): void {
  app.post('/api/calls', async (context) => respond(context, await post(postedTo(context))))
  app.post('/api/calls/:key', async (context) =>
    respond(context, await post(postedTo(context), context.req.param('key'))),
  )
}

function postedTo({ req }: Context): Posted {
  return {
    header: (name) => req.header(name),
    text: ({ clock, timeoutMs, mostBytes }) =>
      textInTime(clock, timeoutMs, req.raw.body, mostBytes),
  }
}

function respond(context: Context, { status, body, headers }: Answer): Response {
  if (body === undefined || status === 204) return context.body(null, status, headers)
  return context.json(body, status, headers)
}
