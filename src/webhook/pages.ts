/** What the bot's server offers beside the notifications; all that is left of it while no bot stands behind. */
import type { RequestListener } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import { createPrompts, type PromptFolders } from './prompts.ts'

/** Whether this engine should get traffic, and if not, why. */
export type Health =
  | { readonly ready: true }
  | {
      readonly ready: false
      readonly reason: string
      /** While it is drained: calls still live. */
      readonly calls?: number
    }

export type Pages = {
  readonly health: () => Health
  /** Path before every other, when `CALLCHART_PUBLIC_URL` has one. */
  readonly basePath?: string
  /** WAV files, served below `/prompts`; absent for none. */
  readonly prompts?: PromptFolders | undefined
}

/** Adds `GET /prompts/…`, `GET /healthz` (the process lives) and `GET /readyz` (it takes traffic). */
export function addPages(app: Hono, { health, prompts }: Omit<Pages, 'basePath'>): void {
  app.use(secureHeaders())
  if (prompts) app.route('/prompts', createPrompts(prompts))
  app.get('/healthz', (context) => context.json({ alive: true }))
  app.get('/readyz', (context) => {
    const state = health()
    return context.json(state, state.ready ? 200 : 503)
  })
}

/**
 * A server that no bot stands behind, because another process holds its database: prompts are there, and
 * everything else is to be sent again in a second, over a connection that finds whoever is there by then.
 */
export function unattended({ basePath = '/', ...pages }: Pages): RequestListener {
  const app = new Hono().basePath(basePath)
  addPages(app, pages)
  app.all('*', (context) =>
    context.json({ error: reasonOf(pages.health()) }, 503, {
      'Retry-After': '1',
      Connection: 'close',
    }),
  )
  return getRequestListener(app.fetch)
}

function reasonOf(health: Health): string {
  return health.ready ? '' : health.reason
}
