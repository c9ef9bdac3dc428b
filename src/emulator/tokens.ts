/** The two kinds of token: a bot's access to Graph, and our proof towards the bot. */
import { jwtVerify } from 'jose'
import type { Clock } from '../clock.ts'
import type { RandomBytes } from '../random.ts'
import { uuid } from '../random.ts'
import type { KeyRing } from './keys.ts'
import type { Switches } from './switches.ts'
import type { App } from './world/apps.ts'

const GRAPH = 'https://graph.microsoft.com'

/** Who an access token speaks for. */
export type Caller = {
  readonly appId: string
  readonly tenantId: string
  readonly roles: readonly string[]
}

export type TokenParts = {
  readonly clock: Clock
  readonly random: RandomBytes
  readonly switches: Switches
  readonly keys: KeyRing
}

type KnownCaller = { readonly caller: Caller; readonly untilMs: number }

/** How many tokens are remembered as good, so that not every request pays for a signature. */
const KNOWN_TOKENS_MAX = 1_000

/** Issues and reads the access tokens bots show us. */
export class AccessTokens {
  readonly #parts: TokenParts
  readonly #known = new Map<string, KnownCaller>()
  /** Tokens of our own making, to the letter: what they say need not be proven by their signature. */
  readonly #issued = new Map<string, KnownCaller>()
  readonly #revoked = new Set<string>()

  constructor(parts: TokenParts) {
    this.#parts = parts
  }

  /** Refuses every token that has been shown so far. */
  revoke(): void {
    for (const token of this.#known.keys()) this.#revoked.add(token)
    this.#known.clear()
  }

  async issue(app: App, tenantId: string): Promise<string> {
    const { clock, keys, random, switches } = this.#parts
    const times = lifetime(clock, switches.accessTokenMs)
    const roles = [...app.roles]
    const token = await keys.sign({
      aud: GRAPH,
      iss: `https://sts.windows.net/${tenantId}/`,
      ...times,
      appid: app.id,
      idtyp: 'app',
      roles,
      tid: tenantId,
      uti: uuid(random),
      ver: '1.0',
    })
    if (this.#issued.size >= KNOWN_TOKENS_MAX) this.#issued.clear()
    const caller = { appId: app.id, tenantId, roles }
    this.#issued.set(token, { caller, untilMs: times.exp * 1_000 })
    return token
  }

  /** Reads a token; throws jose's errors for one that is not ours or no longer good. */
  async read(token: string): Promise<Caller> {
    const known = this.#known.get(token)
    if (known && this.#parts.clock.now() < known.untilMs) return known.caller
    if (this.#revoked.has(token)) throw new Error('it was revoked')
    const issued = this.#issued.get(token)
    const isGood = issued && this.#parts.clock.now() < issued.untilMs
    const fresh = isGood ? issued : await this.#verify(token)
    if (this.#known.size >= KNOWN_TOKENS_MAX) this.#known.clear()
    this.#known.set(token, fresh)
    return fresh.caller
  }

  async #verify(token: string): Promise<KnownCaller> {
    const { payload } = await jwtVerify(token, await this.#parts.keys.finder(), {
      audience: GRAPH,
      currentDate: new Date(this.#parts.clock.now()),
    })
    const { appid, exp = 0, roles, tid } = payload
    const caller = {
      appId: String(appid),
      tenantId: String(tid),
      roles: Array.isArray(roles) ? roles.map(String) : [],
    }
    return { caller, untilMs: exp * 1_000 }
  }
}

type Issued = { readonly token: Promise<string>; readonly renewMs: number }

/** Issues the tokens that come with notifications, one per app and tenant until it ages. */
export class NotificationTokens {
  readonly #parts: TokenParts
  readonly #issued = new Map<string, Issued>()

  constructor(parts: TokenParts) {
    this.#parts = parts
  }

  issue(appId: string, tenantId: string): Promise<string> {
    const { clock, switches } = this.#parts
    const kept = this.#issued.get(`${appId} ${tenantId}`)
    if (kept && clock.now() < kept.renewMs) return kept.token
    const token = this.#sign(appId, tenantId)
    const renewMs = clock.now() + switches.notificationTokenMs / 2
    this.#issued.set(`${appId} ${tenantId}`, { token, renewMs })
    return token
  }

  /** Forgets what was issued, so that the next tokens carry the newest key. */
  forget(): void {
    this.#issued.clear()
  }

  #sign(appId: string, tenantId: string): Promise<string> {
    const { clock, keys, switches } = this.#parts
    return keys.sign({
      iss: switches.issuer,
      aud: appId,
      tid: tenantId,
      ...lifetime(clock, switches.notificationTokenMs),
    })
  }
}

function lifetime(clock: Clock, lifetimeMs: number) {
  const now = Math.floor(clock.now() / 1_000)
  return { iat: now, nbf: now, exp: now + Math.floor(lifetimeMs / 1_000) }
}
