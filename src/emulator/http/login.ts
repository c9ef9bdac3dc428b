/** The login service: client-credential tokens, and the metadata MSAL reads before asking. */
import { Buffer } from 'node:buffer'
import type { Context } from 'hono'
import { Hono } from 'hono'
import { uuid } from '../../random.ts'
import type { App } from '../world/apps.ts'
import { canonicalId, tenantOf } from '../world/identities.ts'
import type { Env, Service } from './parts.ts'

const SCOPES = ['https://graph.microsoft.com/.default', 'https://graph.microsoft.com//.default']
const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/** A refusal in the login service's manner. */
class LoginRefusal extends Error {
  readonly status: 400 | 401
  readonly error: string
  readonly number: number

  constructor(status: 400 | 401, error: string, number: number, what: string) {
    super(`AADSTS${number}: ${what}`)
    this.status = status
    this.error = error
    this.number = number
  }
}

export function loginRoutes(): Hono<Env> {
  const routes = new Hono<Env>()
  routes.post('/:tenant/oauth2/v2.0/token', async (c) => {
    const { service } = c.env
    service.world.activity.begin()
    try {
      return await token(service, c)
    } catch (refusal) {
      if (refusal instanceof LoginRefusal) return refused(service, c, refusal)
      throw refusal
    } finally {
      service.world.activity.end()
    }
  })
  routes.get('/:tenant/v2.0/.well-known/openid-configuration', (c) =>
    c.json(tenantMetadata(loginHostOf(c), c.req.param('tenant'))),
  )
  routes.get('/:tenant/discovery/v2.0/keys', async (c) =>
    c.json(await c.env.service.loginKeys.published()),
  )
  routes.get('/common/discovery/instance', (c) => c.json(instanceMetadata(loginHostOf(c))))
  return routes
}

function loginHostOf(c: Context<Env>): string {
  return c.env.service.world.switches.loginHost
}

async function token(service: Service, c: Context<Env>): Promise<Response> {
  const form = new URLSearchParams(await c.req.text())
  const app = appOf(service, form)
  refuseWrongGrant(form)
  proveApp(app, form, c.req.param('tenant') ?? '')
  const tenantId = tenantIdOf(c.req.param('tenant') ?? '', app)
  return c.json({
    token_type: 'Bearer',
    expires_in: Math.floor(service.world.switches.accessTokenMs / 1_000),
    ext_expires_in: Math.floor(service.world.switches.accessTokenMs / 1_000),
    access_token: await service.accessTokens.issue(app, tenantId),
  })
}

function appOf(service: Service, form: URLSearchParams): App {
  const id = form.get('client_id') ?? ''
  const app = service.world.findApp(id)
  if (app) return app
  const what = `Application with identifier '${id}' was not found; register it with this emulator.`
  throw new LoginRefusal(400, 'unauthorized_client', 700016, what)
}

function refuseWrongGrant(form: URLSearchParams): void {
  const grant = form.get('grant_type')
  if (grant !== 'client_credentials') {
    const what = `The grant type '${grant}' is not supported here; use client_credentials.`
    throw new LoginRefusal(400, 'unsupported_grant_type', 70003, what)
  }
  const scope = form.get('scope') ?? ''
  if (!scope.split(' ').some((each) => SCOPES.includes(each))) {
    const what = `The scope '${scope}' is not valid; use ${SCOPES[0]}.`
    throw new LoginRefusal(400, 'invalid_scope', 70011, what)
  }
}

function proveApp(app: App, form: URLSearchParams, tenant: string): void {
  const assertion = form.get('client_assertion')
  if (assertion === null) proveBySecret(app, form)
  else proveByAssertion(app, form, assertion, tenant)
}

function proveBySecret(app: App, form: URLSearchParams): void {
  const secret = form.get('client_secret')
  if (secret !== null && (app.secret === undefined || secret === app.secret)) return
  const what = 'Invalid client secret provided.'
  throw new LoginRefusal(401, 'invalid_client', 7000215, what)
}

/** The assertion's form is checked, its signature is not: this service knows no certificates. */
function proveByAssertion(app: App, form: URLSearchParams, assertion: string, tenant: string) {
  const claims = claimsOf(assertion)
  const named = [claims?.iss, claims?.sub].every(
    (id) => typeof id === 'string' && canonicalId(id) === canonicalId(app.id),
  )
  const addressed = String(claims?.aud).includes(tenant)
  if (form.get('client_assertion_type') === ASSERTION_TYPE && named && addressed) return
  const what =
    'The client assertion must be a JWT with iss and sub the client id, aud the token endpoint.'
  throw new LoginRefusal(401, 'invalid_client', 700027, what)
}

function claimsOf(jwt: string): Record<string, unknown> | undefined {
  try {
    const claims: unknown = JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString())
    return typeof claims === 'object' && claims !== null ? { ...claims } : undefined
  } catch {
    return undefined
  }
}

function tenantIdOf(tenant: string, app: App): string {
  if (tenant === 'common' || tenant === 'organizations') return app.tenantId
  return tenant.includes('.') ? tenantOf(tenant) : tenant
}

function refused(service: Service, c: Context<Env>, refusal: LoginRefusal): Response {
  const { clock, random } = service.world
  const body = {
    error: refusal.error,
    error_description: refusal.message,
    error_codes: [refusal.number],
    timestamp: new Date(clock.now()).toISOString().replace('T', ' ').replace(/\.\d+/, ''),
    trace_id: uuid(random),
    correlation_id: c.req.header('client-request-id') ?? uuid(random),
  }
  return c.json(body, refusal.status)
}

function tenantMetadata(host: string, tenant: string) {
  const base = `${host}/${tenant}`
  return {
    token_endpoint: `${base}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt'],
    jwks_uri: `${base}/discovery/v2.0/keys`,
    issuer: `${base}/v2.0`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    response_types_supported: ['token'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    cloud_instance_name: 'microsoftonline.com',
    msgraph_host: 'graph.microsoft.com',
  }
}

function instanceMetadata(host: string) {
  const name = new URL(host).host
  return {
    tenant_discovery_endpoint: `${host}/common/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [{ preferred_network: name, preferred_cache: name, aliases: [name] }],
  }
}
