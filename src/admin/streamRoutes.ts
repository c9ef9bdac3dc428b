/** The two streams: all calls, and one call. */
import { Hono } from 'hono'
import { z } from 'zod'
import { name, position, readQuery } from './asked.ts'
import type { CallDetails } from './callDetails.ts'
import { CallSource } from './callSource.ts'
import { CallsSource, type CallsSourceOptions } from './callsSource.ts'
import type { Viewers } from './viewers.ts'
import type { Ways } from './ways.ts'

export type StreamOptions = CallsSourceOptions & {
  readonly details: CallDetails
  readonly viewers: Viewers
  readonly ways: Ways
}

export function streamRoutes(options: StreamOptions): Hono {
  const { viewers, details, pulse, ways } = options
  const routes = new Hono()
  routes.get('/stream', async () => {
    viewers.refuseMore()
    await options.book.fill()
    return viewers.show(new CallsSource(options))
  })
  routes.get('/calls/:key/stream', async (context) => {
    viewers.refuseMore()
    const key = name.catch('').parse(context.req.param('key'))
    const { after } = readQuery(context, z.object({ after: position }))
    // Throws for a call that nobody knows, before a stream is opened.
    await details.detail(key, undefined, 1)
    const last = position.catch(undefined).parse(context.req.header('Last-Event-ID'))
    return viewers.show(new CallSource({ key, after: last ?? after, details, pulse, ways }))
  })
  return routes
}
