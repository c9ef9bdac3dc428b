/** Routes about one call: all that is known of it, and its past moment by moment. */
import { Hono } from 'hono'
import { z } from 'zod'
import { count, MOST_ROWS, name, position, readQuery } from './asked.ts'
import type { CallDetails } from './callDetails.ts'

const ENTRIES = 200

export function callRoutes(details: CallDetails): Hono {
  const routes = new Hono()
  routes.get('/calls/:key', async (context) => {
    const { before, limit } = readQuery(
      context,
      z.object({ before: position, limit: count(MOST_ROWS, ENTRIES) }),
    )
    return context.json(await details.detail(keyIn(context.req.param('key')), before, limit))
  })
  routes.get('/calls/:key/at/:sequence', async (context) => {
    const sequence = z.coerce.number().int().min(1).catch(0).parse(context.req.param('sequence'))
    return context.json(await details.moment(keyIn(context.req.param('key')), sequence))
  })
  routes.get('/calls/:key/test', async (context) => {
    const { download } = readQuery(context, z.object({ download: z.string().max(10).optional() }))
    const test = await details.test(keyIn(context.req.param('key')))
    if (download === undefined) return context.json(test)
    context.header('Content-Disposition', `attachment; filename="${test.name}"`)
    return context.text(test.text)
  })
  routes.get('/calls/:key/explain', async (context) =>
    context.json(await details.explanation(keyIn(context.req.param('key')))),
  )
  return routes
}

function keyIn(key: string): string {
  return name.catch('').parse(key)
}
