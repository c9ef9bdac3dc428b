/**
 * The web server Graph calls: notifications in, prompts out, health for whoever runs it. Imports src/graph,
 * the clock, telemetry, and the engine's `Intake` type; knows no store and no chart.
 *
 * Read in this order: notifications (from a POST to a 202), honoFace and nodeFace (how one comes and is answered), crowd (how many at once), verify and keys (who may post), legacy, prompts; door (the port, whoever stands behind it) and pages.
 *
 * Not here: what a notification means (graph/, engine/).
 */
import type { RequestListener } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import type { Clock } from '../clock.ts'
import { INTAKE_LIMIT } from '../engine/entrance.ts'
import type { Intake } from '../engine/intake.ts'
import { Observers } from '../telemetry/observers.ts'
import { addNotifications } from './honoFace.ts'
import { answering } from './nodeFace.ts'
import { createPost } from './notifications.ts'
import { addPages, type Pages } from './pages.ts'
import type { Verify } from './verify.ts'

export { Door } from './door.ts'
export { readKeys } from './keys.ts'
export { type Health, unattended } from './pages.ts'
export { type PromptFolders, promptsPath } from './prompts.ts'
export {
  createVerifier,
  LEEWAY_SECONDS,
  type Verification,
  type VerifierOptions,
  type Verify,
} from './verify.ts'

export type WebhookOptions = Pages & {
  readonly verify: Verify
  readonly intake: Intake
  readonly clock: Clock
  /** Told of every post that is answered. Default: nobody looks. */
  readonly observers?: Observers
  /** Longest notification body; 4 MiB when absent. */
  readonly mostBytes?: number
  /** Posts taken in at once; 10,000 when absent. */
  readonly mostPosts?: number | undefined
}

const FOUR_MIB = 4 * 1024 * 1024

/** The web server's two faces. */
export type Webhook = {
  /**
   * `POST /api/calls`, `POST /api/calls/:key`, `GET /prompts/…`, `GET /healthz` (the process lives) and
   * `GET /readyz` (it takes traffic).
   */
  readonly app: Hono
  /** The same for Node's own server, its notifications taken without a web request made for each. */
  readonly listener: RequestListener
}

/** Makes the webhook of a bot. */
export function createWebhook(options: WebhookOptions): Webhook {
  const { mostBytes = FOUR_MIB, mostPosts = INTAKE_LIMIT, basePath = '/' } = options
  const { observers = new Observers() } = options
  const post = createPost({ ...options, observers, mostBytes, mostPosts })
  const app = new Hono().basePath(basePath)
  addNotifications(app, post)
  // After the notifications: a 202 without a body is nothing a browser could misread.
  addPages(app, options)
  return { app, listener: answering(post, basePath, getRequestListener(app.fetch)) }
}
