/** The bot under test: where it believes to be, and what a test may decide about it. */
import type { Bot, BotOptions } from '../bot.ts'
import type { Config } from '../config.ts'
import { silentWav } from '../emulator/index.ts'

export const BOT_HOST = 'bot.example'
export const GRAPH_HOSTS = ['graph.microsoft.com', 'login.microsoftonline.com', 'api.aps.skype.com']

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
