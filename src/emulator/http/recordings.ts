/** Hands out recordings to whoever shows the recording's own token. */
import { Hono } from 'hono'
import type { Env } from './parts.ts'

export function recordingRoutes(): Hono<Env> {
  const routes = new Hono<Env>()
  routes.get('/recordings/:id', (c) => {
    const { recordings } = c.env.service.world
    const recording = recordings.find(c.req.param('id'))
    if (!recording) return c.text('There is no such recording, or it has been discarded.', 404)
    if (c.req.header('authorization') !== `Bearer ${recording.accessToken}`) {
      return c.text('The recordingAccessToken is missing or wrong.', 401)
    }
    return c.body(recordings.content(recording), 200, {
      'Content-Type': 'application/octet-stream',
    })
  })
  return routes
}
