/**
 * The web server Graph calls: notifications in, prompts out, health for whoever runs it. Imports src/graph,
 * the clock, and the engine's `Intake` type; knows no store and no chart.
 *
 * Read in this order: notifications (from a POST to a 202), posted (its head and body), crowd (how many at once), verify and keys (who may post), legacy, prompts.
 *
 * Not here: listening on a port (cli/, bot.ts) and what a notification means (graph/, engine/).
 */
import { Hono } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import type { Clock } from '../clock.ts'
import type { Intake } from '../engine/intake.ts'
import { INTAKE_LIMIT } from '../engine/intakeLimit.ts'
import { addNotifications } from './notifications.ts'
import { createPrompts } from './prompts.ts'
import type { Verify } from './verify.ts'

export { createVerifier, type Verification, type VerifierOptions, type Verify } from './verify.ts'

/** Whether this engine should get traffic, and if not, why. */
export type Health = { readonly ready: true } | { readonly ready: false; readonly reason: string }

export type WebhookOptions = {
  readonly verify: Verify
  readonly intake: Intake
  readonly clock: Clock
  readonly health: () => Health
  /** Path before every other, when `CALLCHART_PUBLIC_URL` has one. */
  readonly basePath?: string
  /** Folder of WAV files, served below `/prompts`; absent for none. */
  readonly promptsFolder?: string | undefined
  /** Longest notification body; 4 MiB when absent. */
  readonly mostBytes?: number
  /** Posts taken in at once; 10,000 when absent. */
  readonly mostPosts?: number | undefined
}

const FOUR_MIB = 4 * 1024 * 1024

/**
 * The Hono app: `POST /api/calls`, `POST /api/calls/:key`, `GET /prompts/:name`, `GET /healthz` (the process
 * lives) and `GET /readyz` (it takes traffic).
 */
export function createWebhook(options: WebhookOptions): Hono {
  const { mostBytes = FOUR_MIB, mostPosts = INTAKE_LIMIT, basePath = '/' } = options
  const app = new Hono().basePath(basePath)
  addNotifications(app, { ...options, mostBytes, mostPosts })
  const pages = createPages(options)
  // Not a route of its own: that would be one more step for every notification.
  app.notFound((context) => pages.fetch(context.req.raw, context.env))
  return app
}

/** What people and browsers may look at, under headers that keep them safe. */
function createPages({ health, promptsFolder, basePath = '/' }: WebhookOptions): Hono {
  const pages = new Hono().basePath(basePath)
  pages.use(secureHeaders())
  if (promptsFolder !== undefined) pages.route('/prompts', createPrompts(promptsFolder))
  pages.get('/healthz', (context) => context.json({ alive: true }))
  pages.get('/readyz', (context) => {
    const state = health()
    return context.json(state, state.ready ? 200 : 503)
  })
  return pages
}
