/** Publishes the keys that notifications are signed with. */
import { Hono } from 'hono'
import { LinearRouter } from 'hono/router/linear-router'
import type { Env, Service } from './parts.ts'
import { originOf } from './parts.ts'

export function openIdRoutes(service: Service): Hono<Env> {
  const routes = new Hono<Env>({ router: new LinearRouter() })
  routes.get('/v1/.well-known/OpenIdConfiguration', (c) =>
    c.json({
      issuer: service.world.switches.issuer,
      jwks_uri: `${originOf(c)}/v1/.well-known/keys`,
      id_token_signing_alg_values_supported: ['RS256'],
      token_endpoint_auth_methods_supported: ['private_key_jwt'],
    }),
  )
  routes.get('/v1/.well-known/keys', async (c) =>
    c.json(await service.notificationKeys.published()),
  )
  return routes
}
