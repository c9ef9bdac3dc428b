/** Erasing a person from the calls that have ended, while the bot works on. */
import { Hono } from 'hono'
import { z } from 'zod'
import { eraseCalls, type Store, StoreError } from '../../snapshots/index.ts'
import { type Clock, pause } from '../clock.ts'
import { Refusal } from './answers.ts'
import { readBody } from './asked.ts'
import type { Erased } from './protocol.ts'

/** Between two steps: turns come first. */
const REST_MS = 5

const wish = z.strictObject({ person: z.string().max(300), dryRun: z.boolean().default(false) })

const statuses = { 'person.onLiveCalls': 409, 'person.unclear': 400 } as const

export function erasureRoutes(store: Store, clock: Clock): Hono {
  const routes = new Hono()
  const rest = () => pause(clock, REST_MS)
  routes.post('/erasures', async (context) => {
    const { person, dryRun } = await readBody(context, wish)
    const keys = await eraseCalls(store, person, { dryRun, rest }).catch(refuse)
    return context.json({ removed: !dryRun, keys } satisfies Erased)
  })
  return routes
}

function refuse(error: unknown): never {
  const { code, what, fix } = error instanceof StoreError ? error : { code: '', what: '', fix: '' }
  if (code !== 'person.onLiveCalls' && code !== 'person.unclear') throw error
  throw new Refusal(statuses[code], { code, what, fix })
}
