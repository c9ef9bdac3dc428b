/** Publishes the keys that notifications are signed with. */
import { Hono } from 'hono'
import type { Env } from './parts.ts'
import { originOf } from './parts.ts'

export function openIdRoutes(): Hono<Env> {
  const routes = new Hono<Env>()
  routes.get('/v1/.well-known/OpenIdConfiguration', (c) =>
    c.json({
      issuer: c.env.service.world.switches.issuer,
      jwks_uri: `${originOf(c)}/v1/.well-known/keys`,
      id_token_signing_alg_values_supported: ['RS256'],
      token_endpoint_auth_methods_supported: ['private_key_jwt'],
    }),
  )
  routes.get('/v1/.well-known/keys', async (c) =>
    c.json(await c.env.service.notificationKeys.published()),
  )
  return routes
}
