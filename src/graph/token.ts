/** The bot's own tokens for Graph, one a tenant, from MSAL and its cache. */
import { AsyncLocalStorage } from 'node:async_hooks'
import {
  type AuthenticationResult,
  ConfidentialClientApplication,
  type INetworkModule,
  type NetworkRequestOptions,
  type NetworkResponse,
} from '@azure/msal-node'
import { decodeJwt } from 'jose'
import type { Clock } from '../clock.ts'
import { isLoopback, safeUrl } from '../loopback.ts'
import { textOf, within } from './body.ts'
import { certificateOf } from './certificate.ts'
import { noTokenError } from './noToken.ts'

/** A secret, or a PEM text that holds private key and certificate. */
export type Credential = { readonly secret: string } | { readonly certificatePem: string }

export type TokenOptions = {
  readonly appId: string
  readonly credential: Credential
  /** E.g. `https://login.microsoftonline.com`; http on a loopback host only. */
  readonly loginUrl: string
  /** E.g. `https://graph.microsoft.com`: whom the token is for. */
  readonly graphUrl: string
  readonly clock: Clock
  readonly timeoutMs?: number
  readonly fetch?: typeof fetch | undefined
}

/** A bearer token and the application permissions it carries. */
export type Token = { readonly token: string; readonly roles: readonly string[] }

export type Tokens = {
  /** The tenant's token, from the cache while it lasts; rejects when the login refuses or is away. */
  readonly get: (tenantId: string) => Promise<Token>
  /** Fetches a tenant's token ahead of need; resolves to whether that worked. */
  readonly warm: (tenantId: string) => Promise<boolean>
  /** Makes the next `get` ask the login again: Graph answered 401 to the token in the cache. */
  readonly forget: (tenantId: string) => void
}

const MICROSOFT_LOGIN = 'https://login.microsoftonline.com'
const MICROSOFT_GRAPH = 'https://graph.microsoft.com'

/** A token MSAL gave, until MSAL would renew it; finding it there again takes longer than a turn. */
type Fresh = { readonly token: Token; readonly untilMs: number }

/** MSAL counts a token as expired this long before it is. */
const RENEWED_BEFORE_MS = 5 * 60_000

const MOST_TENANTS = 1_000

/** The tokens of one app registration. */
export function createTokens(options: TokenOptions): Tokens {
  const { appId, credential, clock, timeoutMs = 10_000 } = options
  const login = safeUrl(options.loginUrl, 'loginUrl')
  const graph = safeUrl(options.graphUrl, 'graphUrl')
  // MSAL knows no authority but https: for an emulated login it is told Microsoft's, and carried home.
  const authority = isLoopback(login) ? MICROSOFT_LOGIN : login.origin
  const audience = isLoopback(graph) ? MICROSOFT_GRAPH : graph.origin

  const underneath = new AsyncLocalStorage<Underneath>()
  const note = (error: unknown) => Object.assign(underneath.getStore() ?? {}, { error })

  const application = new ConfidentialClientApplication({
    auth: {
      clientId: appId,
      authority: `${authority}/organizations`,
      knownAuthorities: [new URL(authority).host],
      ...('secret' in credential
        ? { clientSecret: credential.secret }
        : { clientCertificate: certificateOf(credential.certificatePem) }),
    },
    system: {
      networkClient: network(options, timeoutMs, carry(authority, options.loginUrl), note),
    },
  })

  const asked = new Map<string, Promise<Token>>()
  const refused = new Set<string>()
  const fresh = new Map<string, Fresh>()

  async function ask(tenantId: string): Promise<Token> {
    const failed: Underneath = {}
    const acquire = () =>
      application.acquireTokenByClientCredential({
        scopes: [`${audience}/.default`],
        authority: `${authority}/${encodeURIComponent(tenantId)}`,
        skipCache: refused.has(tenantId),
      })
    const result = await underneath.run(failed, acquire).catch((error: unknown) => {
      throw noTokenError(error, failed.error)
    })
    refused.delete(tenantId)
    const token = tokenOf(result)
    const expiresMs = result?.expiresOn?.getTime() ?? 0
    if (fresh.size >= MOST_TENANTS) fresh.clear()
    fresh.set(tenantId, { token, untilMs: expiresMs - RENEWED_BEFORE_MS })
    return token
  }

  function get(tenantId: string): Promise<Token> {
    const known = fresh.get(tenantId)
    if (known && clock.now() < known.untilMs) return Promise.resolve(known.token)
    const pending = asked.get(tenantId) ?? ask(tenantId).finally(() => asked.delete(tenantId))
    asked.set(tenantId, pending)
    return pending
  }

  return {
    get,
    warm: (tenantId) =>
      get(tenantId).then(
        () => true,
        () => false,
      ),
    forget: (tenantId) => {
      fresh.delete(tenantId)
      refused.add(tenantId)
    },
  }
}

function tokenOf(result: AuthenticationResult | null): Token {
  if (!result) throw new Error('The login answered without a token.')
  return { token: result.accessToken, roles: rolesOf(result.accessToken) }
}

function rolesOf(token: string): readonly string[] {
  try {
    const { roles } = decodeJwt(token)
    return Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : []
  } catch {
    return []
  }
}

/** Where a request to the authority MSAL believes in really goes. */
function carry(authority: string, loginUrl: string): (url: string) => string {
  const home = loginUrl.replace(/\/$/, '')
  return (url) => (url.startsWith(`${authority}/`) ? home + url.slice(authority.length) : url)
}

const MOST_BYTES = 1024 * 1024

/** What stands in the way answers in pages of its own. */
function jsonOf(text: string, status: number) {
  try {
    return JSON.parse(text)
  } catch {
    throw new Error(`The answer, ${status}, is not JSON`)
  }
}

/** What went wrong below MSAL while it asked for one token. */
type Underneath = { error?: unknown }

/** MSAL's way to the network, under our clock and our limits. */
function network(
  { clock, fetch = globalThis.fetch }: TokenOptions,
  timeoutMs: number,
  carried: (url: string) => string,
  failed: (error: unknown) => void,
): INetworkModule {
  async function send<Body>(
    method: 'GET' | 'POST',
    url: string,
    { headers = {}, body }: NetworkRequestOptions = {},
  ): Promise<NetworkResponse<Body>> {
    const exchange = within(clock, timeoutMs, async (signal) => {
      const response = await fetch(carried(url), { method, headers, body: body ?? null, signal })
      const text = await textOf(response.body, MOST_BYTES)
      return {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: jsonOf(text, response.status),
      }
    })
    return exchange.catch((error: unknown) => {
      failed(error)
      throw error
    })
  }
  return {
    sendGetRequestAsync: (url, options) => send('GET', url, options),
    sendPostRequestAsync: (url, options) => send('POST', url, options),
  }
}
