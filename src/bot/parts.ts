/** What a bot is made of: each part is given those it needs, and nothing is at work yet. */
import type { Store } from '../../snapshots/index.ts'
import type { Admin } from '../admin/index.ts'
import { type Clock, SystemClock } from '../clock.ts'
import type { Config } from '../config.ts'
import { Dispatcher } from '../dispatch/index.ts'
import { Engine, refuseForeignCharts } from '../engine/index.ts'
import { type RandomBytes, secureRandom } from '../random.ts'
import { Observers } from '../telemetry/index.ts'
import {
  createVerifier,
  createWebhook,
  type PromptFolders,
  promptsPath,
  type Webhook,
} from '../webhook/index.ts'
import { openAdmin } from './admin.ts'
import { appsOf, withApps } from './apps.ts'
import type { BotOptions } from './options.ts'
import type { Presence } from './presence.ts'
import { Registrations } from './registrations.ts'

export type Parts = {
  readonly config: Config
  readonly prompts: PromptFolders
  readonly clock: Clock
  readonly random: RandomBytes
  readonly store: Store
  readonly observers: Observers
  readonly presence: Presence
  readonly registrations: Registrations
  readonly engine: Engine
  readonly dispatcher: Dispatcher
  readonly webhook: Webhook
  readonly admin: Admin | undefined
}

/** Puts a bot together; throws when it could not go on with the stored calls. */
export async function assemble(
  options: BotOptions,
  { config, prompts, store }: Pick<Parts, 'config' | 'prompts' | 'store'>,
): Promise<Parts> {
  const { clock = new SystemClock(), random = secureRandom, fetch } = options
  const observers = new Observers()
  if (options.observe) observers.add(options.observe)
  const presence: Presence = {
    publicUrl: config.publicUrl,
    health: { ready: false, reason: 'The stored calls are being taken up again.' },
  }
  const bot = withApps(options, config)
  const registrations = new Registrations(config, appsOf(bot), { ...config, clock, random, fetch })
  const engine = new Engine({
    ...options,
    bot,
    retentionDays: options.retentionDays ?? config.retentionDays,
    store,
    clock,
    random,
    observers,
    permissions: (appId) => registrations.permissions(appId),
  })
  await refuseForeignCharts(store, engine.charts)
  const dispatcher = new Dispatcher({
    ...options,
    app: (appId) => registrations.of(appId),
    clock,
    random,
    observers,
    settle: (key, id, settlement) => engine.settle(key, id, settlement),
    callbackUri: (key) => `${presence.publicUrl}/api/calls/${encodeURIComponent(key)}`,
    promptsUrl: (chartId) => presence.publicUrl + promptsPath(prompts, chartId),
  })
  const webhook = createWebhook({
    verify: createVerifier({ ...config, appIds: registrations.appIds, clock, fetch }),
    intake: engine.intake,
    mostPosts: options.intakeLimit,
    clock,
    observers,
    health: () => presence.health,
    basePath: new URL(config.publicUrl).pathname,
    prompts,
  })
  const made = { config, prompts, clock, random, store, observers, presence, registrations, engine }
  const parts = { ...made, dispatcher, webhook }
  return { ...parts, admin: openAdmin(options, parts) }
}
