/** The app registrations a bot speaks for: each with tokens of its own, and requests under them. */
import type { App } from '../config.ts'
import { createGraphClient, type GraphClient, type GraphClientOptions } from './client.ts'
import { createTokens, type TokenOptions, type Tokens } from './token.ts'

/** One app registration at work. */
export type RegisteredApp = {
  readonly appId: string
  /** Its home tenant, for calls that tell none. */
  readonly tenantId: string
  readonly tokens: Tokens
  /** Sends requests under its tokens. */
  readonly client: GraphClient
}

export type AppsOptions = Omit<TokenOptions, 'appId' | 'credential'> &
  Omit<GraphClientOptions, 'tokens'>

/** An app with its tokens and its way to Graph. */
export function registeredApp(app: App, options: AppsOptions): RegisteredApp {
  const { appId, credential, tenantId } = app
  const tokens = createTokens({ ...options, appId, credential })
  return { appId, tenantId, tokens, client: createGraphClient({ ...options, tokens }) }
}

/** The roles of an app's token in a tenant; none where there is no token: the sending says what is wrong. */
export function rolesIn({ tokens }: RegisteredApp, tenantId: string): Promise<readonly string[]> {
  return tokens.get(tenantId).then(
    ({ roles }) => roles,
    () => [],
  )
}
