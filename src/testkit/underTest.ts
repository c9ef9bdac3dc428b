/** The bot under test: where it believes to be, and what a test may decide about it. */

import { appsOf, type Bot, type BotOptions, withApps } from '../bot/index.ts'
import type { App, Config } from '../config.ts'
import { type AppOptions, silentWav } from '../emulator/index.ts'
import type { BotCharts } from '../engine/index.ts'

export const BOT_HOST = 'bot.example'
export const GRAPH_HOSTS = ['graph.microsoft.com', 'login.microsoftonline.com', 'api.aps.skype.com']

/** Where incoming calls are announced. */
export const WEBHOOK = `https://${BOT_HOST}/api/calls`

/** What a test may decide about the bot itself. */
export type BotChoices = Pick<
  BotOptions,
  'promptsFolder' | 'evidenceMs' | 'unresolved' | 'checkPermissions' | 'beta'
>

export const config: Config = {
  port: 443,
  publicUrl: `https://${BOT_HOST}`,
  databasePath: ':memory:',
  appId: '0f1c2d3e-0000-4000-8000-00000000b071',
  credential: { secret: 'emulated' },
  tenantId: '0f1c2d3e-0000-4000-8000-00000000c0de',
  graphUrl: 'https://graph.microsoft.com',
  loginUrl: 'https://login.microsoftonline.com',
  keysUrl: 'https://api.aps.skype.com/v1/.well-known/OpenIdConfiguration',
  issuers: ['https://graph.microsoft.com', 'https://api.botframework.com'],
}

/** The apps of a bot, as the emulated Graph is told of them. */
export function registrationsOf(bot: BotCharts, own: App, webhook: string): readonly AppOptions[] {
  return appsOf(withApps(bot, own)).map(({ appId: id, credential, tenantId }) => {
    const secret = 'secret' in credential ? credential.secret : undefined
    return { id, secret, tenantId, webhook }
  })
}

/** Of a world's options, those of the bot. */
export function choicesOf({
  promptsFolder,
  evidenceMs,
  unresolved,
  checkPermissions,
  beta,
}: BotChoices): BotChoices {
  return {
    ...(promptsFolder !== undefined && { promptsFolder }),
    ...(evidenceMs !== undefined && { evidenceMs }),
    ...(unresolved && { unresolved }),
    ...(checkPermissions !== undefined && { checkPermissions }),
    ...(beta !== undefined && { beta }),
  }
}

const silence = silentWav(1_000)

/** A test of a chart needs no recordings: every prompt is a second of silence. */
export function serveSilence({ app }: Bot): void {
  const headers = { 'content-type': 'audio/wav' }
  app.get('/prompts/:name', (context) => context.body(silence, 200, headers))
}
