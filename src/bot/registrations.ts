/** The apps of a bot at work: each with its client of Graph and, once asked for, its permissions. */
import type { App } from '../config.ts'
import { CallchartError } from '../errors.ts'
import { type AppsOptions, type RegisteredApp, registeredApp } from '../graph/index.ts'

export class Registrations {
  /** The configuration's, whether or not a chart is of it. */
  readonly #own: RegisteredApp
  readonly #apps: ReadonlyMap<string, RegisteredApp>
  readonly #permissions = new Map<string | undefined, readonly string[]>()

  constructor(own: App, apps: readonly App[], options: AppsOptions) {
    this.#apps = new Map(apps.map((app) => [app.appId, registeredApp(app, options)]))
    this.#own = this.#apps.get(own.appId) ?? registeredApp(own, options)
  }

  get appIds(): readonly string[] {
    return [...this.#apps.keys()]
  }

  /** The app whose a call is, where the bot brings it; of a call that tells none, the configuration's. */
  of(appId: string = this.#own.appId): RegisteredApp | undefined {
    return this.#apps.get(appId) ?? (appId === this.#own.appId ? this.#own : undefined)
  }

  /** The app named, or the only one that charts are of. Throws `CallchartError`. */
  chosen(appId: string | undefined): RegisteredApp {
    const [only, ...others] = this.#apps.values()
    if (appId === undefined && only && others.length === 0) return only
    const names = `Name one of: ${this.appIds.join(', ')}.`
    if (appId === undefined) {
      const what = 'This bot has several apps, and none of them is named.'
      throw new CallchartError({ code: 'app.notNamed', what, fix: names })
    }
    const app = this.of(appId.toLowerCase())
    if (app) return app
    throw new CallchartError({
      code: 'app.unknown',
      what: `This bot has no app ${appId}.`,
      fix: names,
    })
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
