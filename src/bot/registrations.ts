/** The apps of a bot at work: each with its client of Graph and, once asked for, its permissions. */
import type { App } from '../config.ts'
import { type AppsOptions, type RegisteredApp, registeredApp } from '../graph/index.ts'

export class Registrations {
  /** The configuration's, whether or not a chart is of it. */
  readonly own: RegisteredApp
  readonly #apps: ReadonlyMap<string, RegisteredApp>
  readonly #permissions = new Map<string | undefined, readonly string[]>()

  constructor(own: App, apps: readonly App[], options: AppsOptions) {
    this.#apps = new Map(apps.map((app) => [app.appId, registeredApp(app, options)]))
    this.own = this.#apps.get(own.appId) ?? registeredApp(own, options)
  }

  get appIds(): readonly string[] {
    return [...this.#apps.keys()]
  }

  /** The app whose a call is; of a call that tells none, the bot's own. */
  of(appId: string = this.own.appId): RegisteredApp {
    return this.#apps.get(appId) ?? this.own
  }

  /** The permissions of an app's token at home, where it has been given one. */
  permissions(appId: string | undefined): readonly string[] | undefined {
    return this.#permissions.get(appId)
  }

  /** Asks for a token of each app; which of them got none shows when it is to send. */
  async askForTokens(): Promise<void> {
    const asked = [...this.#apps.values()].map(async ({ appId, tenantId, tokens }) => {
      const { roles } = await tokens.get(tenantId)
      this.#permissions.set(appId, roles)
    })
    await Promise.allSettled(asked)
  }
}
